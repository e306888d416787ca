using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>A generation of <see cref="Ctaea"/>: children of parents from two archives.</summary>
/// <remarks>The first parent of a pair comes from the archive with the larger share of points that nothing dominates, the second from the first archive with the probability of that archive's share (algorithm 4 of the paper).</remarks>
public sealed class CtaeaGeneration : IGeneration
{
    private readonly DecisionSpace space;
    private readonly CtaeaOptions options;
    private readonly ISampler sampling;
    private readonly Reproduction reproduction;
    private readonly ulong seed;
    private readonly ulong generationSeed;
    private readonly TwoArchives archives;
    private readonly (double Convergence, double Diversity) shares;

    private CtaeaGeneration(DecisionSpace space, CtaeaOptions options, ISampler sampling, Reproduction reproduction, ulong seed, long number, TwoArchives archives)
    {
        (this.space, this.options, this.sampling, this.reproduction, this.seed, this.archives) = (space, options, sampling, reproduction, seed, archives);
        Number = number;
        generationSeed = new RandomGenerator(seed, (ulong)number).NextUInt64();
        shares = archives.NonDominatedShares();
    }

    /// <inheritdoc/>
    public long Number { get; }

    /// <inheritdoc/>
    public int PopulationSize => options.PopulationSize;

    /// <summary>The archive that converges to the feasible front; empty in generation 0. Not to be changed.</summary>
    public Population Parents => archives.Convergence;

    /// <summary>The archive that keeps what the other leaves out, feasible or not. Not to be changed.</summary>
    public Population DiversityArchive => archives.Diversity;

    /// <summary>Generation 0.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same children from the same results.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public static CtaeaGeneration First(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, CtaeaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        options ??= new();
        options.Validate(space);
        var none = new Population(space.Count, objectiveCount, constraintCount);
        var directions = ReferenceLattice.For(objectiveCount, options.PopulationSize, null);
        return new(
            space, options, options.Sampling ?? new RandomSampler(space, seed), new Reproduction(space, options.Variation), seed, 0, new TwoArchives(none, directions, options.PopulationSize));
    }

    /// <inheritdoc/>
    public void Propose(long index, Span<double> child)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        space.CheckPoint(child, nameof(child));
        if (Parents.Count == 0)
        {
            if (index < PopulationSize && sampling.Propose(Number * PopulationSize + index, child)) return;
            space.Sample(new RandomGenerator(generationSeed, (ulong)index), child);
            return;
        }

        var (pair, isSecond) = Math.DivRem(index, 2);
        var random = new RandomGenerator(generationSeed, (ulong)pair);
        var mother = Parent(shares.Convergence >= shares.Diversity, random);
        var father = Parent(random.NextDouble() < shares.Convergence, random);
        Span<double> sibling = child.Length <= 256 ? stackalloc double[child.Length] : new double[child.Length];
        if (isSecond == 0) reproduction.Reproduce(mother, father, child, sibling, random);
        else reproduction.Reproduce(mother, father, sibling, child, random);
    }

    IGeneration IGeneration.Next(Population children, ReadOnlySpan<long> indices)
    {
        Evaluation.CheckChildren(this, children, indices);
        return Next(children);
    }

    /// <summary>The generation that follows.</summary>
    /// <param name="children">The evaluated children, and any other points that should count. May be empty.</param>
    /// <exception cref="ArgumentException">The shape is not that of this generation, or a decision is outside the space.</exception>
    public CtaeaGeneration Next(Population children)
    {
        Evaluation.CheckChildren(this, children);
        space.Validate(children.Decisions, nameof(children));
        return new(space, options, sampling, reproduction, seed, Number + 1, archives.With(children));
    }

    // Of two points, the feasible one, then the one that dominates, then either.
    private ReadOnlySpan<double> Parent(bool isFromConvergence, RandomGenerator random)
    {
        var archive = isFromConvergence || archives.Diversity.Count == 0 ? archives.Convergence : archives.Diversity;
        var (first, second) = (random.NextInt32(archive.Count), random.NextInt32(archive.Count));
        if (archive.IsFeasible(first) != archive.IsFeasible(second)) return archive.DecisionsOf(archive.IsFeasible(first) ? first : second);
        if (Sorting.Dominance.Dominates(archive.ObjectivesOf(first), archive.ObjectivesOf(second))) return archive.DecisionsOf(first);
        if (Sorting.Dominance.Dominates(archive.ObjectivesOf(second), archive.ObjectivesOf(first))) return archive.DecisionsOf(second);
        return archive.DecisionsOf(random.NextBoolean() ? first : second);
    }
}
