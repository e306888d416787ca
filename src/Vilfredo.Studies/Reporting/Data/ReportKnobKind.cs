namespace Vilfredo.Studies.Reporting;

/// <summary>What values a knob takes.</summary>
public enum ReportKnobKind
{
    /// <summary>Real numbers.</summary>
    Float,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>One of a set of names.</summary>
    Categorical,
}
