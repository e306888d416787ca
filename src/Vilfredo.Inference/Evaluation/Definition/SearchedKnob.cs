namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>The values that a knob of a strategy takes in an evaluation: a list of them, or a range.</summary>
/// <param name="Name">The knob.</param>
public sealed record SearchedKnob(string Name)
{
    /// <summary>The values as written, at least one; of a range those of its grid.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>The low end of a range; null for a list.</summary>
    public double? Low { get; init; }

    /// <summary>The high end of a range; null for a list.</summary>
    public double? High { get; init; }

    /// <summary>Whether the range is searched on a logarithmic scale: its grid has a constant factor.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether it takes whole numbers only.</summary>
    public bool IsInteger { get; init; }
}
