using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Measurement.ScalingLaws;

/// <summary>The least sum of Huber losses of residuals, by damped Gauss-Newton steps on reweighted squares (Levenberg and Marquardt). The sum never grows.</summary>
/// <remarks>O(steps x points x parameters^2). A local minimum: give several starts.</remarks>
internal static class HuberFit
{
    private const int MostSteps = 500;
    private const double Settled = 1e-13; // relative decrease of the sum

    /// <summary>Computes residuals and their derivatives, [points, parameters], at parameters.</summary>
    public delegate void Model(ReadOnlySpan<double> parameters, Span<double> residuals, double[,] derivatives);

    /// <summary>Moves parameters to a minimum.</summary>
    /// <param name="model">The residuals.</param>
    /// <param name="points">How many there are.</param>
    /// <param name="delta">Where squares turn into absolute values; positive.</param>
    /// <param name="lowest">No parameter becomes smaller.</param>
    /// <param name="parameters">The start; overwritten by the minimum.</param>
    /// <returns>The sum there.</returns>
    public static double Minimize(Model model, int points, double delta, double lowest, Span<double> parameters)
    {
        var n = parameters.Length;
        var (residuals, derivatives) = (new double[points], new double[points, n]);
        var (trial, gradient) = (new double[n], new double[n]);
        double[,] curvature = new double[n, n], damped = new double[n, n];
        model(parameters, residuals, derivatives);
        var (sum, damping) = (Sum(residuals, delta), 1e-3);
        for (var step = 0; step < MostSteps && damping < 1e12; step++)
        {
            Normal(residuals, derivatives, delta, gradient, curvature);
            while (damping < 1e12)
            {
                Array.Copy(curvature, damped, curvature.Length);
                for (var i = 0; i < n; i++)
                {
                    damped[i, i] += damping * (curvature[i, i] + 1e-12);
                    trial[i] = -gradient[i];
                }

                var solved = LinearEquations.Solve(damped, trial);
                for (var i = 0; i < n; i++)
                    trial[i] = Math.Max(lowest, parameters[i] + Math.Clamp(trial[i], -1, 1));
                model(trial, residuals, derivatives);
                var next = solved ? Sum(residuals, delta) : double.NaN;
                if (next <= sum)
                {
                    trial.CopyTo(parameters);
                    var gain = sum - next;
                    (sum, damping) = (next, Math.Max(1e-12, damping / 4));
                    if (gain <= Settled * sum)
                        return sum;
                    break;
                }

                damping *= 4;
            }
        }

        return sum;
    }

    private static double Sum(ReadOnlySpan<double> residuals, double delta)
    {
        var sum = 0.0;
        foreach (var residual in residuals)
            sum += Math.Abs(residual) is var size && size <= delta ? residual * residual / 2 : delta * (size - delta / 2);
        return sum;
    }

    private static void Normal(double[] residuals, double[,] derivatives, double delta, double[] gradient, double[,] curvature)
    {
        Array.Clear(gradient);
        Array.Clear(curvature);
        for (var point = 0; point < residuals.Length; point++)
        {
            var weight = Math.Abs(residuals[point]) <= delta ? 1 : delta / Math.Abs(residuals[point]);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] += weight * residuals[point] * derivatives[point, i];
                for (var j = 0; j < gradient.Length; j++)
                    curvature[i, j] += weight * derivatives[point, i] * derivatives[point, j];
            }
        }
    }
}
