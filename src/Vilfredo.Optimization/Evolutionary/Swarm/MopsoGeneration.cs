using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>A generation of <see cref="Mopso"/>: child i is the next position of particle i.</summary>
/// <remarks>
/// <para>Velocities are those of SMPSO: inertia, and pulls towards the particle's best place and a leader, of strengths drawn from [1.5, 2.5] times a number in
/// [0, 1] that is drawn for each variable, times Clerc's constriction factor (positive), limited to half of each variable's range; at a bound the particle turns round. The leader is the less crowded of
/// two random points of the archive. A particle's best place is the last that the one before does not dominate.</para>
/// <para>Integers are real inside and rounded to be evaluated. A category is, with equal probability, the particle's own, that of its
/// best place, or the leader's. A position that the space's filter refuses is made again with another leader, up to 20 times; after that it is the particle's best
/// place moved by one step.</para>
/// </remarks>
public sealed class MopsoGeneration : IGeneration
{
    private const int FilterTries = 20;

    private readonly DecisionSpace space;
    private readonly MopsoOptions options;
    private readonly ISampler sampling;
    private readonly IMutation[] mutations;
    private readonly ulong seed;
    private readonly ulong generationSeed;
    private readonly double[] positions; // one row per particle, as velocities and the best places
    private readonly double[] velocities;
    private readonly Population best;
    private readonly double[] crowding;

    private MopsoGeneration(
        DecisionSpace space, MopsoOptions options, ISampler sampling, IMutation[] mutations, ulong seed, long number,
        double[] positions, double[] velocities, Population best, Population archive, double[] crowding)
    {
        (this.space, this.options, this.sampling, this.mutations, this.seed) = (space, options, sampling, mutations, seed);
        (this.positions, this.velocities, this.best, this.crowding) = (positions, velocities, best, crowding);
        (Number, Parents) = (number, archive);
        generationSeed = new RandomGenerator(seed, (ulong)number).NextUInt64();
    }

    /// <inheritdoc/>
    public long Number { get; }

    /// <summary>The number of particles.</summary>
    public int PopulationSize => options.PopulationSize;

    /// <summary>The archive: the non-dominated points, or those of the smallest violation; empty in generation 0. Not to be changed.</summary>
    public Population Parents { get; }

    /// <summary>Generation 0.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same children from the same results.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public static MopsoGeneration First(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, MopsoOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        options ??= new();
        options.Validate(space);
        Population None() => new(space.Count, objectiveCount, constraintCount);
        return new(
            space, options, options.Sampling ?? new RandomSampler(space, seed), Reproduction.MutationsOf(space, options.Variation), seed, 0,
            [], [], None(), None(), []);
    }

    /// <inheritdoc/>
    public void Propose(long index, Span<double> child)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        space.CheckPoint(child, nameof(child));
        if (best.Count > 0)
        {
            Move(index, child, new double[child.Length]);
            space.Clamp(child);
        }
        else if (index >= PopulationSize || !sampling.Propose(Number * PopulationSize + index, child))
        {
            space.Sample(new RandomGenerator(generationSeed, (ulong)index), child);
        }
    }

    IGeneration IGeneration.Next(Population children, ReadOnlySpan<long> indices) => Next(children, indices);

    /// <inheritdoc cref="IGeneration.Next"/>
    public MopsoGeneration Next(Population children, ReadOnlySpan<long> indices)
    {
        Evaluation.CheckChildren(this, children, indices);
        space.Validate(children.Decisions, nameof(children));
        var (archive, distances) = Archive(children);
        if (best.Count == 0)
        {
            // The first particles are what the first generation found.
            var swarm = new Population(children.VariableCount, children.ObjectiveCount, children.ConstraintCount);
            for (var i = 0; i < Math.Min(children.Count, PopulationSize); i++)
                swarm.Add(children.DecisionsOf(i), children.ObjectivesOf(i), children.ConstraintsOf(i));
            return After(swarm.Decisions.ToArray(), new double[swarm.Decisions.Length], swarm, archive, distances);
        }

        var n = space.Count;
        var (nextPositions, nextVelocities) = (positions.ToArray(), velocities.ToArray());
        var bestOf = new int[best.Count]; // the child that becomes the best place, or -1
        Array.Fill(bestOf, -1);
        for (var i = 0; i < children.Count; i++)
        {
            if (indices[i] < 0) continue;
            var particle = (int)(indices[i] % best.Count);
            Move(indices[i], nextPositions.AsSpan(particle * n, n), nextVelocities.AsSpan(particle * n, n));
            var isBetter = bestOf[particle] < 0 ? !IsDominated(children, i, best, particle) : !IsDominated(children, i, children, bestOf[particle]);
            if (isBetter) bestOf[particle] = i;
        }

        var places = new Population(best.VariableCount, best.ObjectiveCount, best.ConstraintCount);
        for (var particle = 0; particle < best.Count; particle++)
        {
            var (source, place) = bestOf[particle] < 0 ? (best, particle) : (children, bestOf[particle]);
            places.Add(source.DecisionsOf(place), source.ObjectivesOf(place), source.ConstraintsOf(place));
        }

        return After(nextPositions, nextVelocities, places, archive, distances);
    }

    private MopsoGeneration After(double[] nextPositions, double[] nextVelocities, Population places, Population archive, double[] distances) =>
        new(space, options, sampling, mutations, seed, Number + 1, nextPositions, nextVelocities, places, archive, distances);

    // The next position and velocity of a particle, before rounding.
    private void Move(long index, Span<double> position, Span<double> velocity)
    {
        var particle = (int)(index % best.Count);
        var random = new RandomGenerator(generationSeed, (ulong)index);
        var rounded = position.Length <= 256 ? stackalloc double[position.Length] : new double[position.Length];
        for (var i = 0; i < FilterTries; i++)
        {
            Fly(particle, position, velocity, random);
            if (random.NextDouble() < options.MutatedShare)
            {
                space.Clamp(position);
                foreach (var mutation in mutations) mutation.Mutate(position, random);
            }

            position.CopyTo(rounded);
            space.Clamp(rounded);
            if (space.Satisfies(rounded)) return;
        }

        best.DecisionsOf(particle).CopyTo(position);
        velocity.Clear();
        space.Walk(random, position);
    }

    private void Fly(int particle, Span<double> position, Span<double> velocity, RandomGenerator random)
    {
        var n = space.Count;
        var own = positions.AsSpan(particle * n, n);
        var speed = velocities.AsSpan(particle * n, n);
        var place = best.DecisionsOf(particle);
        var leader = Parents.DecisionsOf(Leader(random));
        var (towardsBest, towardsLeader) = (random.NextDouble(1.5, 2.5), random.NextDouble(1.5, 2.5));
        var factor = Constriction(towardsBest + towardsLeader);
        for (var j = 0; j < n; j++)
        {
            var variable = space.Variables[j];
            if (variable.Kind == VariableKind.Categorical)
            {
                position[j] = random.NextInt32(3) switch { 0 => own[j], 1 => place[j], _ => leader[j] };
                velocity[j] = 0;
                continue;
            }

            var (first, second) = (towardsBest * random.NextDouble(), towardsLeader * random.NextDouble());
            var limit = (variable.Upper - variable.Lower) / 2;
            velocity[j] = Math.Clamp(factor * (options.Inertia * speed[j] + first * (place[j] - own[j]) + second * (leader[j] - own[j])), -limit, limit);
            position[j] = own[j] + velocity[j];
            if (position[j] >= variable.Lower && position[j] <= variable.Upper) continue;
            position[j] = Math.Clamp(position[j], variable.Lower, variable.Upper);
            velocity[j] = -velocity[j];
        }
    }

    // Clerc and Kennedy 2002: 1 up to 4.
    private static double Constriction(double sum) => sum <= 4 ? 1 : 2 / Math.Abs(2 - sum - Math.Sqrt(sum * sum - 4 * sum));

    private int Leader(RandomGenerator random)
    {
        var (first, second) = (random.NextInt32(Parents.Count), random.NextInt32(Parents.Count));
        return crowding[first] >= crowding[second] ? first : second;
    }

    private static bool IsDominated(Population points, int point, Population others, int other)
    {
        var (violation, otherViolation) = (points.Violations[point], others.Violations[other]);
        return violation > 0 || otherViolation > 0
            ? otherViolation < violation
            : Sorting.Dominance.Dominates(others.ObjectivesOf(other), points.ObjectivesOf(point));
    }

    private (Population Points, double[] Crowding) Archive(Population children)
    {
        var union = Parents.Copy();
        union.Add(children.Decisions, children.Objectives, children.Constraints);
        var points = new Population(union.VariableCount, union.ObjectiveCount, union.ConstraintCount);
        if (union.Count == 0) return (points, []);

        var (copies, genomes) = (new bool[union.Count], new GenomeSet());
        for (var i = 0; i < copies.Length; i++) copies[i] = !genomes.Add(union.DecisionsOf(i));
        var size = Math.Min(options.ArchiveSize, union.Count);
        var (indices, ranks, distances) = (new int[size], new int[size], new double[size]);
        new Nsga2Options { PopulationSize = options.ArchiveSize, Truncation = CrowdingTruncation.OneByOne }.CreateSurvival(union.ObjectiveCount)
            .Select(union.Objectives, union.Violations, size, indices, ranks, distances, copies, generationSeed);
        var leading = new List<double>();
        for (var i = 0; i < size; i++)
        {
            if (ranks[i] != 0) continue;
            points.Add(union.DecisionsOf(indices[i]), union.ObjectivesOf(indices[i]), union.ConstraintsOf(indices[i]));
            leading.Add(distances[i]);
        }

        return (points, [.. leading]);
    }
}
