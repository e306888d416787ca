namespace Vilfredo.Optimization.Problems;

/// <summary>The multi-objective 0/1 knapsack problem: the same items into several knapsacks, each with profits and weights of its own.</summary>
/// <remarks>
/// Profits and weights are random whole numbers from 10 to 100, and a knapsack holds half the weight of all items. Objectives are profits, negated; a constraint
/// value is the weight beyond the capacity over the capacity. Source: Zitzler and Thiele 1999.
/// </remarks>
public sealed class Knapsack : CombinatorialProblem
{
    private const int SmallCount = 16;

    private readonly int[][] profits; // per knapsack, per item
    private readonly int[][] weights;
    private readonly double[] capacities;

    /// <summary>Creates an instance.</summary>
    /// <param name="items">The number of items, at least 1; the front is known up to 16.</param>
    /// <param name="knapsacks">The number of knapsacks, at least 1.</param>
    /// <param name="seed">The same seed gives the same instance.</param>
    public Knapsack(int items = 100, int knapsacks = 2, ulong seed = 1)
        : base(
            "Knapsack",
            "E. Zitzler, L. Thiele, \"Multiobjective evolutionary algorithms: a comparative case study and the strength Pareto approach\", IEEE Transactions on Evolutionary Computation 3(4), 1999",
            Bits(AtLeastOne(items)),
            AtLeastOne(knapsacks),
            knapsacks,
            items <= SmallCount)
    {
        var random = new RandomGenerator(seed);
        int[] Draw() => [.. Enumerable.Range(0, items).Select(_ => 10 + random.NextInt32(91))];
        profits = [.. Enumerable.Range(0, knapsacks).Select(_ => Draw())];
        weights = [.. Enumerable.Range(0, knapsacks).Select(_ => Draw())];
        capacities = [.. weights.Select(row => 0.5 * row.Sum())];
        if ((items, knapsacks, seed) == (100, 2, 1)) (IdealPoint, NadirPoint) = ([-4393, -3949], [-3652, -3133]);
    }

    /// <summary>The profit of an item in a knapsack.</summary>
    public int ProfitOf(int knapsack, int item) => profits[knapsack][item];

    /// <summary>The weight of an item in a knapsack.</summary>
    public int WeightOf(int knapsack, int item) => weights[knapsack][item];

    /// <summary>What a knapsack holds.</summary>
    public double CapacityOf(int knapsack) => capacities[knapsack];

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        for (var k = 0; k < profits.Length; k++)
        {
            var (profit, weight) = (0.0, 0.0);
            for (var i = 0; i < x.Length; i++)
            {
                profit += profits[k][i] * x[i];
                weight += weights[k][i] * x[i];
            }

            f[k] = -profit;
            g[k] = weight / capacities[k] - 1;
        }
    }

    private protected override IEnumerable<double[]> Decisions() => AllBits(Space.Count);

    private static int AtLeastOne(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count;
    }
}
