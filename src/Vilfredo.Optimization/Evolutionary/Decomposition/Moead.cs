using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// MOEA/D: as many single-objective subproblems as weights, each of which keeps one point and learns from its neighbours.
/// </summary>
/// <remarks>
/// <para>Source: Q. Zhang, H. Li, "MOEA/D: a multiobjective evolutionary algorithm based on decomposition", IEEE Transactions
/// on Evolutionary Computation 11(6), 2007. In the paper a child replaces points before the next
/// subproblem breeds: that is asking for one point at a time. Asking for more breeds them all from the points of that moment.
/// The variant MOEA/D-DE is <see cref="MoeadVariation.DifferentialEvolution"/>. <see cref="MoeadGeneration"/> is the form for studies.</para>
/// <para>A child told replaces the points of its subproblem's neighbours that it is no worse than. A child is known by its
/// decisions; a point that was never asked for, or long ago, is a child of the subproblem that values it best. With constraints
/// a feasible point is better than an infeasible one, and of two infeasible ones the smaller violation is.</para>
/// <para>Positive infinity is the worst value of an objective; negative infinity counts as the best finite one. Takes
/// O(neighbours * objectives) per point.</para>
/// </remarks>
public sealed class Moead : IOptimizer
{
    private const int RememberedPerSubproblem = 16;

    private readonly MoeadPopulation population;
    private readonly ISampler sampling;
    private readonly RandomGenerator random;
    private readonly int[] turns;
    private readonly Dictionary<ulong, (int Subproblem, bool IsNear)> homeOf = [];
    private readonly Queue<ulong> asked = new();
    private (ulong Key, int Subproblem, bool IsNear)? last; // asked last and not told: most often it is told next
    private int turn;
    private long sampled;

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
        options ??= new();
        population = new MoeadPopulation(space, objectiveCount, constraintCount, options);
        (Space, ObjectiveCount, ConstraintCount) = (space, objectiveCount, constraintCount);
        sampling = options.Sampling ?? new RandomSampler(space, seed);
        random = new RandomGenerator(seed, ulong.MaxValue); // apart from the sampler's streams 0, 1, ...
        turns = [.. Enumerable.Range(0, population.Count)];
    }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <inheritdoc/>
    public int ObjectiveCount { get; }

    /// <inheritdoc/>
    public int ConstraintCount { get; }

    /// <summary>1: as in the paper, a child replaces points before the next one is bred. Whole generations converge more slowly.</summary>
    public int BatchSize => 1;

    /// <summary>The number of subproblems, each of which keeps a point.</summary>
    public int SubproblemCount => population.Count;

    /// <summary>The point of each subproblem, repeated where several subproblems hold the same.</summary>
    public Population Population => population.Points();

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
            if (!population.IsFull) Sample(point);
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
        {
            var x = decisions.Slice(i * n, n);
            var (home, isNear) = population.IsFull ? HomeOf(x) : (-1, true);
            population.Take(x, objectives.Slice(i * m, m), constraints.Slice(i * k, k), home, isNear, random);
        }
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

        var isNear = population.StaysNear(random);
        population.Breed(subproblem, isNear, child, random);
        if (last is { } waiting)
        {
            homeOf[waiting.Key] = (waiting.Subproblem, waiting.IsNear);
            asked.Enqueue(waiting.Key);
            if (asked.Count > RememberedPerSubproblem * population.Count) homeOf.Remove(asked.Dequeue());
        }

        last = (GenomeSet.Hash(child), subproblem, isNear);
    }

    private (int Subproblem, bool IsNear) HomeOf(ReadOnlySpan<double> x)
    {
        var key = GenomeSet.Hash(x);
        if (last is { } told && told.Key == key)
        {
            last = null;
            return (told.Subproblem, told.IsNear);
        }

        return homeOf.Remove(key, out var home) ? home : (-1, true);
    }
}
