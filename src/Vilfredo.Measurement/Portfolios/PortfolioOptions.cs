namespace Vilfredo.Measurement.Portfolios;

/// <summary>Settings of <see cref="PortfolioMetrics.Evaluate"/>.</summary>
public sealed record PortfolioOptions
{
    /// <summary>How the ratio is computed.</summary>
    public SharpeConvention Convention { get; init; } = SharpeConvention.ScopeRl;

    /// <summary>Which of equal estimates comes first.</summary>
    public TieBreak TieBreak { get; init; } = TieBreak.HigherTrueValue;

    /// <summary>A candidate is unsafe when its true value is below this times the baseline.</summary>
    public double RelativeCriterion { get; init; } = 1;
}
