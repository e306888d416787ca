namespace Vilfredo.Studies;

/// <summary>The header of an exported column: <c>size [bytes, minimize]</c> for an objective, <c>money [USD]</c>, <c>level</c>.</summary>
/// <param name="Name">The name of the knob, objective or metric.</param>
/// <param name="Unit">The unit, or <see langword="null"/>.</param>
/// <param name="Direction">The direction of an objective; <see langword="null"/> for other columns.</param>
internal readonly record struct ColumnHeader(string Name, string? Unit = null, Direction? Direction = null)
{
    private const string Minimize = "minimize", Maximize = "maximize";

    /// <summary>Reads a header. One without brackets is a plain name.</summary>
    /// <param name="text">The header.</param>
    /// <param name="own">The headers of the study's own export: names and units may hold brackets too, so these are known as a whole.</param>
    public static ColumnHeader Parse(string text, IEnumerable<ColumnHeader> own)
    {
        foreach (var header in own)
        {
            if (header.ToString() == text) return header;
        }

        var open = text.LastIndexOf(" [", StringComparison.Ordinal);
        if (open <= 0 || !text.EndsWith(']')) return new ColumnHeader(text);
        var (name, inside) = (text[..open], text[(open + 2)..^1]);
        foreach (var (word, direction) in new[] { (Minimize, Vilfredo.Direction.Minimize), (Maximize, Vilfredo.Direction.Maximize) })
        {
            if (inside == word) return new ColumnHeader(name, null, direction);
            if (inside.EndsWith(", " + word, StringComparison.Ordinal)) return new ColumnHeader(name, inside[..^(word.Length + 2)], direction);
        }

        return new ColumnHeader(name, inside);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var word = Direction switch { Vilfredo.Direction.Minimize => Minimize, Vilfredo.Direction.Maximize => Maximize, _ => null };
        return (Unit, word) switch
        {
            (null, null) => Name,
            (null, _) => $"{Name} [{word}]",
            (_, null) => $"{Name} [{Unit}]",
            _ => $"{Name} [{Unit}, {word}]",
        };
    }
}
