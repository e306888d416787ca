using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Relative;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The scores that are compared, of every simulated model on a platform.</summary>
internal static class SimulatedScores
{
    public const string Dps = "DPS", Normalized = "DPS_norm", PoolRange = "Beyond", Percentile = "percentile", Mean = "mean speed-up", Geometric = "geometric mean speed-up";

    /// <summary>Scores all models.</summary>
    /// <param name="name">Which score.</param>
    /// <param name="simulated">Pools and samples.</param>
    /// <param name="platform">0 or 1.</param>
    /// <param name="slowed">
    /// The factor by which the first task's reference is slower: the slowest rung, the slowest member of the pool, or the canonical solution.
    /// </param>
    public static double[] Of(string name, SimulatedPlatforms simulated, int platform, double slowed = 1) =>
        [.. Enumerable.Range(0, SimulatedPlatforms.Models).Select(model => Score(name, simulated, platform, model, slowed))];

    private static double Score(string name, SimulatedPlatforms simulated, int platform, int model, double slowed)
    {
        var perTask = new double[SimulatedPlatforms.Tasks];
        for (var task = 0; task < perTask.Length; task++)
        {
            var pool = simulated.Costs[platform][task];
            double[] costs = [.. simulated.Chosen[model][task].Select((solution, i) => pool[solution] * simulated.Noise[model][task][i])];
            perTask[task] = costs.Average(OfCost(name, simulated, platform, task, task == 0 ? slowed : 1));
        }

        return name == Geometric ? Math.Exp(perTask.Average()) : perTask.Average();
    }

    // The score of one sample from its cost; the logarithm for the geometric mean.
    private static Func<double, double> OfCost(string name, SimulatedPlatforms simulated, int platform, int task, double slowed)
    {
        var pool = simulated.Costs[platform][task];
        var canonical = slowed * pool[0];
        var range = WithSlowest(pool, slowed);
        var ladder = Ladder(simulated, platform, task, slowed);
        return name switch
        {
            Dps => cost => ladder.Match(CensoredValue.Exactly(cost)).Score,
            Normalized => cost => ladder.Match(CensoredValue.Exactly(cost)).Normalized,
            PoolRange => cost => 100 * Beyond.Score(CensoredValue.Exactly(cost), range),
            Percentile => cost => 100 * Beyond.Percentile(CensoredValue.Exactly(cost), range),
            Mean => cost => canonical / cost,
            Geometric => cost => Math.Log(canonical / cost),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such score."),
        };
    }

    // The rungs' order and scores are the pool's on the first platform, their costs those of the platform.
    private static ReferenceLadder Ladder(SimulatedPlatforms simulated, int platform, int task, double slowed) =>
        simulated.Ladders[task].WithCosts([.. simulated.References[task].Select((solution, rung) =>
            simulated.Costs[platform][task][solution] * (rung == 0 ? slowed : 1))]);

    private static double[] WithSlowest(double[] pool, double factor)
    {
        double[] copy = [.. pool];
        copy[Array.IndexOf(copy, copy.Max())] *= factor;
        return copy;
    }
}
