namespace Vilfredo.Statistics;

/// <summary>What a test of two samples holds against the hypothesis that they do not differ.</summary>
public enum Alternative
{
    /// <summary>They differ either way.</summary>
    TwoSided,

    /// <summary>The first sample tends to smaller values.</summary>
    Less,

    /// <summary>The first sample tends to larger values.</summary>
    Greater,
}
