using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>A generation of <see cref="Gde3"/>: child i is made for target i.</summary>
/// <remarks>
/// A feasible child replaces an infeasible target, and an infeasible one a target that violates as much or more. Of two feasible points, a child that is as good in all objectives
/// replaces its target, one that the target dominates is dropped, and otherwise both stay. What is too many is then cut by fronts
/// and crowding, one by one. Points that are no children stay as if they had found no target.
/// </remarks>
public sealed class Gde3Generation : IGeneration
{
    private readonly DecisionSpace space;
    private readonly Gde3Options options;
    private readonly DifferentialVariation variation;
    private readonly ISampler sampling;
    private readonly ulong seed;
    private readonly ulong generationSeed;

    private Gde3Generation(DecisionSpace space, Gde3Options options, DifferentialVariation variation, ISampler sampling, ulong seed, long number, Population parents)
    {
        (this.space, this.options, this.variation, this.sampling, this.seed) = (space, options, variation, sampling, seed);
        (Number, Parents) = (number, parents);
        generationSeed = new RandomGenerator(seed, (ulong)number).NextUInt64();
    }

    /// <inheritdoc/>
    public long Number { get; }

    /// <inheritdoc/>
    public int PopulationSize => options.PopulationSize;

    /// <summary>The targets; empty in generation 0. Not to be changed.</summary>
    public Population Parents { get; }

    /// <summary>Generation 0.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same children from the same results.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public static Gde3Generation First(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, Gde3Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        options ??= new();
        options.Validate(space);
        return new(
            space,
            options,
            new DifferentialVariation(space, options.Differential),
            options.Sampling ?? new RandomSampler(space, seed),
            seed,
            0,
            new Population(space.Count, objectiveCount, constraintCount));
    }

    /// <inheritdoc/>
    public void Propose(long index, Span<double> child)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        space.CheckPoint(child, nameof(child));
        var random = new RandomGenerator(generationSeed, (ulong)index);
        if (Parents.Count == 0)
        {
            if (index < PopulationSize && sampling.Propose(Number * PopulationSize + index, child)) return;
            space.Sample(random, child);
            return;
        }

        var target = TargetOf(index);
        var origin = Other([target], random);
        var first = Other([target, origin], random);
        var second = Other([target, origin, first], random);
        variation.Vary(Parents.DecisionsOf(target), Parents.DecisionsOf(origin), Parents.DecisionsOf(first), Parents.DecisionsOf(second), child, random);
    }

    IGeneration IGeneration.Next(Population children, ReadOnlySpan<long> indices) => Next(children, indices);

    /// <inheritdoc cref="IGeneration.Next"/>
    public Gde3Generation Next(Population children, ReadOnlySpan<long> indices)
    {
        Evaluation.CheckChildren(this, children, indices);
        space.Validate(children.Decisions, nameof(children));

        // Points by their place in parents and, behind them, children; each target's place holds what replaced it.
        var kept = new List<int>(Enumerable.Range(0, Parents.Count));
        for (var i = 0; i < children.Count; i++)
        {
            var target = indices[i] >= 0 && Parents.Count > 0 ? TargetOf(indices[i]) : -1;
            if (target < 0 || Compare(children, i, kept[target]) is not { } isBetter) kept.Add(Parents.Count + i);
            else if (isBetter) kept[target] = Parents.Count + i;
        }

        var union = new Population(Parents.VariableCount, Parents.ObjectiveCount, Parents.ConstraintCount);
        foreach (var point in kept) AddTo(union, children, point);
        return new(space, options, variation, sampling, seed, Number + 1, Truncate(union));
    }

    private int TargetOf(long index) => (int)(index % Parents.Count);

    // A point that is none of those given, as far as there are others.
    private int Other(ReadOnlySpan<int> taken, RandomGenerator random)
    {
        while (true)
        {
            var other = random.NextInt32(Parents.Count);
            if (Parents.Count <= taken.Length || !taken.Contains(other)) return other;
        }
    }

    // Whether a child replaces what stands at its target's place (true), is dropped (false), or both stay.
    private bool? Compare(Population children, int child, int holder)
    {
        var isParent = holder < Parents.Count;
        var held = isParent ? Parents : children;
        var place = isParent ? holder : holder - Parents.Count;
        var (violation, other) = (children.Violations[child], held.Violations[place]);
        if (violation > 0 || other > 0) return violation <= other;
        var f = children.ObjectivesOf(child);
        var g = held.ObjectivesOf(place);
        if (f.SequenceEqual(g) || Sorting.Dominance.Dominates(f, g)) return true;
        return Sorting.Dominance.Dominates(g, f) ? false : null;
    }

    private void AddTo(Population union, Population children, int point)
    {
        var (source, place) = point < Parents.Count ? (Parents, point) : (children, point - Parents.Count);
        union.Add(source.DecisionsOf(place), source.ObjectivesOf(place), source.ConstraintsOf(place));
    }

    private Population Truncate(Population union)
    {
        if (union.Count <= PopulationSize) return union;
        var (copies, genomes) = (new bool[union.Count], new GenomeSet());
        for (var i = 0; i < copies.Length; i++) copies[i] = !genomes.Add(union.DecisionsOf(i));
        var (indices, ranks, crowding) = (new int[PopulationSize], new int[PopulationSize], new double[PopulationSize]);
        new Nsga2Options { PopulationSize = PopulationSize, Truncation = CrowdingTruncation.OneByOne }.CreateSurvival(union.ObjectiveCount)
            .Select(union.Objectives, union.Violations, PopulationSize, indices, ranks, crowding, copies, generationSeed);
        var survivors = new Population(union.VariableCount, union.ObjectiveCount, union.ConstraintCount);
        Array.Sort(indices); // targets keep their order
        foreach (var i in indices) survivors.Add(union.DecisionsOf(i), union.ObjectivesOf(i), union.ConstraintsOf(i));
        return survivors;
    }
}
