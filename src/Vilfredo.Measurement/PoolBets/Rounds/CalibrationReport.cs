using Vilfredo.Statistics;

namespace Vilfredo.Measurement.PoolBets.Rounds;

/// <summary>Whether the favourites of past rounds came as often as their chances say.</summary>
/// <param name="Rounds">The number of rounds.</param>
/// <param name="Difference">Mean hits of the favourite column minus their expectation, with a bootstrap interval over rounds.</param>
/// <param name="MeanHits">Mean hits of the favourite column.</param>
/// <param name="ExpectedHits">What the chances expect.</param>
/// <param name="Histogram">Rounds with 0, 1, … m hits.</param>
/// <param name="ExpectedHistogram">What the averaged Poisson-binomial distribution expects.</param>
/// <param name="ChiSquared">Pearson's statistic over classes of at least five expected rounds; 0 with fewer than two classes.</param>
/// <param name="DegreesOfFreedom">Classes minus 1.</param>
/// <param name="PValue">The chance of a statistic at least as large if the chances are right; 1 with fewer than two classes.</param>
public sealed record CalibrationReport(
    int Rounds, BootstrapInterval Difference, double MeanHits, double ExpectedHits, IReadOnlyList<int> Histogram,
    IReadOnlyList<double> ExpectedHistogram, double ChiSquared, int DegreesOfFreedom, double PValue);
