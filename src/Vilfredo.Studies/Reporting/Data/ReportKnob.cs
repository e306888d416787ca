namespace Vilfredo.Studies.Reporting;

/// <summary>A knob of the study, as an axis of its pictures.</summary>
public sealed record ReportKnob
{
    /// <summary>The name, unique within the study.</summary>
    public required string Name { get; init; }

    /// <summary>What values it takes.</summary>
    public required ReportKnobKind Kind { get; init; }

    /// <summary>Whether it is searched (and so drawn) on a logarithmic axis.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>The choices of a categorical knob in the order of its axis; empty: the order of first appearance.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
