using Vilfredo.Studies.Yaml;

namespace Vilfredo.Studies;

/// <summary>The file form of a study definition: YAML as people write it, JSON (which is YAML too) as storage keeps it.</summary>
public static class StudyDocument
{
    /// <summary>Reads a study file.</summary>
    /// <exception cref="YamlFileException">The file cannot be read or does not make sense; every mistake is listed with its line.</exception>
    public static StudyDefinition Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var definition = Parse(YamlFile.ReadText(path), path, Path.GetFileNameWithoutExtension(path));
        // Commands run from the file's directory, wherever the study is resumed from.
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return definition.Command is { } command
            ? definition with { Command = command with { Directory = Path.GetFullPath(command.Directory ?? ".", directory) } }
            : definition;
    }

    /// <summary>Reads a definition from text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="source">What to call the text in messages, such as the file's path.</param>
    /// <param name="defaultName">The study's name when the text gives none.</param>
    /// <exception cref="YamlFileException">The text does not make sense; every mistake is listed with its line.</exception>
    public static StudyDefinition Parse(string text, string source, string? defaultName = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new StudyDocumentReader(source).Read(YamlFile.Parse(text, source, "a study file"), defaultName);
    }

    /// <summary>The definition as JSON that <see cref="Parse"/> reads back to an equal one.</summary>
    public static string Serialize(StudyDefinition definition) => StudyDocumentWriter.Write(definition);
}
