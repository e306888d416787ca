using System.Runtime.InteropServices;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// Bayesian optimisation for any number of objectives over mixed variables: Gaussian processes model what was told, and a proposal
/// maximises an acquisition function over them.
/// </summary>
/// <remarks>
/// <para>A constraint that some point violates has a process of its own, and so have failures; the probabilities that they leave
/// multiply the acquisition function. While no feasible point is known, they alone decide.</para>
/// <para>A proposal is a function of the points told, in their order, and of the generator; models are fitted anew after each
/// change, from fixed starts. O(n^3) in the number of points n, with hyperparameters learned from at most 300 of them: for up to
/// about a thousand. Proposals do not depend on the scale and origin of an objective, up to rounding. Not thread-safe.</para>
/// </remarks>
public sealed class BayesianSearch
{
    private const int DistinctTries = 100;

    private readonly BayesianOptions options;
    private readonly DecisionNormalization? normalization;
    private readonly Population points;
    private readonly List<double> failed = [];
    private (int Count, Surrogates Models)? fitted;

    /// <summary>Creates a search without points.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1. All are minimised.</param>
    /// <param name="constraintCount">The number of constraints g(x) &lt;= 0, at least 0.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <param name="normalization">Brings points that mean the same to one form; <see langword="null"/> when all differ.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the acquisition function is not for so many objectives.</exception>
    public BayesianSearch(
        DecisionSpace space, int objectiveCount, int constraintCount = 0, BayesianOptions? options = null, DecisionNormalization? normalization = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        points = new(space.Count, objectiveCount, constraintCount);
        this.options = options ?? new();
        this.options.Validate(objectiveCount);
        this.normalization = normalization;
        Space = space;
    }

    /// <summary>The variables.</summary>
    public DecisionSpace Space { get; }

    /// <summary>The number of objectives.</summary>
    public int ObjectiveCount => points.ObjectiveCount;

    /// <summary>The number of points told, failed ones included.</summary>
    public int Count => points.Count + failed.Count / Space.Count;

    /// <summary>Takes one evaluated point. Positive infinity is as bad as the worst finite value.</summary>
    /// <param name="point">One value per variable.</param>
    /// <param name="values">One value per objective.</param>
    /// <param name="constraints">
    /// One value per constraint, satisfied at 0 or less; where only violations are known, 0 when it is satisfied.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or a value is out of range, NaN or negative infinity.</exception>
    public void Tell(ReadOnlySpan<double> point, ReadOnlySpan<double> values, ReadOnlySpan<double> constraints = default)
    {
        Space.CheckPoint(point, nameof(point));
        Space.Validate(point, nameof(point));
        RequireAboveNegativeInfinity(values, nameof(values));
        RequireAboveNegativeInfinity(constraints, nameof(constraints));
        double[] normalized = [.. point];
        normalization?.Invoke(normalized);
        points.Add(normalized, values, constraints);
    }

    /// <summary>Takes one point whose evaluation gave no values; points like it are then less likely to be proposed.</summary>
    /// <exception cref="ArgumentException">The length does not fit or a value is out of range.</exception>
    public void TellFailed(ReadOnlySpan<double> point)
    {
        Space.CheckPoint(point, nameof(point));
        Space.Validate(point, nameof(point));
        double[] normalized = [.. point];
        normalization?.Invoke(normalized);
        failed.AddRange(normalized);
    }

    /// <summary>Writes a proposal; without any told point it is a random one.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="pending">Rows of points that are being evaluated.</param>
    /// <param name="proposal">
    /// Receives one value per variable: a point that was neither told nor is pending, unless the space hardly has another.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or a pending point is not one of the space.</exception>
    /// <exception cref="NoFeasibleDecisionException">No point that satisfies the space's filter was found.</exception>
    public void Suggest(RandomGenerator random, ReadOnlySpan<double> pending, Span<double> proposal)
    {
        ArgumentNullException.ThrowIfNull(random);
        Space.CheckPoint(proposal, nameof(proposal));
        var waiting = pending.ToArray();
        var n = Space.Count;
        var rows = Space.Validate(pending, nameof(pending));
        for (var i = 0; i < rows; i++) normalization?.Invoke(waiting.AsSpan(i * n, n));
        if (Count == 0)
        {
            Distinct([], waiting, random, proposal);
            return;
        }

        if (fitted?.Count != Count) fitted = (Count, new Surrogates(Space, points, CollectionsMarshal.AsSpan(failed), options));
        Distinct(Ranked(fitted.Value.Models, waiting, random), waiting, random, proposal);
    }

    private List<double[]> Ranked(Surrogates models, double[] waiting, RandomGenerator random)
    {
        var hasFeasible = models.FeasibleIndices.Length > 0;
        if (hasFeasible && options.Acquisition == AcquisitionFunction.Uncertainty)
            return UncertaintySearch.Ranked(models, Space, waiting, normalization, random);
        IAcquisition? acquisition = !hasFeasible ? null : options.Acquisition switch
        {
            AcquisitionFunction.NoisyHypervolume => new NoisyHypervolumeAcquisition(models, waiting, options.Samples, random),
            AcquisitionFunction.Hypervolume => new HypervolumeAcquisition(models, waiting),
            AcquisitionFunction.ParEgo => new ImprovementAcquisition(models, Space, waiting, random),
            _ => new ThompsonAcquisition(models, random),
        };
        if (models.Feasibility.Count > 0 || acquisition is null) acquisition = new FeasibleAcquisition(acquisition, models.Feasibility);
        return new AcquisitionMaximizer(Space, acquisition, normalization, options, random).Ranked(Good(models));
    }

    // The front, or while nothing is feasible the points of least violation.
    private double[] Good(Surrogates models)
    {
        var indices = models.FrontIndices.Select(i => models.FeasibleIndices[i]);
        if (models.FeasibleIndices.Length == 0)
        {
            var violations = points.Violations.ToArray();
            indices = Enumerable.Range(0, points.Count).OrderBy(i => violations[i]).ThenBy(i => i).Take(10);
        }

        return [.. indices.SelectMany(i => points.DecisionsOf(i).ToArray()).ToArray()];
    }

    // The best point that is new, else a random one that is new, else the best.
    private void Distinct(List<double[]> ranked, double[] waiting, RandomGenerator random, Span<double> proposal)
    {
        foreach (var decisions in ranked)
        {
            if (IsKnown(decisions, waiting)) continue;
            decisions.CopyTo(proposal);
            return;
        }

        for (var i = 0; i < DistinctTries; i++)
        {
            Space.Sample(random, proposal);
            double[] normalized = [.. proposal];
            normalization?.Invoke(normalized);
            if (!IsKnown(normalized, waiting)) return;
        }

        if (ranked.Count > 0) ranked[0].CopyTo(proposal);
    }

    private bool IsKnown(ReadOnlySpan<double> decisions, double[] waiting) =>
        Holds(points.Decisions, decisions) || Holds(waiting, decisions) || Holds(CollectionsMarshal.AsSpan(failed), decisions);

    private static bool Holds(ReadOnlySpan<double> rows, ReadOnlySpan<double> decisions)
    {
        for (var start = 0; start < rows.Length; start += decisions.Length)
        {
            if (rows.Slice(start, decisions.Length).SequenceEqual(decisions)) return true;
        }

        return false;
    }

    private static void RequireAboveNegativeInfinity(ReadOnlySpan<double> values, string parameter)
    {
        if (values.Contains(double.NegativeInfinity))
            throw new ArgumentException($"{parameter} holds negative infinity, which no model can learn from; tell a finite value.", parameter);
    }
}
