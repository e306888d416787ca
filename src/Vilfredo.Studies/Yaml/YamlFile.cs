using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Studies.Yaml;

/// <summary>YAML files of one document, read with errors that name file and line.</summary>
public static class YamlFile
{
    /// <summary>The text of a file.</summary>
    /// <exception cref="YamlFileException">The file cannot be read.</exception>
    public static string ReadText(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new YamlFileException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The root of the document that a text holds.</summary>
    /// <param name="text">YAML, or JSON, which is YAML too.</param>
    /// <param name="source">What to call the text in messages, such as the file's path.</param>
    /// <param name="kind">What such a file is called, such as <c>a study file</c>.</param>
    /// <exception cref="YamlFileException">It is not valid YAML, or not one document.</exception>
    public static YamlNode Parse(string text, string source, string kind)
    {
        ArgumentNullException.ThrowIfNull(text);
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new YamlFileException($"{source}:{error.Start.Line}: not valid YAML: {error.Message}", error);
        }

        return stream.Documents is [var document]
            ? document.RootNode
            : throw new YamlFileException($"{source}:1: {kind} holds one YAML document, this one holds {stream.Documents.Count}.");
    }
}
