using Vilfredo.Measurement.Portfolios;

namespace Vilfredo.Measurement.OffPolicy.Selection;

/// <summary>How good an estimator's values of some candidate policies are, by all measures of Kiyohara et al. (arXiv 2311.18207, section 3).</summary>
public sealed record EstimatorAssessment
{
    /// <summary>The estimator's name.</summary>
    public required string Estimator { get; init; }

    /// <summary>Its estimate of each candidate.</summary>
    public required IReadOnlyList<double> Estimates { get; init; }

    /// <summary>The mean squared error.</summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>The mean squared error over the mean of J².</summary>
    public required double NormalizedMeanSquaredError { get; init; }

    /// <summary>Spearman's rank correlation; NaN when all estimates or all true values agree.</summary>
    public required double RankCorrelation { get; init; }

    /// <summary>Regret@k in the max form for the size of the shortlist.</summary>
    public required double Regret { get; init; }

    /// <summary>Regret@1 over |max J|.</summary>
    public required double NormalizedRegret { get; init; }

    /// <summary>Regret@k in the sum form.</summary>
    public required double SummedRegret { get; init; }

    /// <summary>The share of safe candidates that are estimated unsafe; NaN without safe ones.</summary>
    public required double TypeIErrorRate { get; init; }

    /// <summary>The share of unsafe candidates that are estimated safe; NaN without unsafe ones.</summary>
    public required double TypeIIErrorRate { get; init; }

    /// <summary>The shortlists up to size k: return, risk, SharpeRatio@k.</summary>
    public required TopKReport TopK { get; init; }
}
