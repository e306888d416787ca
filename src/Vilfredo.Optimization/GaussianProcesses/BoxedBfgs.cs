using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>
/// Local minimisation of a smooth function in a box: limited-memory BFGS steps on the variables that no bound holds, projected
/// on the box, with backtracking (after Byrd, Lu, Nocedal and Zhu, SIAM J. Sci. Comput. 16, 1995; without their Cauchy point).
/// </summary>
internal static class BoxedBfgs
{
    private const int Memory = 8;
    private const int Backtracks = 20;

    /// <summary>A function with its gradient. A value that is not finite counts as too high.</summary>
    public delegate double Function(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>Moves <paramref name="x"/> to a local minimum and returns the value there.</summary>
    public static double Minimize(Function function, Span<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, int iterations, double tolerance = 1e-6)
    {
        var n = x.Length;
        for (var j = 0; j < n; j++) x[j] = Math.Clamp(x[j], lower[j], upper[j]);
        var gradient = new double[n];
        var direction = new double[n];
        var candidate = new double[n];
        var next = new double[n];
        var steps = new List<(double[] Step, double[] Change, double Curvature)>();
        var value = function(x, gradient);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var largest = 0.0;
            for (var j = 0; j < n; j++)
            {
                direction[j] = IsHeld(x[j], gradient[j], lower[j], upper[j]) ? 0 : -gradient[j];
                largest = Math.Max(largest, Math.Abs(direction[j]));
            }

            if (!(largest > tolerance) || !double.IsFinite(value)) return value;
            Precondition(direction, steps);
            for (var j = 0; j < n; j++)
            {
                if (IsHeld(x[j], gradient[j], lower[j], upper[j])) direction[j] = 0;
            }

            if (DenseVectors.Dot(direction, gradient) >= 0)
            {
                steps.Clear();
                for (var j = 0; j < n; j++) direction[j] = IsHeld(x[j], gradient[j], lower[j], upper[j]) ? 0 : -gradient[j];
            }

            var length = steps.Count == 0 ? Math.Min(1, 0.5 / largest) : 1;
            var accepted = double.NaN;
            for (var i = 0; i < Backtracks && double.IsNaN(accepted); i++)
            {
                var slope = 0.0;
                for (var j = 0; j < n; j++)
                {
                    candidate[j] = Math.Clamp(x[j] + length * direction[j], lower[j], upper[j]);
                    slope += gradient[j] * (candidate[j] - x[j]);
                }

                var trial = function(candidate, next);
                if (double.IsFinite(trial) && trial <= value + 1e-4 * slope && slope < 0) accepted = trial;
                else length *= 0.4;
            }

            if (double.IsNaN(accepted))
            {
                if (steps.Count == 0) return value;
                steps.Clear();
                continue;
            }

            var step = new double[n];
            var change = new double[n];
            for (var j = 0; j < n; j++)
            {
                step[j] = candidate[j] - x[j];
                change[j] = next[j] - gradient[j];
            }

            var curvature = DenseVectors.Dot(step, change);
            if (curvature > 1e-10 * DenseVectors.Dot(change, change)) steps.Add((step, change, curvature));
            if (steps.Count > Memory) steps.RemoveAt(0);
            var gain = value - accepted;
            candidate.CopyTo(x);
            next.CopyTo(gradient, 0);
            value = accepted;
            if (gain <= 1e-9 * (1 + Math.Abs(value))) return value;
        }

        return value;
    }

    private static bool IsHeld(double x, double gradient, double lower, double upper) =>
        (x <= lower && gradient >= 0) || (x >= upper && gradient <= 0);

    // The two-loop recursion (Nocedal and Wright, algorithm 7.4).
    private static void Precondition(double[] direction, List<(double[] Step, double[] Change, double Curvature)> steps)
    {
        if (steps.Count == 0) return;
        Span<double> factors = stackalloc double[steps.Count];
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            factors[i] = DenseVectors.Dot(steps[i].Step, direction) / steps[i].Curvature;
            DenseVectors.AddScaled(-factors[i], steps[i].Change, direction);
        }

        var last = steps[^1];
        var scale = last.Curvature / DenseVectors.Dot(last.Change, last.Change);
        foreach (ref var element in direction.AsSpan()) element *= scale;
        for (var i = 0; i < steps.Count; i++)
            DenseVectors.AddScaled(factors[i] - DenseVectors.Dot(steps[i].Change, direction) / steps[i].Curvature, steps[i].Step, direction);
    }
}
