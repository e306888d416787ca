namespace Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

/// <summary>What one factor alone does to a result.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="AtLow">The result at the factor's low value, all others at their own.</param>
/// <param name="AtHigh">The result at its high value.</param>
public sealed record TornadoBar(UncertainFactor Factor, double AtLow, double AtHigh)
{
    /// <summary>How far the results lie apart.</summary>
    public double Swing => Math.Abs(AtHigh - AtLow);
}
