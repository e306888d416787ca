using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>Bayesian optimisation as an ask/tell optimiser; see <see cref="BayesianSearch"/>.</summary>
public sealed class BayesianOptimizer : ModelBasedOptimizer
{
    private readonly BayesianSearch search;

    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the acquisition function is not for so many objectives.</exception>
    public BayesianOptimizer(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, BayesianOptions? options = null)
        : this(new BayesianSearch(space, objectiveCount, constraintCount, options ?? new()), constraintCount, seed, options ?? new())
    {
    }

    private BayesianOptimizer(BayesianSearch search, int constraintCount, ulong seed, BayesianOptions options)
        : base(search.Space, search.ObjectiveCount, constraintCount, seed, options.InitialPointsFor(search.Space)) => this.search = search;

    private protected override int LearnedCount => search.Count;

    /// <summary>The optimiser for a problem.</summary>
    /// <inheritdoc cref="BayesianOptimizer(DecisionSpace, int, int, ulong, BayesianOptions?)"/>
    public static BayesianOptimizer For(IProblem problem, ulong seed, BayesianOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }

    private protected override void Suggest(RandomGenerator random, ReadOnlySpan<double> pending, Span<double> proposal) => search.Suggest(random, pending, proposal);

    private protected override void Learn(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints) =>
        search.Tell(decisions, objectives, constraints);

    private protected override void LearnFailed(ReadOnlySpan<double> decisions) => search.TellFailed(decisions);
}
