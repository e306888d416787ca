namespace Vilfredo.Optimization.Samplers;

/// <summary>
/// Drives a sampler as an optimiser: proposes its points in order, whatever the results, and keeps the non-dominated ones.
/// </summary>
public sealed class SamplingOptimizer : IOptimizer
{
    // Small enough to see progress, large enough to evaluate at once.
    private const int Batch = 64;

    private readonly ISampler sampler;
    private readonly ConstrainedArchive archive;

    /// <summary>Creates the optimiser.</summary>
    /// <param name="sampler">The design.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="firstIndex">The index of the first proposal: the number of earlier ones when a search is continued.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SamplingOptimizer(ISampler sampler, int objectiveCount, int constraintCount = 0, long firstIndex = 0)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(constraintCount);
        ArgumentOutOfRangeException.ThrowIfNegative(firstIndex);
        this.sampler = sampler;
        archive = new(sampler.Space.Count, objectiveCount, constraintCount);
        NextIndex = firstIndex;
    }

    /// <inheritdoc/>
    public DecisionSpace Space => sampler.Space;

    /// <inheritdoc/>
    public int ObjectiveCount => archive.Points.ObjectiveCount;

    /// <inheritdoc/>
    public int ConstraintCount => archive.Points.ConstraintCount;

    /// <inheritdoc/>
    public int BatchSize => Batch;

    /// <summary>The index of the next proposal.</summary>
    public long NextIndex { get; private set; }

    /// <inheritdoc/>
    public Population Population => archive.Points.Copy();

    /// <inheritdoc/>
    public int Ask(Span<double> decisions)
    {
        var n = Space.Count;
        var rows = Space.RowsOf(decisions, nameof(decisions));
        for (var i = 0; i < rows; i++)
        {
            if (!sampler.Propose(NextIndex, decisions.Slice(i * n, n))) return i;
            NextIndex++;
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Tell(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        var count = Evaluation.ValidateTold(this, decisions, objectives, constraints);
        var (n, m, k) = (Space.Count, ObjectiveCount, ConstraintCount);
        for (var i = 0; i < count; i++)
            archive.Offer(decisions.Slice(i * n, n), objectives.Slice(i * m, m), constraints.Slice(i * k, k));
    }
}
