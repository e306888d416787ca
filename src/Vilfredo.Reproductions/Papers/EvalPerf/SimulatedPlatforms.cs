using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Pools of solutions with their costs on two platforms, and the samples of simulated models. The second platform runs code that
/// leans on the library 2.6 times as fast, as tiered compilation was measured to do, and jitters every solution's cost by 10 %.
/// </summary>
/// <remarks>All constants were fixed before the first run.</remarks>
internal sealed class SimulatedPlatforms
{
    public const int Tasks = 16;
    public const int Models = 12;
    private const int Solutions = 40;
    private const int Samples = 20; // right ones, per model and task
    private const double LibraryHeavy = 0.4; // share of solutions
    private const double LibraryGain = 2.6;

    // Classes of algorithms by their cost over the best's, and how far members of a class lie apart (lognormal).
    private static readonly double[] Classes = [1, 3, 20, 200];
    private const double ClassSpread = 0.25;

    private SimulatedPlatforms(double[][][] costs, ReferenceLadder[] ladders, int[][] references, int[][][] samples, double[][][] noise) =>
        (Costs, Ladders, References, Chosen, Noise) = (costs, ladders, references, samples, noise);

    /// <summary>Cost by platform, task and solution; solution 0 is the canonical one.</summary>
    public double[][][] Costs { get; }

    /// <summary>The ladder of each task on the first platform.</summary>
    public ReferenceLadder[] Ladders { get; }

    /// <summary>The solutions that are the ladders' rungs.</summary>
    public int[][] References { get; }

    /// <summary>The solution of each sample by model, task and sample.</summary>
    public int[][][] Chosen { get; }

    /// <summary>The relative noise of a sample's measurement, 1 %, by model, task and sample.</summary>
    public double[][][] Noise { get; }

    public static SimulatedPlatforms Draw(RandomGenerator random)
    {
        var (first, second, members) = (new double[Tasks][], new double[Tasks][], new int[Tasks][]);
        for (var task = 0; task < Tasks; task++)
        {
            var scale = 1e7 * Math.Exp(random.NextNormal());
            members[task] = [.. Enumerable.Range(0, Solutions).Select(_ => random.NextInt32(Classes.Length))];
            first[task] = [.. members[task].Select(kind => scale * Classes[kind] * Math.Exp(ClassSpread * random.NextNormal()))];
            second[task] = [.. first[task].Select(cost => cost * (random.NextBoolean(LibraryHeavy) ? 1 / LibraryGain : 1) * Math.Exp(0.1 * random.NextNormal()))];
        }

        ReferenceLadder[] ladders = [.. first.Select((costs, task) => ReferenceLadder.Build($"task {task}", costs))];
        int[][] references = [.. ladders.Select((ladder, task) => ladder.Costs.Select(cost => Array.IndexOf(first[task], cost)).ToArray())];
        var chosen = Enumerable.Range(0, Models).Select(_ => Sample(members, random)).ToArray();
        var noise = chosen.Select(model => model.Select(task => task.Select(_ => Math.Exp(0.01 * random.NextNormal())).ToArray()).ToArray()).ToArray();
        return new SimulatedPlatforms([first, second], ladders, references, chosen, noise);
    }

    // A model has a taste for classes of algorithms, the same in all tasks but for chance, and takes any member of a class.
    private static int[][] Sample(int[][] members, RandomGenerator random)
    {
        double[] taste = [.. Classes.Select(_ => -Math.Log(1 - random.NextDouble()))];
        return [.. members.Select(kinds =>
        {
            double[] weights = [.. kinds.Select(kind => taste[kind] * -Math.Log(1 - random.NextDouble()))];
            return Enumerable.Range(0, Samples).Select(_ => Pick(weights, random)).ToArray();
        })];
    }

    private static int Pick(double[] weights, RandomGenerator random)
    {
        var at = random.NextDouble() * weights.Sum();
        var i = 0;
        while (i < weights.Length - 1 && (at -= weights[i]) >= 0) i++;
        return i;
    }
}
