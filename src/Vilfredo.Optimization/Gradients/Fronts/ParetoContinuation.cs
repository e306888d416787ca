using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>
/// Follows the Pareto-critical points of two smooth objectives from one of them: w g1 + (1 - w) g2 = 0 is a curve in the space of
/// variables and weight (C. Hillermeier, Generalized homotopy approach to multiobjective optimization, Journal of Optimization
/// Theory and Applications 110, 2001; E. L. Allgower and K. Georg, Numerical Continuation Methods, 1990).
/// </summary>
/// <remarks>
/// The predictor goes along the tangent, the corrector is Newton's method in the plane across it; second derivatives are central
/// differences of the gradients, 2 n evaluations each. Steps are in arc length, so that the weight may turn back, as it does where
/// the front is not convex. Critical points that are no local Pareto points are followed as well.
/// </remarks>
public static class ParetoContinuation
{
    private const int NewtonSteps = 20;
    private const int Halvings = 12;

    /// <summary>Follows the curve towards smaller weights until the weight leaves 0 to 1.</summary>
    /// <param name="objectives">Two objectives, twice differentiable.</param>
    /// <param name="start">n values near a critical point.</param>
    /// <param name="weight">The first objective's weight there, 0 to 1.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>The points in order, the first of the given weight. Few when the curve ends in a singular point.</returns>
    /// <exception cref="ArgumentException">A setting is out of range, or no critical point is found near the start.</exception>
    public static IReadOnlyList<FrontPoint> Trace(
        IDifferentiableObjectives objectives,
        ReadOnlySpan<double> start,
        double weight,
        ContinuationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        options ??= new ContinuationOptions();
        options.Validate();
        if (objectives.Objectives != 2) throw new ArgumentException($"There are {objectives.Objectives} objectives; the curve is of 2.", nameof(objectives));
        if (start.Length != objectives.Variables) throw new ArgumentException($"The start has {start.Length} variables; the problem has {objectives.Variables}.", nameof(start));
        if (!(weight is >= 0 and <= 1)) throw new ArgumentException($"The weight is {weight}; it must be from 0 to 1.", nameof(weight));
        var n = start.Length;
        var curve = new Curve(objectives, options);
        double[] z = [.. start, weight];
        var across = new double[n + 1];
        across[n] = 1; // the first correction keeps the weight
        if (!curve.Correct(z, across, NewtonSteps)) throw new ArgumentException("No critical point of this weight is found near the start by Newton's method.", nameof(start));
        var points = new List<FrontPoint> { curve.Point(z) };
        across[n] = -1;
        while (points.Count < options.MaximumPoints)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!curve.Tangent(z, across)) break;
            double[]? next = null;
            for (var (halving, step) = (0, options.Step); halving < Halvings && next is null; halving++, step *= 0.5)
            {
                double[] candidate = [.. z];
                DenseVectors.AddScaled(step, across, candidate);
                if (curve.Correct(candidate, across, NewtonSteps)) next = candidate;
            }

            if (next is null || !(next[n] is >= 0 and <= 1)) break;
            z = next;
            points.Add(curve.Point(z));
        }

        return points;
    }

    private sealed class Curve(IDifferentiableObjectives objectives, ContinuationOptions options)
    {
        private readonly int n = objectives.Variables;
        private readonly double[] values = new double[2], gradients = new double[2 * objectives.Variables];

        public FrontPoint Point(double[] z)
        {
            objectives.Evaluate(z.AsSpan(0, n), values, gradients);
            return new FrontPoint(z[..n], [.. values]);
        }

        /// <summary>The unit tangent on the side of the vector given; overwrites it. False at a singular point.</summary>
        public bool Tangent(double[] z, double[] across)
        {
            var tangent = new double[n + 1];
            tangent[n] = 1;
            if (!LinearEquations.Solve(Bordered(z, across, out _), tangent)) return false;
            var norm = Math.Sqrt(DenseVectors.Dot(tangent, tangent));
            for (var j = 0; j <= n; j++) across[j] = tangent[j] / norm;
            return true;
        }

        /// <summary>Newton's method in the plane through z across the vector; false when it does not converge.</summary>
        public bool Correct(double[] z, double[] across, int steps)
        {
            for (var step = 0; step <= steps; step++)
            {
                var right = new double[n + 1];
                Residual(z).CopyTo(right, 0);
                var norm = Math.Sqrt(DenseVectors.Dot(right, right));
                if (norm <= options.Tolerance) return true;
                if (!double.IsFinite(norm)) return false;
                var matrix = Bordered(z, across, out var scale);
                for (var j = 0; j < n; j++) right[j] /= -scale;
                if (!LinearEquations.Solve(matrix, right)) return false;
                DenseVectors.AddScaled(1, right, z);
            }

            return false;
        }

        private double[] Residual(double[] z)
        {
            objectives.Evaluate(z.AsSpan(0, n), values, gradients);
            var sum = new double[n];
            GradientMatrix.Combine(gradients, [z[n], 1 - z[n]], sum);
            return sum;
        }

        /// <summary>The derivatives of the weighted gradient by variables and weight, divided by the scale, and the row across.</summary>
        private double[,] Bordered(double[] z, double[] across, out double scale)
        {
            var matrix = new double[n + 1, n + 1];
            for (var j = 0; j < n; j++)
            {
                double[] up = [.. z], down = [.. z];
                up[j] += options.Difference;
                down[j] -= options.Difference;
                var (high, low) = (Residual(up), Residual(down));
                for (var i = 0; i < n; i++) matrix[i, j] = (high[i] - low[i]) / (2 * options.Difference);
            }

            Residual(z);
            scale = 0;
            for (var i = 0; i < n; i++)
            {
                matrix[i, n] = gradients[i] - gradients[n + i];
                for (var j = 0; j <= n; j++) scale = Math.Max(scale, Math.Abs(matrix[i, j]));
            }

            scale = scale > 0 ? scale : 1;
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j <= n; j++) matrix[i, j] /= scale;
            }

            for (var j = 0; j <= n; j++) matrix[n, j] = across[j];
            return matrix;
        }
    }
}
