using YamlDotNet.RepresentationModel;

namespace Vilfredo.Studies;

/// <summary>Collects the mistakes of a study file, so that one run shows them all.</summary>
/// <param name="source">The file as messages name it.</param>
internal sealed class StudyFileMistakes(string source)
{
    private readonly List<(long Line, string Text)> mistakes = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => mistakes.Count > 0;

    /// <summary>Adds a mistake at a node's line.</summary>
    public void Add(YamlNode node, string message) => mistakes.Add((node.Start.Line, $"{source}:{node.Start.Line}: {message}"));

    /// <summary>Throws if there are any.</summary>
    /// <exception cref="StudyFileException">There are.</exception>
    public void ThrowIfAny()
    {
        if (Any) throw new StudyFileException([.. mistakes.OrderBy(m => m.Line).Select(m => m.Text)]);
    }
}
