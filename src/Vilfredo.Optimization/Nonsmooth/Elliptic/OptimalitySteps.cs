using Vilfredo.Optimization.Gradients;
using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>The steps of <see cref="OptimalitySystem"/>.</summary>
internal sealed class OptimalitySteps(EllipticControl problem, double[] weights, double sigma)
{
    private const int MaximumHeld = 6;
    private const int HeldSteps = 5;
    private const int Halvings = 20;

    public int Steps { get; private set; }

    /// <summary>The result at a point whose state is right.</summary>
    public OptimalityResult Finish(double[] control, double[] state, int[] held)
    {
        var values = new double[weights.Length];
        for (var i = 0; i < values.Length; i++) values[i] = problem.Value(i, control, state);
        var norm = GradientNorm(control, state, held);
        return new OptimalityResult(norm <= 1e-9 * Math.Max(1e-3, values.Max()), control, state, values, Steps, held, norm);
    }

    /// <summary>
    /// The farthest of halved steps that lowers the weighted sum, and the grid points where the state's sign differs between it and
    /// the next farther one. The point itself when none lowers it.
    /// </summary>
    public (double[] Control, double[] State, int[] Changed) Damped(double[] control, double[] target)
    {
        double[] state = [.. problem.State(control).Values];
        var (value, farther) = (Sum(control, state), state);
        var t = 1.0;
        for (var halving = 0; halving < Halvings; halving++, t *= 0.5)
        {
            double[] point = [.. control.Zip(target, (from, to) => from + t * (to - from))];
            double[] there = [.. problem.State(point).Values];
            if (Sum(point, there) < value) return (point, there, halving == 0 ? [] : Changed(there, farther));
            farther = there;
        }

        return (control, state, Changed(state, farther));
    }

    /// <summary>The stationary point with the state held at 0 at some grid points; null when there is none for the set.</summary>
    public OptimalityResult? Hold(bool[] active, int[] held)
    {
        if (held.Length > Math.Min(MaximumHeld, problem.Variables - 1)) return null;
        for (var step = 0; step < HeldSteps; step++)
        {
            var (control, state) = Step(active, held);
            var next = SemilinearElliptic.Active(state);
            foreach (var point in held) next[point] = active[point];
            if (next.AsSpan().SequenceEqual(active)) return Finish(control, state, held) is { Converged: true } result ? result : null;
            active = next;
        }

        return null;
    }

    public (double[] Control, double[] State) Step(bool[] active, int[] held)
    {
        Steps++;
        var (equation, p) = (problem.Equation, problem.Variables);
        var unknowns = equation.Unknowns;
        var factor = equation.Factor([.. active.Select(above => above ? 1.0 : -1.0)], SubgradientChoice.Zero);
        var responses = new double[p][];
        for (var k = 0; k < p; k++)
        {
            responses[k] = problem.Shape(k).ToArray();
            factor.Solve(responses[k]);
        }

        var (total, target) = (0.0, new double[unknowns]);
        for (var i = 0; i < weights.Length; i++)
        {
            total += weights[i];
            for (var j = 0; j < target.Length; j++) target[j] += weights[i] * problem.Tracking[i].Target[j];
        }

        var size = p + held.Length;
        var (matrix, solution) = (new double[size, size], new double[size]);
        for (var k = 0; k < p; k++)
        {
            solution[k] = equation.InnerProduct(responses[k], target);
            for (var l = 0; l < p; l++) matrix[k, l] = total * equation.InnerProduct(responses[k], responses[l]) + (k == l ? sigma : 0);
        }

        var scale = Enumerable.Range(0, p).Max(k => matrix[k, k]);
        for (var k = 0; k < p; k++)
        {
            solution[k] /= scale;
            for (var l = 0; l < p; l++) matrix[k, l] /= scale;
        }

        for (var c = 0; c < held.Length; c++)
        {
            var longest = responses.Max(response => Math.Abs(response[held[c]]));
            for (var k = 0; k < p; k++) matrix[p + c, k] = matrix[k, p + c] = responses[k][held[c]] / longest;
        }

        if (!LinearEquations.Solve(matrix, solution)) throw new InvalidOperationException("The reduced optimality system is singular to rounding: the control weights are too small beside the responses, or the points held at 0 depend on each other.");
        var control = solution[..p];
        var next = new double[unknowns];
        for (var k = 0; k < p; k++) DenseVectors.AddScaled(control[k], responses[k], next);
        foreach (var point in held) next[point] = 0;
        return (control, next);
    }

    /// <summary>The norm of the least combination of the weighted sum's gradients over all sides of the points that are held.</summary>
    private double GradientNorm(double[] control, double[] state, int[] held)
    {
        var (p, sides) = (problem.Variables, 1 << held.Length);
        var gradients = new double[sides * p];
        for (var side = 0; side < sides; side++)
        {
            double[] shifted = [.. state];
            for (var k = 0; k < held.Length; k++) shifted[held[k]] = (side >> k & 1) == 1 ? 1 : -1; // only the sign counts
            var factor = problem.Equation.Factor(shifted, SubgradientChoice.Zero);
            var adjoint = new double[state.Length];
            for (var i = 0; i < weights.Length; i++) DenseVectors.AddScaled(weights[i], problem.Difference(i, state), adjoint);
            factor.Solve(adjoint);
            for (var k = 0; k < p; k++) gradients[side * p + k] = problem.Equation.InnerProduct(problem.Shape(k), adjoint) + sigma * control[k];
        }

        return Math.Sqrt(MinimumNormPoint.Solve(gradients, new double[sides], new double[p]));
    }

    private static int[] Changed(double[] one, double[] other) => [.. Enumerable.Range(0, one.Length).Where(i => one[i] > 0 != other[i] > 0)];

    private double Sum(double[] control, double[] state)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * problem.Value(i, control, state);
        return sum;
    }
}
