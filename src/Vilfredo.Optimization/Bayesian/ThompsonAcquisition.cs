using Vilfredo.Optimization.GaussianProcesses;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// One function per objective drawn from the posterior, under the hypervolume scalarisation min_j (r_j - f_j) / w_j with w uniform
/// on the positive part of the sphere (Zhang and Golovin, "Random hypervolume scalarizations", ICML 2020; their power does not move
/// the maximum). Draws differ, which spreads a batch by itself.
/// </summary>
internal sealed class ThompsonAcquisition : IAcquisition
{
    private readonly PosteriorPath[] paths;
    private readonly double[] reference;
    private readonly double[] divisors;
    private double[] own = [];

    /// <summary>Draws functions and weights.</summary>
    public ThompsonAcquisition(Surrogates models, RandomGenerator random)
    {
        reference = models.Reference;
        paths = Array.ConvertAll(models.Processes, p => new PosteriorPath(p, random));
        divisors = new double[models.Objectives];
        var square = 0.0;
        for (var j = 0; j < divisors.Length; j++)
        {
            divisors[j] = Math.Abs(random.NextNormal());
            square += divisors[j] * divisors[j];
        }

        for (var j = 0; j < divisors.Length; j++)
            divisors[j] = Math.Max(divisors[j] / Math.Sqrt(square), 1e-6) * (models.Reference[j] - models.Ideal[j]);
    }

    public double Evaluate(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        var least = double.PositiveInfinity;
        if (own.Length < gradient.Length) own = new double[gradient.Length];
        var ofPath = own.AsSpan(0, gradient.Length);
        for (var j = 0; j < paths.Length; j++)
        {
            var value = (reference[j] - paths[j].Evaluate(unit, ofPath)) / divisors[j];
            if (value >= least) continue;
            least = value;
            for (var i = 0; i < gradient.Length; i++) gradient[i] = -ofPath[i] / divisors[j];
        }

        return least;
    }
}
