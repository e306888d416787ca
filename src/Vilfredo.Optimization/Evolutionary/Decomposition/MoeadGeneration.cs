using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>A generation of <see cref="Moead"/>: one child for each subproblem, bred from the points of all earlier generations.</summary>
/// <remarks>
/// The same as asking <see cref="Moead"/> for all subproblems at once, except that subproblems whose first point failed start with the
/// best of the others.
/// </remarks>
public sealed class MoeadGeneration : IGeneration
{
    private readonly DecisionSpace space;
    private readonly ISampler sampling;
    private readonly MoeadPopulation population;
    private readonly ulong seed;
    private readonly ulong generationSeed;
    private readonly int[] turns;

    private MoeadGeneration(DecisionSpace space, ISampler sampling, MoeadPopulation population, ulong seed, long number)
    {
        (this.space, this.sampling, this.population, this.seed) = (space, sampling, population, seed);
        Number = number;
        Parents = population.Points();
        generationSeed = new RandomGenerator(seed, (ulong)number).NextUInt64();
        turns = [.. Enumerable.Range(0, population.Count)];
        new RandomGenerator(generationSeed, ulong.MaxValue).Shuffle(turns.AsSpan());
    }

    /// <inheritdoc/>
    public long Number { get; }

    /// <summary>The number of subproblems.</summary>
    public int PopulationSize => population.Count;

    /// <summary>The point of each subproblem, repeated where several subproblems hold the same; empty in generation 0. Not to be changed.</summary>
    public Population Parents { get; }

    /// <summary>Generation 0.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same children from the same results.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public static MoeadGeneration First(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, MoeadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        options ??= new();
        return new(
            space, options.Sampling ?? new RandomSampler(space, seed), new MoeadPopulation(space, objectiveCount, constraintCount, options), seed, 0);
    }

    /// <inheritdoc/>
    public void Propose(long index, Span<double> child)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        space.CheckPoint(child, nameof(child));
        if (population.IsEmpty)
        {
            if (index < PopulationSize && sampling.Propose(Number * PopulationSize + index, child)) return;
            space.Sample(new RandomGenerator(generationSeed, (ulong)index), child);
            return;
        }

        var random = new RandomGenerator(generationSeed, (ulong)index);
        population.Breed(SubproblemOf(index), population.StaysNear(random), child, random);
    }

    IGeneration IGeneration.Next(Population children, ReadOnlySpan<long> indices) => Next(children, indices);

    /// <inheritdoc cref="IGeneration.Next"/>
    public MoeadGeneration Next(Population children, ReadOnlySpan<long> indices)
    {
        Evaluation.CheckChildren(this, children, indices);
        space.Validate(children.Decisions, nameof(children));
        var next = population.Copy();
        var hadPoints = !next.IsEmpty;
        var random = new RandomGenerator(generationSeed, ulong.MaxValue - 1);
        for (var i = 0; i < children.Count; i++)
        {
            var isChild = hadPoints && indices[i] >= 0;
            var home = isChild ? SubproblemOf(indices[i]) : -1;
            var isNear = !isChild || population.StaysNear(new RandomGenerator(generationSeed, (ulong)indices[i])); // as when it was bred
            next.Take(children.DecisionsOf(i), children.ObjectivesOf(i), children.ConstraintsOf(i), home, isNear, random);
        }

        next.Complete();
        return new MoeadGeneration(space, sampling, next, seed, Number + 1);
    }

    private int SubproblemOf(long index) => turns[index % turns.Length];
}
