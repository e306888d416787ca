namespace Vilfredo.Measurement.Portfolios;

/// <summary>Shortlists of growing size, rated by their true values.</summary>
public sealed class TopKReport
{
    internal TopKReport(IReadOnlyList<int> order, IReadOnlyList<TopKPoint> points, double baseline, double safetyThreshold) =>
        (Order, Points, Baseline, SafetyThreshold) = (order, points, baseline, safetyThreshold);

    /// <summary>The candidates' indices, highest estimate first.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>One point for each k from 1 to the largest asked for.</summary>
    public IReadOnlyList<TopKPoint> Points { get; }

    /// <summary>The value of the policy in use.</summary>
    public double Baseline { get; }

    /// <summary>The true value below which a candidate violates safety.</summary>
    public double SafetyThreshold { get; }

    /// <summary>The point of a shortlist's size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The report does not go that far.</exception>
    public TopKPoint At(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, Points.Count);
        return Points[k - 1];
    }
}
