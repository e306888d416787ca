using System.Collections.Concurrent;
using System.Globalization;
using Vilfredo.Optimization.Nonsmooth.Elliptic;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Bernreuther et al., "Multiobjective Optimization of Non-Smooth PDE-Constrained Problems" (2023), a survey: fronts of a control
/// problem whose state equation has a kink, and descent on functions with kinks.
/// </summary>
public sealed class NonsmoothPdeStudy : Reproduction
{
    internal const string Cost = "factorizations", Volume = "hypervolume share", Gaps = "largest / smallest gap", Count = "points";
    internal const string LargestHole = "largest hole", MeanDistance = "mean distance of a fine front", Dominated = "most dominated";
    private const string Evolution = "NSGA-II";
    private const string March = "reference points", Reduced = "reference points, reduced basis", Sums = "weighted sums", Systems = "weighted sums, optimality system";
    private const string Kinks = "subgradient descent", Smooth = "smooth descent";
    private const string Critical = "critical share", Steps = "Newton steps", Contraction = "worse of the last two residual ratios";
    private const string Coarse = "N=15", Middle = "N=31", Fine = "N=63", Three = ", 3 objectives", MiddleThree = Middle + Three;
    private const string SparsityVolume = "L1: hypervolume", SparsityGradients = "L1: gradients", SparsityWork = "L1: gradients and Gram matrices";
    internal const string BoundaryHole = "boundary's largest hole", BoundaryWithoutPairs = "boundary's largest hole without pairs";
    private const int Points = 17;
    private readonly ConcurrentDictionary<(int Points, int Objectives, int Seed), ControlFronts> drawn = new(); // with the fine front of each

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "nonsmooth-pde", "Multiobjective Optimization of Non-Smooth PDE-Constrained Problems",
        "Bernreuther, Dellnitz, Gebken, Müller, Peitz, Sonntag, Volkwein", 2023, "arXiv 2308.01113");

    /// <inheritdoc/>
    public override string Setting =>
        "−Δy + 100 max(0, y) = Bu on the unit square, N x N inner grid points, u four patch amplitudes; two tracking objectives (a wave of random "
        + "height, a bump of random height and place) plus 5·10⁻⁵/2 |u|², and with three objectives a trough of random depth and place too. Cost counts factorizations of full systems: Newton steps, adjoint systems and "
        + "steps on optimality systems. All values of fronts are in ranges between the ends of the front. They are measured against a fine front, weighted sums halved until no edge between neighbours is longer than 0.03, with three "
        + "objectives 0.1: the hypervolume is a share of its, a hole is the distance of one of its points to the nearest point of a front. With three objectives reference points are 0.2 of the ranges apart instead of 0.12, and the "
        + "weighted sums are 66; the distance was chosen on 7 x 7 points so that both have about as many. The descents start from 8 random controls, and on the 21 "
        + "pairs of seven classical functions with kinks. The L1 path and its grid are sparse regressions of 200 rows and 50 columns (20 where the scale is not full). The paper is a survey without tables; the methods are "
        + "reconstructions, and the bounds of the claims are this study's own.";

    /// <inheritdoc/>
    public override string Use =>
        "`ReferencePointFront.Compute` gives an evenly spaced front of any two differentiable objectives, `HierarchicalFront.Compute` one of three; `ReducedControl` wraps an expensive state "
        + "equation with a surrogate whose error is bounded; `NonsmoothDescent.Minimize` lowers several objectives with kinks at once.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(March, "marches a reference point below the front, BFGS on the full problem; with three objectives by hierarchy: the minima, the fronts of the pairs, then reference points that those place"),
        new(Reduced, "the same on a reduced basis that grows where its error bound is above 0.05 % of an objective's range; two objectives only"),
        new(Systems, "17 even weights, semismooth Newton steps on the optimality system; on sparse regression the exact path"),
        new(Sums, "17 even weights, BFGS on the full problem; on sparse regression 30 weights, accelerated proximal steps", IsBaseline: true),
        new(Kinks, "common descent with subgradients from a ball, random starts"),
        new(Smooth, "common steepest descent that takes no notice of kinks, the same starts", IsBaseline: true),
        new(Evolution, "16 controls, 20 generations, values only; in the box of the ends' controls and half as much on each side", IsBaseline: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Cost), Objective.Maximize(Volume)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Computed(
            new("newton-few", "From 0 the semismooth Newton method takes at most 8 steps on the finest grid (mean over 20 random sources)."),
            (results, seed) => results.Value(Systems, Fine, seed, Steps), Bound.AtMost(8)),
        Claim.Computed(
            new("newton-mesh-independent", "Its steps on 15, 31 and 63 points a side differ by at most 2."),
            (results, seed) =>
            {
                double[] counts = [.. new[] { Coarse, Middle, Fine }.Select(setting => results.Value(Systems, setting, seed, Steps))];
                return counts.Max() - counts.Min();
            },
            Bound.AtMost(2)),
        Claim.Mean(new("newton-superlinear", "The last two steps each divide the residual by more than 100."), new(Systems, Middle, Contraction), Bound.AtMost(0.01)),
        Claim.Mean(new("even-gaps", "The largest gap of the front by reference points is at most 1.6 times its smallest."), new(March, Middle, Gaps), Bound.AtMost(1.6)),
        Claim.Ratio(
            new("more-even-than-weighted-sums", "That ratio is at most a fifth of the one of weighted sums."),
            new(March, Middle, Gaps), new(Sums, Middle, Gaps), Bound.AtMost(0.2)),
        Claim.Ratio(
            new("reduced-basis-cheap", "With the reduced basis the march takes at most a fifth of the factorizations."),
            new(Reduced, Middle, Cost), new(March, Middle, Cost), Bound.AtMost(0.2)),
        Claim.Mean(new("reduced-basis-exact", "The largest error of an objective on its front is at most a thousandth of the range."), new(Reduced, Middle, "error in ranges"), Bound.AtMost(1e-3)),
        Claim.Difference(
            new("reduced-basis-whole", "Its front's hypervolume is at most 0.01 below that of the full problem."),
            new(Reduced, Middle, Volume), new(March, Middle, Volume), Bound.AtLeast(-0.01)),
        Claim.Mean(new("bound-holds", "The least ratio of error bound to error on its front is at least 1."), new(Reduced, Middle, "least bound / error"), Bound.AtLeast(1)),
        Claim.Ratio(
            new("optimality-system-cheap", "Solving optimality systems takes at most half of the factorizations of BFGS for the same weights."),
            new(Systems, Middle, Cost), new(Sums, Middle, Cost), Bound.AtMost(0.5)),
        Claim.Mean(new("kinks-reached", "Subgradient descent ends critical at 10⁻³ in at least 95 % of the runs on pairs of functions with kinks."), new(Kinks, Middle, Critical), Bound.AtLeast(0.95)),
        Claim.Difference(
            new("kinks-matter", "It does so in at least 10 percentage points more of the runs than smooth descent."),
            new(Kinks, Middle, Critical), new(Smooth, Middle, Critical), Bound.AtLeast(0.1)),
        Claim.Difference(
            new("three-holes", "With three objectives the largest hole of the front by hierarchy is smaller than that of weighted sums."),
            new(March, MiddleThree, LargestHole), new(Sums, MiddleThree, LargestHole), Bound.AtMost(0)),
        Claim.Ratio(
            new("three-holes-half", "It is at most half as large."),
            new(March, MiddleThree, LargestHole), new(Sums, MiddleThree, LargestHole), Bound.AtMost(0.5)),
        Claim.Difference(
            new("three-points", "The front by hierarchy has no more points than the weighted sums."),
            new(March, MiddleThree, Count), new(Sums, MiddleThree, Count), Bound.AtMost(0)),
        Claim.Difference(
            new("three-hypervolume", "Its hypervolume is at most 0.01 of the fine front's below that of weighted sums."),
            new(March, MiddleThree, Volume), new(Sums, MiddleThree, Volume), Bound.AtLeast(-0.01)),
        Claim.Mean(
            new("three-optimal", "No point of it, those of the pairs included, is worse than a point of the fine front by more than a thousandth of the range in every objective."),
            new(March, MiddleThree, Dominated), Bound.AtMost(1e-3)),
        Claim.Ratio(
            new("three-boundary", "The fronts of the pairs give the boundary: the largest hole along it is at most half as large as without them."),
            new(March, MiddleThree, BoundaryHole), new(March, MiddleThree, BoundaryWithoutPairs), Bound.AtMost(0.5)),
        Claim.NotMeasurable(
            new("three-reduced-basis", "With the reduced basis the hierarchy takes at most a fifth of the factorizations."),
            "with some 90 functions in the basis its steps take longer than the full problem's on this grid: one seed did not end within minutes"),
        Claim.Difference(
            new("evolution", "The march has a larger hypervolume than NSGA-II with 320 controls."), new(March, Middle, Volume), new(Evolution, Middle, Volume), Bound.AtLeast(0)),
        Claim.Computed(
            new("sparsity-path-front", "The path of squared loss and L1 norm has at least the hypervolume of 30 weights (ratio)."),
            (results, seed) => results.Value(Systems, Middle, seed, SparsityVolume) / results.Value(Sums, Middle, seed, SparsityVolume),
            Bound.AtLeast(1)),
        Claim.Ratio(
            new("sparsity-path-cheap", "It takes at most half of their gradients, two for each corner."),
            new(Systems, Middle, SparsityGradients), new(Sums, Middle, SparsityGradients), Bound.AtMost(0.5)),
        Claim.Ratio(
            new("sparsity-path-work", "It does so when the Gram matrices of its active columns are counted too."),
            new(Systems, Middle, SparsityWork), new(Sums, Middle, SparsityGradients), Bound.AtMost(0.5)),
        Claim.NotMeasurable(
            new("sparsity-network", "The same holds for networks."),
            "paths are in the library for quadratic losses only (`SparsityPath`)"),
        Claim.NotMeasurable(
            new("industrial", "Reduced bases save more than a thousandfold of the full solves on three-dimensional industrial problems."),
            "there is no such simulator here"),
    ];

    /// <inheritdoc/>
    public override int Revision => 2;

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale == Scale.Smoke ? 1 : 10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings(Scale scale) => scale switch
    {
        Scale.Smoke => ["N=7", "N=7" + Three],
        Scale.Quick => [Middle, MiddleThree],
        _ => [Coarse, Middle, Fine, MiddleThree],
    };

    /// <inheritdoc/>
    public override bool Runs(ComparedMethod method, string setting) => method.Name != Reduced || !setting.EndsWith(Three, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var objectives = context.Unit.Setting.EndsWith(Three, StringComparison.Ordinal) ? 3 : 2;
        var points = int.Parse(context.Unit.Setting.Split(',')[0].AsSpan("N=".Length), CultureInfo.InvariantCulture);
        var fronts = drawn.GetOrAdd((points, objectives, context.Unit.Seed), key => ControlFronts.Draw(key.Points, key.Objectives, context.Shared("targets")));
        var sparse = SparsityTrials.Draw(200, context.Scale == Scale.Full ? 50 : 20, context.Shared("regression"));
        return context.Unit.Method switch
        {
            March => fronts.ReferencePoints(),
            Reduced => fronts.ReducedReferencePoints(),
            Sums => WithGrid(fronts.WeightedSums(Points), sparse),
            Systems => WithPath(WithNewton(fronts.OptimalitySystems(Points), points, context.Shared("sources")), sparse),
            Evolution => fronts.Evolution(context.Own("evolution")),
            Kinks => WithPairs(fronts, true, context),
            _ => WithPairs(fronts, false, context),
        };
    }

    private static Dictionary<string, double> WithPath(Dictionary<string, double> values, SparsityTrials sparse)
    {
        (values[SparsityVolume], values[SparsityGradients], values[SparsityWork]) = sparse.Path();
        return values;
    }

    private static Dictionary<string, double> WithGrid(Dictionary<string, double> values, SparsityTrials sparse)
    {
        (values[SparsityVolume], values[SparsityGradients]) = sparse.Grid();
        return values;
    }

    private static Dictionary<string, double> WithPairs(ControlFronts fronts, bool kinks, UnitContext context)
    {
        var values = fronts.Descent(8, kinks, context.Shared("starts"));
        var (share, evaluations) = KinkTrials.Run(kinks, context.Scale == Scale.Smoke ? 1 : 20, context.Shared("pairs"));
        (values[Critical], values["evaluations of a pair"]) = (share, evaluations);
        return values;
    }

    private static Dictionary<string, double> WithNewton(Dictionary<string, double> values, int points, RandomGenerator random)
    {
        const int sources = 20;
        var equation = new SemilinearElliptic(points, 100);
        var (steps, most, contraction) = (0.0, 0, 0.0);
        for (var source = 0; source < sources; source++)
        {
            var (height, across, along) = (random.NextDouble(50, 500), 1 + random.NextInt32(3), 1 + random.NextInt32(3));
            var shift = random.NextDouble(-20, 20);
            var state = equation.Solve(equation.OnGrid((x, y) => height * Math.Sin(across * Math.PI * x) * Math.Sin(along * Math.PI * y) + shift));
            steps += (double)state.NewtonSteps / sources;
            most = Math.Max(most, state.NewtonSteps);
            var ratios = state.Residuals.Zip(state.Residuals.Skip(1), (before, after) => after / before).ToArray();
            contraction += ratios.TakeLast(2).Max() / sources;
        }

        (values[Steps], values["most Newton steps"], values[Contraction]) = (steps, most, contraction);
        return values;
    }
}
