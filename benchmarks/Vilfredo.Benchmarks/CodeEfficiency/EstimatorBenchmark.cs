using Vilfredo.Benchmarks.Sorting;
using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

namespace Vilfredo.Benchmarks.CodeEfficiency;

/// <summary>What the estimators of code efficiency take for many samples.</summary>
internal static class EstimatorBenchmark
{
    public static int Run(string[] args)
    {
        var smoke = args.Contains("--smoke");
        var samples = smoke ? 1_000 : 100_000;
        var random = new RandomGenerator(1);
        var scores = Enumerable.Range(0, samples).Select(_ => random.NextDouble() < 0.4 ? 0 : 2 * random.NextDouble()).ToArray();
        var correct = scores.Count(score => score > 0);
        var costs = Enumerable.Range(0, samples).Select(_ => 1e6 * Math.Exp(3 * random.NextNormal())).ToArray();
        var ladder = ReferenceLadder.Build("task", costs);
        int[] ks = [1, 10, 100, samples / 2];

        Console.WriteLine("| estimator | samples | ms (median) |");
        Console.WriteLine("|---|---:|---:|");
        Report("pass@10", () => PassAtK.Estimate(samples, correct, 10));
        Report($"pass@{samples / 4}, a quarter right", () => PassAtK.Estimate(samples, samples / 4, samples / 4));
        foreach (var k in ks) Report($"eff@{k}", () => BestOfK.Estimate(scores, k));
        Report($"eff@k, k = {string.Join(", ", ks)}, one sorting", () => BestOfK.Curve(scores, ks)[0]);
        Report($"ladder of the pool ({ladder.Costs.Count} rungs)", () => ReferenceLadder.Build("task", costs).Scores[0]);
        Report("DPS and DPS_norm of all samples", () => costs.Sum(cost => ladder.Match(CensoredValue.Exactly(cost)).Score));
        return 0;

        void Report(string name, Func<double> estimate)
        {
            var sink = 0.0;
            var (time, _) = Timing.Interleaved(smoke ? TimeSpan.Zero : TimeSpan.FromSeconds(1), () => sink += estimate());
            Console.WriteLine(FormattableString.Invariant($"| {name} | {samples} | {(double.IsNaN(sink) ? double.NaN : time):G3} |"));
        }
    }
}
