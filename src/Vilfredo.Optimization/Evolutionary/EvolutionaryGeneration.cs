using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// One generation of an evolutionary algorithm as an immutable value: its parents, and any of its children as a pure function of the seed, the
/// generation's number, the child's index and the parents.
/// </summary>
/// <remarks>
/// <para>For studies whose trials run in any order on any number of workers: trial t is child t mod P of generation t / P
/// (P is the population size). Generation 0 has no parents; its children come from the sampling. When the results of a
/// generation are in, <see cref="Next"/> gives the generation that follows. Failed trials are left out; a generation may
/// have fewer results than children, or none.</para>
/// <para>Children 2p and 2p + 1 are siblings: parents meet, and siblings vary, as in <see cref="EvolutionaryOptimizer"/>, so that the
/// children of a generation have the same distribution in both. Indices from P on are further children of the same
/// parents, for workers that would otherwise wait. Safe to use from several threads.</para>
/// </remarks>
public sealed class EvolutionaryGeneration : IGeneration
{
    private readonly EvolutionaryOptions options;
    private readonly ISurvival survival;
    private readonly ISampler sampling;
    private readonly Reproduction reproduction;
    private readonly ulong seed;
    private readonly ulong generationSeed;
    private readonly int[] ranks;
    private readonly double[] crowding;
    private readonly int[] niches;
    private readonly int[] mating;
    private readonly GenomeSet? parentGenomes;

    private EvolutionaryGeneration(
        EvolutionaryOptions options,
        ISurvival survival,
        ISampler sampling,
        Reproduction reproduction,
        ulong seed,
        long number,
        Population parents,
        int[] ranks,
        double[] crowding,
        int[] niches)
    {
        this.options = options;
        this.survival = survival;
        this.sampling = sampling;
        this.reproduction = reproduction;
        this.seed = seed;
        this.ranks = ranks;
        this.crowding = crowding;
        this.niches = niches;
        Number = number;
        Parents = parents;
        PopulationSize = options.SizeFor(parents.ObjectiveCount);
        generationSeed = new RandomGenerator(seed, (ulong)number).NextUInt64();

        // The permutations that the regular children need; further ones are made when asked for.
        mating = new int[parents.Count == 0 ? 0 : Rounds(MatingOrder.EntriesPerPair * ((PopulationSize + 1) / 2)) * parents.Count];
        for (var round = 0; round * parents.Count < mating.Length; round++)
            Permute(round, mating.AsSpan(round * parents.Count, parents.Count));

        if (!options.EliminateDuplicates) return;
        parentGenomes = new GenomeSet();
        for (var i = 0; i < parents.Count; i++) parentGenomes.Add(parents.DecisionsOf(i));
    }

    /// <summary>The number of the generation, from 0.</summary>
    public long Number { get; }

    /// <summary>The number of children of a generation.</summary>
    public int PopulationSize { get; }

    /// <summary>The survivors of all earlier generations; empty in generation 0. Not to be changed.</summary>
    public Population Parents { get; }

    /// <summary>The rank of each parent in tournaments, from 0; smaller is better.</summary>
    public ReadOnlySpan<int> Ranks => ranks;

    /// <summary>What decides between parents of equal rank, larger being better: the crowding distance of NSGA-II, zero where chance decides.</summary>
    public ReadOnlySpan<double> Crowding => crowding;

    /// <summary>Generation 0.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same children from the same results.</param>
    /// <param name="options">The algorithm and its settings: those of NSGA-II, NSGA-III or SMS-EMOA.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public static EvolutionaryGeneration First(
        DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, EvolutionaryOptions options)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(space, objectiveCount);
        return new(
            options,
            options.CreateSurvival(objectiveCount),
            options.Sampling ?? new RandomSampler(space, seed),
            new Reproduction(space, options.Variation),
            seed,
            0,
            new Population(space.Count, objectiveCount, constraintCount),
            [],
            [],
            []);
    }

    /// <summary>The generation that follows: its parents are the survivors of these parents and the children's results.</summary>
    /// <param name="children">
    /// The evaluated children, and any other points that should count (extra children, points known before). May be empty.
    /// The order matters for ties only; give them in the order of their index to get the same result each time.
    /// </param>
    /// <exception cref="ArgumentException">The shape is not that of this generation, or a decision is outside the space.</exception>
    public EvolutionaryGeneration Next(Population children)
    {
        Evaluation.CheckChildren(this, children);
        reproduction.Space.Validate(children.Decisions, nameof(children));
        var union = Parents.Copy();
        union.Add(children.Decisions, children.Objectives, children.Constraints);
        var copies = new bool[options.EliminateDuplicates ? union.Count : 0];
        var genomes = new GenomeSet();
        for (var i = 0; i < copies.Length; i++) copies[i] = !genomes.Add(union.DecisionsOf(i));

        var survivors = Math.Min(PopulationSize, union.Count);
        var indices = new int[survivors];
        var nextRanks = new int[survivors];
        var nextCrowding = new double[survivors];
        var nextSurvival = survival.Copy();
        survivors = nextSurvival.Select(union.Objectives, union.Violations, survivors, indices, nextRanks, nextCrowding, copies, generationSeed);
        (indices, nextRanks, nextCrowding) = (indices[..survivors], nextRanks[..survivors], nextCrowding[..survivors]);

        var nextNiches = new int[survivors];
        if (!nextSurvival.Niches(union.Objectives, union.Violations, indices, nextNiches)) nextNiches = [];

        var parents = new Population(union.VariableCount, union.ObjectiveCount, union.ConstraintCount);
        foreach (var i in indices) parents.Add(union.DecisionsOf(i), union.ObjectivesOf(i), union.ConstraintsOf(i));
        return new(options, nextSurvival, sampling, reproduction, seed, Number + 1, parents, nextRanks, nextCrowding, nextNiches);
    }

    IGeneration IGeneration.Next(Population children, ReadOnlySpan<long> indices)
    {
        Evaluation.CheckChildren(this, children, indices);
        return Next(children);
    }

    /// <summary>Writes a child.</summary>
    /// <param name="index">Which child, from 0; from the population size on, further children.</param>
    /// <param name="child">Receives one value per variable.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    /// <exception cref="ArgumentException">The length is not the number of variables.</exception>
    /// <exception cref="NoFeasibleDecisionException">No point that satisfies the filter was found.</exception>
    public void Propose(long index, Span<double> child)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        reproduction.Space.CheckPoint(child, nameof(child));
        if (Parents.Count == 0) Sample(index, child);
        else Breed(index, child);
    }

    private void Sample(long index, Span<double> child)
    {
        if (index < PopulationSize && sampling.Propose(Number * PopulationSize + index, child)) return;
        reproduction.Space.Sample(new RandomGenerator(generationSeed, (ulong)index), child);
    }

    private void Breed(long index, Span<double> child)
    {
        var (pair, isSecond) = Math.DivRem(index, 2);
        var random = new RandomGenerator(generationSeed, (ulong)pair);
        var mother = Parents.DecisionsOf(SelectParent(MatingOrder.EntriesPerPair * pair, random));
        var father = Parents.DecisionsOf(SelectParent(MatingOrder.EntriesPerPair * pair + 2, random));
        var sibling = child.Length <= 256 ? stackalloc double[child.Length] : new double[child.Length];
        if (isSecond == 0) reproduction.Reproduce(mother, father, child, sibling, random);
        else reproduction.Reproduce(mother, father, sibling, child, random);

        if (parentGenomes is null) return;
        if (isSecond == 1) random = new RandomGenerator(generationSeed ^ ulong.MaxValue, (ulong)pair);
        for (var i = 0; i < EvolutionaryOptimizer.DuplicateTries && parentGenomes.Contains(child); i++)
            reproduction.Reproduce(mother, father, child, sibling, random);
    }

    private int SelectParent(long entry, RandomGenerator random)
    {
        var (first, second) = (MatingEntry(entry), MatingEntry(entry + 1));
        return BinaryTournament.Winner(first, second, ranks, crowding, niches, random, options.MeetByDominance ? Parents.Objectives : default);
    }

    private int MatingEntry(long entry)
    {
        if (entry < mating.Length) return mating[entry];
        var (round, position) = Math.DivRem(entry, Parents.Count);
        var permutation = new int[Parents.Count];
        Permute(round, permutation);
        return permutation[position];
    }

    private void Permute(long round, Span<int> permutation)
    {
        for (var i = 0; i < permutation.Length; i++) permutation[i] = i;
        new RandomGenerator(generationSeed, ulong.MaxValue - (ulong)round).Shuffle(permutation);
    }

    private int Rounds(int entries) => (entries + Parents.Count - 1) / Parents.Count;
}
