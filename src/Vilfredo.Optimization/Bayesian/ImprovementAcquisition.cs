using Vilfredo.Optimization.GaussianProcesses;
using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// The logarithm of the expected improvement of an augmented Tchebycheff scalarisation with random weights (Knowles, "ParEGO",
/// IEEE Transactions on Evolutionary Computation 10(1), 2006).
/// </summary>
internal sealed class ImprovementAcquisition : IAcquisition
{
    private const double Augmentation = 0.05; // the paper's rho

    private readonly GaussianProcess process;
    private readonly PointPosterior posterior;
    private readonly double[] coefficients;
    private readonly double best;

    /// <summary>Draws weights and fits the model of the scalarised values.</summary>
    /// <param name="models">The models of what has been told.</param>
    /// <param name="space">The variables.</param>
    /// <param name="pending">Rows of points under evaluation: they are taken to give the predicted mean.</param>
    /// <param name="random">Draws the weights, uniform on the simplex.</param>
    public ImprovementAcquisition(Surrogates models, DecisionSpace space, ReadOnlySpan<double> pending, RandomGenerator random)
    {
        var k = models.Objectives;
        var n = models.Values.Length / k;
        var weights = new double[k];
        for (var j = 0; j < k; j++) weights[j] = -Math.Log(1 - random.NextDouble());
        var total = weights.Sum();
        var scalar = new double[n];
        var (lowest, range) = (new double[k], new double[k]);
        for (var j = 0; j < k; j++)
        {
            var column = Enumerable.Range(0, n).Select(i => models.Values[i * k + j]).ToArray();
            lowest[j] = column.Min();
            range[j] = column.Max() > lowest[j] ? column.Max() - lowest[j] : 1;
        }

        for (var i = 0; i < n; i++)
        {
            var (largest, sum) = (double.NegativeInfinity, 0.0);
            for (var j = 0; j < k; j++)
            {
                var term = weights[j] / total * (models.Values[i * k + j] - lowest[j]) / range[j];
                largest = Math.Max(largest, term);
                sum += term;
            }

            scalar[i] = largest + Augmentation * sum;
        }

        var fitted = GaussianProcess.Fit(space, models.Decisions, scalar);
        process = fitted.Believing(pending);
        posterior = new(process.System);
        coefficients = new double[process.Count];

        // The best predicted value, since the best measured one may be luck.
        var lowestMean = double.PositiveInfinity;
        var d = space.Count;
        var kernel = new double[process.Count];
        foreach (var i in models.FeasibleIndices.Concat(Enumerable.Range(n, process.Count - n)))
        {
            process.System.Kernel.Evaluate(process.System.Rows.AsSpan(i * d, d), process.System.Rows, kernel);
            lowestMean = Math.Min(lowestMean, DenseVectors.Dot(kernel, process.Coefficients));
        }

        best = lowestMean;
    }

    public double Evaluate(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        posterior.MoveTo(unit);
        var deviation = Math.Sqrt(posterior.Variance + 1e-14);
        var z = (best - posterior.Mean(process.Coefficients)) / deviation;
        var value = NormalLogarithms.LogImprovement(z, out var slope) + Math.Log(deviation);
        if (gradient.IsEmpty) return value;
        gradient.Clear();
        for (var i = 0; i < coefficients.Length; i++) coefficients[i] = -slope / deviation * process.Coefficients[i];
        posterior.AddGradient(coefficients, (1 - slope * z) / deviation / (2 * deviation), gradient);
        return value;
    }
}
