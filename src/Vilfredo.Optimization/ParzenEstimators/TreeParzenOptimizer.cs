using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.ParzenEstimators;

/// <summary>The tree-structured Parzen estimator as an ask/tell optimiser; see <see cref="TreeParzen"/>.</summary>
/// <remarks>Points that were asked for and not told yet count as not good, so that a batch spreads; failed ones are never good.</remarks>
public sealed class TreeParzenOptimizer : ModelBasedOptimizer
{
    private readonly TreeParzen estimator;

    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TreeParzenOptimizer(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, TreeParzenOptions? options = null)
        : this(new TreeParzen(space, objectiveCount, options), constraintCount, seed, options ?? new())
    {
    }

    private TreeParzenOptimizer(TreeParzen estimator, int constraintCount, ulong seed, TreeParzenOptions options)
        : base(estimator.Space, estimator.ObjectiveCount, constraintCount, seed, options.InitialPoints) => this.estimator = estimator;

    private protected override int LearnedCount => estimator.Count;

    /// <summary>The optimiser for a problem.</summary>
    /// <inheritdoc cref="TreeParzenOptimizer(DecisionSpace, int, int, ulong, TreeParzenOptions?)"/>
    public static TreeParzenOptimizer For(IProblem problem, ulong seed, TreeParzenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }

    private protected override void Suggest(RandomGenerator random, ReadOnlySpan<double> pending, Span<double> proposal) => estimator.Suggest(random, pending, proposal);

    private protected override void Learn(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints) =>
        estimator.Tell(decisions, objectives, Population.ViolationOf(constraints));

    private protected override void LearnFailed(ReadOnlySpan<double> decisions) => estimator.TellFailed(decisions);
}
