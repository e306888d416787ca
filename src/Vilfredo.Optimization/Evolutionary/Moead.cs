using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// MOEA/D: as many single-objective subproblems as weights, each of which keeps one point and learns from its neighbours.
/// </summary>
/// <remarks>
/// <para>Source: Q. Zhang, H. Li, "MOEA/D: a multiobjective evolutionary algorithm based on decomposition", IEEE Transactions
/// on Evolutionary Computation 11(6), 2007, with its genetic operators. In the paper a child replaces points before the next
/// subproblem breeds: that is asking for one point at a time. Asking for more breeds them all from the points of that moment.</para>
/// <para>A child told replaces the points of its subproblem's neighbours that it is no worse than. A child is known by its
/// decisions; a point that was never asked for, or long ago, is a child of the subproblem that values it best. With constraints
/// a feasible point is better than an infeasible one, and of two infeasible ones the smaller violation is.</para>
/// <para>Positive infinity is the worst value of an objective; negative infinity counts as the best finite one. Takes
/// O(neighbours * objectives) per point.</para>
/// </remarks>
public sealed class Moead : IOptimizer
{
    private const int RememberedPerSubproblem = 16;

    private readonly MoeadSubproblems subproblems;
    private readonly ISampler sampling;
    private readonly Reproduction reproduction;
    private readonly RandomGenerator random;
    private readonly bool normalize;
    private readonly double[] decisions; // one row per subproblem, as in the following
    private readonly double[] objectives;
    private readonly double[] constraints;
    private readonly double[] violations;
    private readonly double[] ideal;
    private readonly double[] range;
    private readonly double[] sibling;
    private readonly int[] turns;
    private readonly Dictionary<ulong, int> subproblemOf = [];
    private readonly Queue<ulong> asked = new();
    private int filled;
    private int turn;
    private long sampled;
    private long told;

    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public Moead(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, MoeadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(constraintCount);
        options ??= new();
        options.Validate(space);
        (Space, ObjectiveCount, ConstraintCount) = (space, objectiveCount, constraintCount);
        subproblems = new MoeadSubproblems(objectiveCount, options);
        sampling = options.Sampling ?? new RandomSampler(space, seed);
        reproduction = new Reproduction(space, options.Variation);
        random = new RandomGenerator(seed, ulong.MaxValue); // apart from the sampler's streams 0, 1, ...
        normalize = options.Normalize;
        decisions = new double[subproblems.Count * space.Count];
        objectives = new double[subproblems.Count * objectiveCount];
        constraints = new double[subproblems.Count * constraintCount];
        violations = new double[subproblems.Count];
        ideal = new double[objectiveCount];
        ideal.AsSpan().Fill(double.PositiveInfinity);
        range = new double[objectiveCount];
        range.AsSpan().Fill(1);
        sibling = new double[space.Count];
        turns = [.. Enumerable.Range(0, subproblems.Count)];
    }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <inheritdoc/>
    public int ObjectiveCount { get; }

    /// <inheritdoc/>
    public int ConstraintCount { get; }

    /// <summary>The number of subproblems: a child for each.</summary>
    public int BatchSize => subproblems.Count;

    /// <summary>The point of each subproblem, repeated where several subproblems hold the same.</summary>
    public Population Population
    {
        get
        {
            var population = new Population(Space.Count, ObjectiveCount, ConstraintCount);
            population.Add(
                decisions.AsSpan(0, filled * Space.Count),
                objectives.AsSpan(0, filled * ObjectiveCount),
                constraints.AsSpan(0, filled * ConstraintCount));
            return population;
        }
    }

    /// <summary>MOEA/D for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Moead For(IProblem problem, ulong seed, MoeadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }

    /// <inheritdoc/>
    public int Ask(Span<double> decisions)
    {
        var n = Space.Count;
        var rows = Space.RowsOf(decisions, nameof(decisions));
        for (var row = 0; row < rows; row++)
        {
            var point = decisions.Slice(row * n, n);
            if (filled < subproblems.Count) Sample(point);
            else Breed(point);
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Tell(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        var count = Evaluation.ValidateTold(this, decisions, objectives, constraints);
        var (n, m, k) = (Space.Count, ObjectiveCount, ConstraintCount);
        for (var i = 0; i < count; i++)
            Take(decisions.Slice(i * n, n), objectives.Slice(i * m, m), constraints.Slice(i * k, k));
    }

    private void Sample(Span<double> point)
    {
        // A grid may end before every subproblem has a point.
        if (!sampling.Propose(sampled++, point)) Space.Sample(random, point);
    }

    private void Breed(Span<double> child)
    {
        if (turn == 0) random.Shuffle(turns.AsSpan());
        var subproblem = turns[turn];
        turn = (turn + 1) % turns.Length;

        var neighbors = subproblems.NeighborsOf(subproblem);
        var mother = DecisionsOf(neighbors[random.NextInt32(neighbors.Length)]);
        var father = DecisionsOf(neighbors[random.NextInt32(neighbors.Length)]);
        reproduction.Reproduce(mother, father, child, sibling, random);
        Remember(child, subproblem);
    }

    private void Remember(ReadOnlySpan<double> child, int subproblem)
    {
        var key = GenomeSet.Hash(child);
        subproblemOf[key] = subproblem;
        asked.Enqueue(key);
        if (asked.Count > RememberedPerSubproblem * subproblems.Count) subproblemOf.Remove(asked.Dequeue());
    }

    private void Take(ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g)
    {
        var violation = Population.ViolationOf(g);
        if (violation == 0)
        {
            for (var j = 0; j < f.Length; j++)
            {
                if (double.IsFinite(f[j])) ideal[j] = Math.Min(ideal[j], f[j]);
            }
        }

        if (filled < subproblems.Count) Put(filled++, x, f, g, violation);
        else Replace(x, f, g, violation);
        if (++told % subproblems.Count == 0 && normalize) MeasureRange();
    }

    private void Replace(ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g, double violation)
    {
        if (!subproblemOf.Remove(GenomeSet.Hash(x), out var home)) home = BestSubproblemFor(f);
        foreach (var subproblem in subproblems.NeighborsOf(home))
        {
            if (IsNoWorse(subproblem, f, violation)) Put(subproblem, x, f, g, violation);
        }
    }

    private bool IsNoWorse(int subproblem, ReadOnlySpan<double> f, double violation) => violation == 0 && violations[subproblem] == 0
        ? ValueOf(subproblem, f) <= ValueOf(subproblem, objectives.AsSpan(subproblem * ObjectiveCount, ObjectiveCount))
        : violation <= violations[subproblem];

    private int BestSubproblemFor(ReadOnlySpan<double> f)
    {
        var (best, value) = (0, double.PositiveInfinity);
        for (var i = 0; i < subproblems.Count; i++)
        {
            var candidate = ValueOf(i, f);
            if (candidate < value) (best, value) = (i, candidate);
        }

        return best;
    }

    private double ValueOf(int subproblem, ReadOnlySpan<double> f)
    {
        Span<double> point = stackalloc double[f.Length];
        for (var j = 0; j < f.Length; j++)
            point[j] = Math.Max(0, (f[j] - (double.IsFinite(ideal[j]) ? ideal[j] : 0)) / range[j]);
        return subproblems.ValueOf(subproblem, point);
    }

    // Of the feasible points held; an objective that does not vary keeps the range 1.
    private void MeasureRange()
    {
        for (var j = 0; j < ObjectiveCount; j++)
        {
            var width = 0.0;
            for (var i = 0; i < filled; i++)
            {
                var value = objectives[i * ObjectiveCount + j];
                if (violations[i] == 0 && double.IsFinite(value)) width = Math.Max(width, value - ideal[j]);
            }

            range[j] = width > 0 && double.IsFinite(width) ? width : 1;
        }
    }

    private ReadOnlySpan<double> DecisionsOf(int subproblem) => decisions.AsSpan(subproblem * Space.Count, Space.Count);

    private void Put(int subproblem, ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g, double violation)
    {
        x.CopyTo(decisions.AsSpan(subproblem * Space.Count));
        f.CopyTo(objectives.AsSpan(subproblem * ObjectiveCount));
        g.CopyTo(constraints.AsSpan(subproblem * ConstraintCount));
        violations[subproblem] = violation;
    }
}
