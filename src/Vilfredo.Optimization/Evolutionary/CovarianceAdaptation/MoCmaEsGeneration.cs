using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>A generation of <see cref="MoCmaEs"/>: child i is drawn from the distribution of parent i.</summary>
/// <remarks>
/// Children outside the bounds are moved to the nearest bound. A child that comes before its parent in the order of the survivors (by front, those that do not survive behind all) is a success.
/// A child that survives inherits its parent's distribution, which learns the step that was taken. Points that are no children begin with the first distribution.
/// </remarks>
public sealed class MoCmaEsGeneration : IGeneration
{
    private const int Tries = 20;

    private readonly DecisionSpace space;
    private readonly MoCmaEsOptions options;
    private readonly ISampler sampling;
    private readonly ulong seed;
    private readonly ulong generationSeed;
    private readonly SearchDistribution[] distributions;

    private MoCmaEsGeneration(DecisionSpace space, MoCmaEsOptions options, ISampler sampling, ulong seed, long number, Population parents, SearchDistribution[] distributions)
    {
        (this.space, this.options, this.sampling, this.seed, this.distributions) = (space, options, sampling, seed, distributions);
        (Number, Parents) = (number, parents);
        generationSeed = new RandomGenerator(seed, (ulong)number).NextUInt64();
    }

    /// <inheritdoc/>
    public long Number { get; }

    /// <inheritdoc/>
    public int PopulationSize => options.PopulationSize;

    /// <inheritdoc/>
    public Population Parents { get; }

    /// <summary>The step size of each parent, as a share of the variables' ranges.</summary>
    public IReadOnlyList<double> StepSizes => [.. distributions.Select(distribution => distribution.Step)];

    /// <summary>Generation 0.</summary>
    /// <param name="space">The variables, all real.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same children from the same results.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range, or a variable is not real.</exception>
    public static MoCmaEsGeneration First(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, MoCmaEsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        options ??= new();
        options.Validate(space);
        return new(space, options, options.Sampling ?? new RandomSampler(space, seed), seed, 0, new Population(space.Count, objectiveCount, constraintCount), []);
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

        var parent = ParentOf(index);
        var point = Parents.DecisionsOf(parent);
        Span<double> step = child.Length <= 256 ? stackalloc double[child.Length] : new double[child.Length];
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            distributions[parent].Draw(random, step);
            for (var i = 0; i < child.Length; i++) child[i] = point[i] + step[i] * RangeOf(i);
            space.Clamp(child);
            if (space.Satisfies(child)) return;
        }

        // The parent's own place satisfies the filter.
        point.CopyTo(child);
    }

    IGeneration IGeneration.Next(Population children, ReadOnlySpan<long> indices) => Next(children, indices);

    /// <inheritdoc cref="IGeneration.Next"/>
    public MoCmaEsGeneration Next(Population children, ReadOnlySpan<long> indices)
    {
        Evaluation.CheckChildren(this, children, indices);
        space.Validate(children.Decisions, nameof(children));
        var union = Parents.Copy();
        union.Add(children.Decisions, children.Objectives, children.Constraints);
        var (chosen, order) = Survivors(union);

        var after = distributions.ToArray();
        for (var i = 0; i < children.Count; i++)
        {
            if (Parents.Count > 0 && indices[i] >= 0)
                after[ParentOf(indices[i])] = after[ParentOf(indices[i])].AfterChild(order[Parents.Count + i] < order[ParentOf(indices[i])]);
        }

        var parents = new Population(union.VariableCount, union.ObjectiveCount, union.ConstraintCount);
        var next = new SearchDistribution[chosen.Length];
        foreach (var (place, i) in chosen.Index())
        {
            parents.Add(union.DecisionsOf(i), union.ObjectivesOf(i), union.ConstraintsOf(i));
            next[place] = i < Parents.Count ? after[i] : OfChild(children, i - Parents.Count, indices[i - Parents.Count], order);
        }

        return new(space, options, sampling, seed, Number + 1, parents, next);
    }

    private int ParentOf(long index) => (int)(index % Parents.Count);

    private double RangeOf(int variable) => space.Variables[variable].Upper - space.Variables[variable].Lower;

    private SearchDistribution OfChild(Population children, int child, long index, int[] order)
    {
        if (Parents.Count == 0 || index < 0) return new(space.Count, options.InitialStep);
        var parent = ParentOf(index);
        var from = Parents.DecisionsOf(parent);
        var to = children.DecisionsOf(child);
        var step = new double[space.Count];
        for (var i = 0; i < step.Length; i++) step[i] = RangeOf(i) > 0 ? (to[i] - from[i]) / RangeOf(i) : 0;
        return distributions[parent].AfterChild(order[Parents.Count + child] < order[parent]).Learn(step, distributions[parent].Step);
    }

    // By front, and in the front that does not fit by what a point adds to the hypervolume, as in SMS-EMOA; and the front of every survivor, others behind all.
    private (int[] Chosen, int[] Order) Survivors(Population union)
    {
        var count = Math.Min(PopulationSize, union.Count);
        var (chosen, ranks, crowding) = (new int[count], new int[count], new double[count]);
        new SmsEmoaSurvival(union.ObjectiveCount).Select(union.Objectives, union.Violations, count, chosen, ranks, crowding, [], generationSeed);
        Array.Sort(chosen);
        var fronts = new int[union.Count];
        new ConstrainedRanking(union.ObjectiveCount).Rank(union.Objectives, union.Violations, [], fronts);
        var order = new int[union.Count];
        Array.Fill(order, int.MaxValue);
        foreach (var i in chosen) order[i] = fronts[i];
        return (chosen, order);
    }
}
