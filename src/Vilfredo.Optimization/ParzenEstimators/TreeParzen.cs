using System.Runtime.InteropServices;

namespace Vilfredo.Optimization.ParzenEstimators;

/// <summary>
/// The tree-structured Parzen estimator for any number of objectives: proposes where the density of good points is highest
/// relative to the density of all others.
/// </summary>
/// <remarks>
/// <para>Sources: Bergstra, Bardenet, Bengio and Kegl, "Algorithms for hyper-parameter optimization", NIPS 2011; Ozaki, Tanigaki,
/// Watanabe and Onishi, GECCO 2020, and with Nomura, "Multiobjective tree-structured Parzen estimator", JAIR 73, 2022.</para>
/// <para>Good are the best non-dominated ranks; infeasible points come after all feasible ones, by their violation; failed and
/// pending ones are never good. Suggestions do not change when an objective is scaled by a positive factor or shifted.</para>
/// <para>A variable that is inactive in a point is NaN there: its density is made of the points in which it is active.</para>
/// <para>Told values are kept in order per variable, so that a suggestion costs O(points · variables · candidates) additions and
/// few exponentials, and one sorting of the objectives. Not thread-safe.</para>
/// </remarks>
public sealed class TreeParzen
{
    private const int FilterTries = 50;

    private readonly TreeParzenOptions options;
    private readonly Variable[] variables;
    private readonly List<double> decisions = [];
    private readonly List<double> objectives = [];
    private readonly List<double> violations = []; // NaN: failed
    private readonly List<int>[] orders;
    private int valued;
    private (int Count, bool[] IsGood, double[] Weights)? split;

    /// <summary>Creates an estimator without points.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TreeParzen(DecisionSpace space, int objectiveCount, TreeParzenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        this.options = options ?? new();
        this.options.Validate();
        Space = space;
        ObjectiveCount = objectiveCount;
        variables = space.Variables.ToArray();
        orders = [.. variables.Select(_ => new List<int>())];
    }

    /// <summary>The variables.</summary>
    public DecisionSpace Space { get; }

    /// <summary>The number of objectives. All are minimised.</summary>
    public int ObjectiveCount { get; }

    /// <summary>The number of points told, failed ones included.</summary>
    public int Count => violations.Count;

    /// <summary>Takes one evaluated point.</summary>
    /// <param name="point">One value per variable; NaN where the variable is inactive.</param>
    /// <param name="values">One value per objective; positive infinity is the worst.</param>
    /// <param name="violation">The total constraint violation, 0 when feasible.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a value is out of range, NaN or negative infinity.</exception>
    public void Tell(ReadOnlySpan<double> point, ReadOnlySpan<double> values, double violation = 0)
    {
        if (values.Length != ObjectiveCount)
            throw new ArgumentException($"values has {values.Length} values but there are {ObjectiveCount} objectives; give one per objective.", nameof(values));
        foreach (var value in values)
        {
            if (double.IsNaN(value) || double.IsNegativeInfinity(value))
                throw new ArgumentException($"values holds {value}; objective values must be numbers above negative infinity. Tell a failed evaluation by {nameof(TellFailed)}.", nameof(values));
        }

        if (!(violation >= 0))
            throw new ArgumentOutOfRangeException(nameof(violation), violation, "A violation is 0 when the point is feasible, else above 0.");
        Add(point, values, violation);
        valued++;
    }

    /// <summary>Takes one point whose evaluation gave no values.</summary>
    /// <exception cref="ArgumentException">The length does not fit or a value is out of range.</exception>
    public void TellFailed(ReadOnlySpan<double> point)
    {
        var worst = new double[ObjectiveCount];
        worst.AsSpan().Fill(double.PositiveInfinity);
        Add(point, worst, double.NaN);
    }

    /// <summary>Writes a proposal; without any told point it is a random one.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="pending">Rows of points that are being evaluated; they count as not good, so that others are proposed.</param>
    /// <param name="proposal">Receives one value per variable.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="NoFeasibleDecisionException">No point that satisfies the space's filter was found.</exception>
    public void Suggest(RandomGenerator random, ReadOnlySpan<double> pending, Span<double> proposal)
    {
        ArgumentNullException.ThrowIfNull(random);
        Space.RowsOf(pending, nameof(pending));
        Space.CheckPoint(proposal, nameof(proposal));
        if (valued == 0)
        {
            Space.Sample(random, proposal);
            return;
        }

        Split();
        var densities = new List<(int[] Group, ParzenMixture Good, ParzenMixture Others)>();
        foreach (var group in Groups()) densities.Add((group, Mixture(group, true, []), Mixture(group, false, pending)));
        for (var i = 0; i < FilterTries; i++)
        {
            foreach (var (group, good, others) in densities) Choose(random, group, good, others, proposal);
            if (Space.Satisfies(proposal)) return;
        }

        Space.Sample(random, proposal);
    }

    private void Choose(RandomGenerator random, int[] group, ParzenMixture good, ParzenMixture others, Span<double> proposal)
    {
        Span<double> candidate = group.Length <= 256 ? stackalloc double[group.Length] : new double[group.Length];
        var best = double.NegativeInfinity;
        for (var i = 0; i < options.Candidates; i++)
        {
            good.Sample(random, candidate);
            var ratio = good.LogDensity(candidate) - others.LogDensity(candidate);
            if (ratio <= best) continue;
            best = ratio;
            for (var j = 0; j < group.Length; j++) proposal[group[j]] = candidate[j];
        }
    }

    private ParzenMixture Mixture(int[] group, bool good, ReadOnlySpan<double> pending)
    {
        var (_, isGood, weights) = split!.Value;
        var n = variables.Length;
        var values = group.Select(_ => new List<double>()).ToArray();
        var kernels = new List<double>();
        var order = orders[group[0]]; // of the points in which the group is active
        foreach (var i in order)
        {
            if (isGood[i] != good) continue;
            for (var j = 0; j < group.Length; j++) values[j].Add(decisions[i * n + group[j]]);
            kernels.Add(good ? weights[i] : 1);
        }

        for (var start = 0; start < pending.Length; start += n)
        {
            var point = pending.Slice(start, n);
            if (double.IsNaN(point[group[0]])) continue;
            var at = values[0].Count;
            if (group.Length == 1)
            {
                at = values[0].BinarySearch(point[group[0]]);
                if (at < 0) at = ~at;
            }

            for (var j = 0; j < group.Length; j++) values[j].Insert(at, point[group[j]]);
            kernels.Insert(at, 1);
        }

        return new ParzenMixture(
            [.. group.Select(j => variables[j])], [.. values.Select(v => v.ToArray())], CollectionsMarshal.AsSpan(kernels));
    }

    // Variables with the same pattern of activity over the points told form a group.
    private List<int[]> Groups()
    {
        if (!options.Multivariate) return [.. Enumerable.Range(0, variables.Length).Select(j => new[] { j })];
        var groups = new List<List<int>>();
        for (var j = 0; j < variables.Length; j++)
        {
            var group = groups.Find(g => HaveSameActivity(g[0], j));
            if (group is null) groups.Add([j]);
            else group.Add(j);
        }

        return groups.ConvertAll(g => g.ToArray());
    }

    private bool HaveSameActivity(int a, int b)
    {
        if (orders[a].Count != orders[b].Count) return false;
        if (orders[a].Count == Count) return true;
        for (var i = 0; i < decisions.Count; i += variables.Length)
        {
            if (double.IsNaN(decisions[i + a]) != double.IsNaN(decisions[i + b])) return false;
        }

        return true;
    }

    private void Split()
    {
        if (split?.Count == Count) return;
        var count = Math.Min(options.LargestGoodCount, (int)Math.Ceiling(options.GoodShare * valued));
        var (indices, chosenWeights) = GoodPoints.Choose(
            CollectionsMarshal.AsSpan(objectives), ObjectiveCount, CollectionsMarshal.AsSpan(violations), count);
        var isGood = new bool[Count];
        var weights = new double[Count];
        for (var i = 0; i < indices.Length; i++)
        {
            isGood[indices[i]] = true;
            weights[indices[i]] = chosenWeights[i];
        }

        split = (Count, isGood, weights);
    }

    private void Add(ReadOnlySpan<double> point, ReadOnlySpan<double> values, double violation)
    {
        Space.CheckPoint(point, nameof(point));
        for (var j = 0; j < point.Length; j++)
        {
            if (!double.IsNaN(point[j]) && !variables[j].Contains(point[j]))
                throw new ArgumentException($"'{variables[j].Name}' is {point[j]:R}, which is not a value that it can take; NaN marks an inactive variable.", nameof(point));
        }

        var index = Count;
        decisions.AddRange(point);
        objectives.AddRange(values);
        violations.Add(violation);
        for (var j = 0; j < point.Length; j++)
        {
            if (!double.IsNaN(point[j])) orders[j].Insert(Position(orders[j], j, point[j]), index);
        }
    }

    // Behind all equal values.
    private int Position(List<int> order, int j, double value)
    {
        var (low, high) = (0, order.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (decisions[order[middle] * variables.Length + j] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
