namespace Vilfredo.Optimization.Samplers;

/// <summary>The ask/tell side of optimisers that learn a model of the results: an initial design, then the model's suggestions.</summary>
/// <remarks>
/// The first points are those of a scrambled Sobol sequence. Points that were asked for and not told yet count as pending: a batch
/// takes them into account.
/// </remarks>
public abstract class ModelBasedOptimizer : IOptimizer
{
    private readonly QuasiRandomSampler initial;
    private readonly RandomGenerator random;
    private readonly ConstrainedArchive archive;
    private readonly PendingDecisions pending;
    private readonly int initialPoints;
    private int asked;

    private protected ModelBasedOptimizer(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, int initialPoints)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(constraintCount);
        Space = space;
        initial = QuasiRandomSampler.Sobol(space, seed);
        random = new(seed, ulong.MaxValue);
        archive = new(space.Count, objectiveCount, constraintCount);
        pending = new(space.Count);
        this.initialPoints = initialPoints;
    }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <inheritdoc/>
    public int ObjectiveCount => archive.Points.ObjectiveCount;

    /// <inheritdoc/>
    public int ConstraintCount => archive.Points.ConstraintCount;

    /// <summary>One point at a time is best.</summary>
    public int BatchSize => 1;

    /// <summary>The non-dominated points told so far.</summary>
    public Population Population => archive.Points.Copy();

    /// <summary>How many points the model has been told.</summary>
    private protected abstract int LearnedCount { get; }

    /// <inheritdoc/>
    public int Ask(Span<double> decisions)
    {
        var n = Space.Count;
        var rows = Space.RowsOf(decisions, nameof(decisions));
        for (var i = 0; i < rows; i++)
        {
            var proposal = decisions.Slice(i * n, n);
            // A warm start takes the place of the initial design.
            if (Math.Max(asked, LearnedCount) < initialPoints) initial.Propose(asked, proposal);
            else Suggest(random, pending.Rows, proposal);
            pending.Add(proposal);
            asked++;
        }

        return rows;
    }

    /// <inheritdoc/>
    /// <remarks>Negative infinity is refused too.</remarks>
    public void Tell(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        var count = Evaluation.ValidateTold(this, decisions, objectives, constraints);
        var (n, m, k) = (Space.Count, ObjectiveCount, ConstraintCount);
        for (var i = 0; i < count; i++)
        {
            var x = decisions.Slice(i * n, n);
            var f = objectives.Slice(i * m, m);
            var g = constraints.Slice(i * k, k);
            Learn(x, f, g);
            archive.Offer(x, f, g);
            pending.Remove(x);
        }
    }

    /// <summary>Takes points whose evaluation gave no values: they are no longer pending, and points like them are avoided.</summary>
    /// <param name="decisions">One row per point.</param>
    /// <exception cref="ArgumentException">The length does not fit or a value is out of range.</exception>
    public void TellFailed(ReadOnlySpan<double> decisions)
    {
        var n = Space.Count;
        var count = Space.Validate(decisions);
        for (var i = 0; i < count; i++)
        {
            LearnFailed(decisions.Slice(i * n, n));
            pending.Remove(decisions.Slice(i * n, n));
        }
    }

    private protected abstract void Suggest(RandomGenerator random, ReadOnlySpan<double> pending, Span<double> proposal);

    private protected abstract void Learn(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints);

    private protected abstract void LearnFailed(ReadOnlySpan<double> decisions);
}
