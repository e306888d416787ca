using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.ParzenEstimators;

/// <summary>The tree-structured Parzen estimator as an ask/tell optimiser; see <see cref="TreeParzen"/>.</summary>
/// <remarks>Points that were asked for and not told yet count as not good, so that a batch spreads.</remarks>
public sealed class TreeParzenOptimizer : IOptimizer
{
    private readonly TreeParzen estimator;
    private readonly QuasiRandomSampler initial;
    private readonly RandomGenerator random;
    private readonly ConstrainedArchive archive;
    private readonly PendingDecisions pending;
    private readonly int initialPoints;
    private int asked;

    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TreeParzenOptimizer(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, TreeParzenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfNegative(constraintCount);
        estimator = new TreeParzen(space, objectiveCount, options);
        initial = QuasiRandomSampler.Sobol(space, seed);
        initialPoints = (options ?? new()).InitialPoints;
        random = new RandomGenerator(seed, ulong.MaxValue);
        archive = new(space.Count, objectiveCount, constraintCount);
        pending = new(space.Count);
        ConstraintCount = constraintCount;
    }

    /// <summary>The optimiser for a problem.</summary>
    /// <inheritdoc cref="TreeParzenOptimizer(DecisionSpace, int, int, ulong, TreeParzenOptions?)"/>
    public static TreeParzenOptimizer For(IProblem problem, ulong seed, TreeParzenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }

    /// <inheritdoc/>
    public DecisionSpace Space => estimator.Space;

    /// <inheritdoc/>
    public int ObjectiveCount => estimator.ObjectiveCount;

    /// <inheritdoc/>
    public int ConstraintCount { get; }

    /// <summary>One point at a time is best.</summary>
    public int BatchSize => 1;

    /// <summary>The non-dominated points told so far.</summary>
    public Population Population => archive.Points.Copy();

    /// <inheritdoc/>
    public int Ask(Span<double> decisions)
    {
        var n = Space.Count;
        var rows = Space.RowsOf(decisions, nameof(decisions));
        for (var i = 0; i < rows; i++)
        {
            var proposal = decisions.Slice(i * n, n);
            // A warm start takes the place of the initial design.
            if (Math.Max(asked, estimator.Count) < initialPoints) initial.Propose(asked, proposal);
            else estimator.Suggest(random, pending.Rows, proposal);
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
            estimator.Tell(x, f, Population.ViolationOf(g));
            archive.Offer(x, f, g);
            pending.Remove(x);
        }
    }
    /// <summary>Takes points whose evaluation gave no values: they are no longer pending, and are never good.</summary>
    /// <param name="decisions">One row per point.</param>
    /// <exception cref="ArgumentException">The length does not fit or a value is out of range.</exception>
    public void TellFailed(ReadOnlySpan<double> decisions)
    {
        var n = Space.Count;
        var count = Space.Validate(decisions);
        for (var i = 0; i < count; i++)
        {
            estimator.TellFailed(decisions.Slice(i * n, n));
            pending.Remove(decisions.Slice(i * n, n));
        }
    }
}
