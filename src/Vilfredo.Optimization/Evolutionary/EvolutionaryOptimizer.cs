using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// An elitist evolutionary algorithm as an ask/tell optimiser, for any mix of variables, with constraints: tournaments among
/// the parents, crossover, mutation, and a survival that makes the algorithm.
/// </summary>
/// <remarks>
/// <para>Children told are collected until the generation is complete; then the best of parents and children become the
/// parents. Asks and tells of any size and order work: asking for more than a generation gives more
/// children of the same parents, and points told that were never asked for count as children.</para>
/// <para>For proposals that depend on the seed, the trial number and earlier generations only, see
/// <see cref="EvolutionaryGeneration"/>.</para>
/// </remarks>
public abstract class EvolutionaryOptimizer : IOptimizer
{
    internal const int DuplicateTries = 20;

    private readonly ISampler sampling;
    private readonly Reproduction reproduction;
    private readonly RandomGenerator random;
    private readonly EvolutionaryPool pool;
    private readonly MatingOrder mating = new();
    private readonly GenomeSet? seen;
    private readonly bool meetByDominance;
    private readonly double[] spareChild;
    private readonly double[] discarded;
    private bool hasSpareChild;
    private long sampled;

    private protected EvolutionaryOptimizer(
        DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, EvolutionaryOptions options)
    {
        ArgumentNullException.ThrowIfNull(space);
        options.Validate(space, objectiveCount);
        Space = space;
        sampling = options.Sampling ?? new RandomSampler(space, seed);
        reproduction = new Reproduction(space, options.Variation);
        random = new RandomGenerator(seed, ulong.MaxValue); // apart from the sampler's streams 0, 1, ...
        pool = new EvolutionaryPool(space.Count, objectiveCount, constraintCount, seed, options);
        seen = options.EliminateDuplicates ? new GenomeSet() : null;
        meetByDominance = options.MeetByDominance;
        spareChild = new double[space.Count];
        discarded = new double[space.Count];
    }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <inheritdoc/>
    public int ObjectiveCount => pool.ObjectiveCount;

    /// <inheritdoc/>
    public int ConstraintCount => pool.ConstraintCount;

    /// <summary>The number of children between two selections.</summary>
    public int BatchSize => pool.ChildCount;

    /// <summary>The number of completed generations, the first random one included.</summary>
    public long Generation { get; private set; }

    /// <summary>The survivors of the last completed generation and of the children told since then.</summary>
    public Population Population => pool.Survivors();

    /// <inheritdoc/>
    public int Ask(Span<double> decisions)
    {
        var n = Space.Count;
        var rows = Space.RowsOf(decisions, nameof(decisions));
        for (var row = 0; row < rows;)
        {
            var rest = decisions[(row * n)..];
            row += pool.ParentCount == 0 ? Sample(rest[..n]) : Breed(rest);
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Tell(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        var count = Evaluation.ValidateTold(this, decisions, objectives, constraints);
        var (n, m, k) = (Space.Count, ObjectiveCount, ConstraintCount);
        for (var told = 0; told < count;)
        {
            var taken = Math.Min(count - told, pool.Missing);
            pool.Add(
                decisions.Slice(told * n, taken * n),
                objectives.Slice(told * m, taken * m),
                constraints.Slice(told * k, taken * k));
            told += taken;
            if (pool.Missing == 0) StartGeneration();
        }
    }

    private void StartGeneration()
    {
        pool.Select();
        mating.Reset(pool.ParentCount);
        hasSpareChild = false;
        Generation++;
        if (seen is null) return;
        seen.Clear();
        for (var i = 0; i < pool.ParentCount; i++) seen.Add(pool.Parent(i));
    }

    private int Sample(Span<double> decisions)
    {
        // A grid may end before the population is full.
        if (!sampling.Propose(sampled++, decisions)) Space.Sample(random, decisions);
        return 1;
    }

    // Writes two children, or one when there is room for one only: its sibling waits for the next ask.
    private int Breed(Span<double> decisions)
    {
        var n = Space.Count;
        if (hasSpareChild)
        {
            hasSpareChild = false;
            spareChild.CopyTo(decisions);
            return 1;
        }

        var first = decisions[..n];
        hasSpareChild = decisions.Length < 2 * n;
        var second = hasSpareChild ? spareChild : decisions.Slice(n, n);
        var mother = pool.Parent(SelectParent());
        var father = pool.Parent(SelectParent());
        reproduction.Reproduce(mother, father, first, second, random);
        if (seen is not null)
        {
            Renew(mother, father, first);
            Renew(father, mother, second);
        }

        return hasSpareChild ? 1 : 2;
    }

    private int SelectParent() =>
        BinaryTournament.Winner(mating.Next(random), mating.Next(random), pool.Ranks, pool.Crowding, pool.Niches, random, meetByDominance ? pool.ParentObjectives : default);

    private void Renew(ReadOnlySpan<double> parent, ReadOnlySpan<double> other, Span<double> child)
    {
        for (var i = 0; i < DuplicateTries && !seen!.Add(child); i++) reproduction.Reproduce(parent, other, child, discarded, random);
    }
}
