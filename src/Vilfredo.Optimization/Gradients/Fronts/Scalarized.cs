using Vilfredo.Optimization.GaussianProcesses;

namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>Minimises a smooth function of the objectives by limited-memory BFGS steps.</summary>
internal sealed class Scalarized(IDifferentiableObjectives objectives, int iterations, CancellationToken cancellation)
{
    private const int Runs = 50;

    /// <summary>The function of the objectives and its derivatives by them.</summary>
    public delegate double Function(ReadOnlySpan<double> values, Span<double> derivatives);

    public FrontPoint Minimize(ReadOnlySpan<double> start, Function function)
    {
        var (n, m) = (objectives.Variables, objectives.Objectives);
        if (start.Length != n) throw new ArgumentException($"The start has {start.Length} variables; the problem has {n}.", nameof(start));
        var (x, values, gradients, derivatives) = (start.ToArray(), new double[m], new double[m * n], new double[m]);
        var (low, high) = (new double[n], new double[n]);
        Array.Fill(low, double.NegativeInfinity);
        Array.Fill(high, double.PositiveInfinity);
        var (best, bestPoint, bestValues) = (double.PositiveInfinity, x.ToArray(), new double[m]);
        for (var run = 0; run < Runs; run++)
        {
            // Values of different revisions cannot be compared: the search starts anew from where it is.
            var revision = objectives.Revision;
            best = double.PositiveInfinity;
            BoxedBfgs.Minimize(Evaluate, x, low, high, iterations, 1e-12);
            if (revision == objectives.Revision) break;
        }

        if (!double.IsFinite(best)) throw new ArgumentException("The objectives are not finite at the start.", nameof(start));
        return new FrontPoint(bestPoint, bestValues);

        double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
        {
            cancellation.ThrowIfCancellationRequested();
            objectives.Evaluate(at, values, gradients);
            var value = function(values, derivatives);
            GradientMatrix.Combine(gradients, derivatives, gradient);
            if (value < best) (best, bestPoint, bestValues) = (value, at.ToArray(), values.ToArray());
            return value;
        }
    }

    /// <summary>The minimum of the weighted sum.</summary>
    public FrontPoint WeightedSum(ReadOnlySpan<double> start, double[] weights) => Minimize(
        start,
        (values, derivatives) =>
        {
            weights.CopyTo(derivatives);
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++) sum += weights[i] * values[i];
            return sum;
        });
}
