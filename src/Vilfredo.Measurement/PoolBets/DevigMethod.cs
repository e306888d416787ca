namespace Vilfredo.Measurement.PoolBets;

/// <summary>How the bookmaker's margin is taken out of odds.</summary>
public enum DevigMethod
{
    /// <summary>Every reciprocal divided by their sum.</summary>
    Proportional,

    /// <summary>Every reciprocal raised to the power at which they sum to 1: takes more from outsiders.</summary>
    Power,

    /// <summary>
    /// Shin, "Measuring the incidence of insider trading in a market for state-contingent claims" (Economic Journal 103, 1993):
    /// the margin protects against a share of bettors who know the outcome.
    /// </summary>
    Shin,
}
