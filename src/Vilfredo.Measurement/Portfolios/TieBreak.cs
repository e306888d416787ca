namespace Vilfredo.Measurement.Portfolios;

/// <summary>Which of several candidates with equal estimates is picked first.</summary>
public enum TieBreak
{
    /// <summary>The one with the higher true value; the published figures need it.</summary>
    HigherTrueValue,

    /// <summary>The one with the lower true value: the cautious reading.</summary>
    LowerTrueValue,

    /// <summary>The one that was given first.</summary>
    GivenOrder,
}
