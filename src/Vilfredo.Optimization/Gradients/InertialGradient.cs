using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients;

/// <summary>
/// Accelerated steps to one Pareto-critical point of smooth convex objectives (K. Sonntag and S. Peitz, Fast multiobjective gradient methods with Nesterov acceleration via inertial gradient-like systems,
/// Journal of Optimization Theory and Applications 2024; a reconstruction from a description). For one objective it is Nesterov's method.
/// </summary>
/// <remarks>
/// y = x + (k - 1) / (k + 2) (x - x_before); the gradients at y are combined by those weights for which the step s sum w_i g_i is nearest to y - x; the next x is y - s sum w_i g_i. Single objectives may rise on the way.
/// One evaluation for each step.
/// </remarks>
public static class InertialGradient
{
    private const double Divergence = 1e100; // of the squared norm; the products of much longer gradients overflow

    /// <summary>Steps until the point is nearly critical.</summary>
    /// <param name="objectives">The objectives; the rate is proved for convex ones.</param>
    /// <param name="start">n values.</param>
    /// <param name="options">The settings.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="ArgumentException">A setting is out of range, a length does not fit, or the objectives are not finite: the step may be too long.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static InertialResult Minimize(
        IDifferentiableObjectives objectives, ReadOnlySpan<double> start, InertialOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var (n, m) = (objectives.Variables, objectives.Objectives);
        if (start.Length != n) throw new ArgumentException($"The start has {start.Length} variables; the problem has {n}.", nameof(start));
        var (x, before, y) = (start.ToArray(), start.ToArray(), start.ToArray());
        var (values, gradients, shifted) = (new double[m], new double[m * n], new double[m * n]);
        var (weights, least, direction) = (new double[m], new double[n], new double[n]);
        for (var k = 1; ; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var inertia = (k - 1.0) / (k + 2.0);
            for (var j = 0; j < n; j++) y[j] = x[j] + inertia * (x[j] - before[j]);
            objectives.Evaluate(y, values, gradients);
            if (!values.All(double.IsFinite) || !(DenseVectors.Dot(gradients, gradients) < Divergence))
                throw new ArgumentException($"The objectives are {string.Join(", ", values)} after {k - 1} steps: they or the gradients grow without bound; a shorter step than {options.Step} may help.", nameof(options));
            var norm = Math.Sqrt(MinimumNormPoint.Solve(gradients, weights, least));
            if (norm <= options.Tolerance || k > options.MaximumSteps) return new InertialResult(y, values, norm, norm <= options.Tolerance, k - 1);

            // The weights sum to 1: what is subtracted from each gradient is subtracted from their combination.
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < n; j++) shifted[i * n + j] = options.Step * gradients[i * n + j] - (y[j] - x[j]);
            }

            MinimumNormPoint.Solve(shifted, weights, least);
            GradientMatrix.Combine(gradients, weights, direction);
            x.CopyTo(before, 0);
            y.CopyTo(x, 0);
            DenseVectors.AddScaled(-options.Step, direction, x);
        }
    }
}
