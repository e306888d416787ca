namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// A stand-in for a language model: for each problem a distribution over kinds of programs, so that every true value is an exact sum.
/// It shows what the estimators do, not what any model does.
/// </summary>
internal sealed class SimulatedModel
{
    private readonly double[][] cumulative;

    private SimulatedModel(double[][] chances)
    {
        Chances = chances;
        cumulative = [.. chances.Select(row =>
        {
            var sum = 0.0;
            return row.Select(chance => sum += chance).ToArray();
        })];
    }

    /// <summary>The chance of each kind by problem.</summary>
    public double[][] Chances { get; }

    /// <summary>Weights drawn uniformly from the simplex for each problem (normalized exponentials).</summary>
    public static SimulatedModel Uniform(int problems, RandomGenerator random) =>
        Weighted(problems, [.. SimulatedProgram.All.Select(_ => 1.0)], random);

    /// <summary>Exponential weights with the given means, normalized for each problem.</summary>
    public static SimulatedModel Weighted(int problems, double[] means, RandomGenerator random) => new([.. Enumerable.Range(0, problems).Select(_ =>
    {
        double[] weights = [.. means.Select(mean => -mean * Math.Log(1 - random.NextDouble()) + 1e-300)];
        return weights.Select(weight => weight / weights.Sum()).ToArray();
    })]);

    /// <summary>Draws the kind of a sample.</summary>
    public int Sample(int problem, RandomGenerator random)
    {
        var (row, at) = (cumulative[problem], random.NextDouble());
        var kind = 0;
        while (kind < row.Length - 1 && at >= row[kind]) kind++;
        return kind;
    }
}
