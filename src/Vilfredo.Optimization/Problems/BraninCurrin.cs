namespace Vilfredo.Optimization.Problems;

/// <summary>Branin-Currin: two variables in [0, 1], two smooth objectives; the usual first test of Bayesian optimisers.</summary>
/// <remarks>
/// The front has no closed form, but its ends have: of the three minima of Branin's function (10 / (8 pi) each) the one at u = -pi, v = 12.275 has the
/// least value of Currin's, whose own minimum 3 (1 - exp(-1/2)) is at (0, 1). The usual reference point is (18, 6), against which the hypervolume of the front is
/// <see cref="MaximumHypervolume"/>, as published with BoTorch.
/// </remarks>
public sealed class BraninCurrin : TestProblem
{
    /// <summary>The hypervolume of the front against (18, 6).</summary>
    public const double MaximumHypervolume = 59.36011874867746;

    /// <summary>Creates the problem.</summary>
    public BraninCurrin()
        : base(
            "BraninCurrin",
            "S. Belakaria, A. Deshwal, J. R. Doppa, \"Max-value entropy search for multi-objective Bayesian optimization\", NeurIPS 2019",
            DecisionSpace.Continuous(2, 0, 1),
            objectives: 2)
    {
        var (first, second) = (new double[2], new double[2]);
        EvaluatePoint([(5 - Math.PI) / 15, 12.275 / 15], first, []);
        EvaluatePoint([0, 1], second, []);
        IdealPoint = [first[0], second[1]];
        NadirPoint = [second[0], first[1]];
    }

    /// <inheritdoc/>
    public override bool HasKnownFront => false;

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var (u, v) = (15 * x[0] - 5, 15 * x[1]);
        var valley = v - 5.1 / (4 * Math.PI * Math.PI) * u * u + 5 / Math.PI * u - 6;
        f[0] = valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(u) + 10;
        var decay = x[1] == 0 ? 0 : Math.Exp(-1 / (2 * x[1]));
        f[1] = (1 - decay) * (2300 * x[0] * x[0] * x[0] + 1900 * x[0] * x[0] + 2092 * x[0] + 60)
            / (100 * x[0] * x[0] * x[0] + 500 * x[0] * x[0] + 4 * x[0] + 20);
    }

    private protected override double[] Front(int count) =>
        throw new InvalidOperationException("No closed form of the front is known.");
}
