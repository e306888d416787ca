using YamlDotNet.RepresentationModel;

namespace Vilfredo.Studies.Yaml;

/// <summary>Collects the mistakes of a YAML file, so that one run shows them all.</summary>
/// <param name="source">The file as messages name it.</param>
public sealed class YamlMistakes(string source)
{
    private readonly List<(long Line, string Text)> mistakes = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => mistakes.Count > 0;

    /// <summary>Adds a mistake at a node's line.</summary>
    public void Add(YamlNode node, string message) => mistakes.Add((node.Start.Line, $"{source}:{node.Start.Line}: {message}"));

    /// <summary>Throws if there are any.</summary>
    /// <exception cref="YamlFileException">There are.</exception>
    public void ThrowIfAny()
    {
        if (Any) throw new YamlFileException([.. mistakes.OrderBy(m => m.Line).Select(m => m.Text)]);
    }
}
