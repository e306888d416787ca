using Vilfredo.Measurement.Portfolios;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The paper's first toy example: two estimators of ten policies that the conventional measures cannot tell apart.</summary>
internal static class ToyPortfolios
{
    private const double Baseline = 8;
    private static readonly double[] Truth = [1, 3, 4, 5, 6, 7, 8, 9, 10, 12];
    private static readonly double[] X = [1, 3, 4, 5, 6, 7, 8, 2, 2, 12];
    private static readonly double[] Y = [1, 11, 11, 5, 6, 7, 8, 9, 10, 12];
    private static readonly double[] PrintedX = [1.414, 1.512, 1.521, 1.480, 1.414, 1.337, 1.314, 1.363, 1.185];
    private static readonly double[] PrintedY = [0.707, 0.811, 0.904, 1.023, 1.142, 1.247, 1.324, 1.363, 1.185];

    /// <summary>SharpeRatio@2 to @10 and the conventional measures of both estimators.</summary>
    public static IReadOnlyList<ExactValue> Values() =>
    [
        .. Of("X", X, PrintedX),
        .. Of("Y", Y, PrintedY),
    ];

    private static IEnumerable<ExactValue> Of(string name, double[] estimates, double[] printed)
    {
        const double lastDigit = 1e-3;
        var report = PortfolioMetrics.Evaluate(Truth, estimates, Baseline, Truth.Length);
        for (var k = 2; k <= Truth.Length; k++)
            yield return new($"SharpeRatio@{k} of {name}", printed[k - 2], report.At(k).SharpeRatio, lastDigit);
        yield return new($"MSE of {name}", 11.3, RankingMetrics.MeanSquaredError(Truth, estimates), lastDigit);
        yield return new($"rank correlation of {name}", 0.413, RankingMetrics.RankCorrelation(Truth, estimates), lastDigit);
        yield return new($"Regret@3 of {name}", 0, RankingMetrics.Regret(Truth, estimates, 3), lastDigit);
    }
}
