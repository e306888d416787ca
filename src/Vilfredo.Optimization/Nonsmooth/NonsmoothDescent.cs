using Vilfredo.Optimization.Gradients;
using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>
/// Common descent for locally Lipschitz objectives (B. Gebken and S. Peitz, An efficient descent method for locally Lipschitz
/// multiobjective optimization problems, Journal of Optimization Theory and Applications 188, 2021; the search for new
/// subgradients with the bisection of B. Gebken, 2024). The method is a reconstruction from descriptions of the two papers.
/// </summary>
/// <remarks>
/// A direction is minus the least combination of subgradients of all objectives from a ball of radius epsilon. While it fails to
/// lower some objective enough, a subgradient of that objective is found along it by bisection and added. Instead or besides,
/// subgradients may be sampled in the ball (gradient sampling: J. V. Burke, A. S. Lewis and M. L. Overton, SIAM Journal on
/// Optimization 15, 2005, for one objective) and remembered from earlier points. All
/// objectives fall in every step; where the fall asked for is lost in the rounding of a value (a level with radius times norm
/// near 1e-16 of it) the descent ends without being critical. For one smooth objective and a small radius it is steepest descent with Armijo's rule.
/// </remarks>
public static class NonsmoothDescent
{
    private const int Draws = 20; // samples drawn anew at one point before the descent gives up

    /// <summary>Descends from a point until it is nearly Pareto-critical.</summary>
    /// <param name="objectives">The objectives, at least one, all of the same variables.</param>
    /// <param name="start">n values.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="random">Draws the samples; needed when the settings ask for samples.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="ArgumentException">There is no objective or no variable, samples lack their generator, a setting is out of range, or a value at the start is not finite.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static NonsmoothDescentResult Minimize(
        IReadOnlyList<ILipschitzObjective> objectives,
        ReadOnlySpan<double> start,
        NonsmoothDescentOptions? options = null,
        RandomGenerator? random = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        if (objectives.Count == 0) throw new ArgumentException("There must be at least one objective.", nameof(objectives));
        if (start.Length == 0) throw new ArgumentException("The start must have at least one variable.", nameof(start));
        options ??= new NonsmoothDescentOptions();
        options.Validate();
        if (options.Samples > 0 && random is null) throw new ArgumentException("Samples are asked for; give the random generator that draws them.", nameof(random));
        var search = new CommonDirection(objectives, options, random);
        var x = start.ToArray();
        var values = search.Evaluate(x);
        if (!values.All(double.IsFinite)) throw new ArgumentException($"The objectives at the start are {string.Join(", ", values)}; they must be finite.", nameof(start));

        var (steps, norm, level, failures) = (0, double.PositiveInfinity, 0, 0);
        while (level < options.Levels.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            var (radius, delta) = options.Levels[level];
            var direction = search.Find(x, values, radius, delta);
            norm = Math.Sqrt(DenseVectors.Dot(direction, direction));
            if (norm <= delta)
            {
                level++;
                continue;
            }

            if (steps == options.MaximumSteps) break;
            if (Step(search, options.Sufficient, radius, norm, direction, ref x, ref values))
            {
                (steps, failures) = (steps + 1, 0);
            }
            else if (options.Samples == 0 || ++failures == Draws)
            {
                break;
            }
        }

        return new NonsmoothDescentResult(x, values, norm, level == options.Levels.Count, steps, search.Evaluations, search.Subgradients);
    }

    private static bool Step(CommonDirection search, double sufficient, double radius, double norm, double[] direction, ref double[] x, ref double[] values)
    {
        var shortest = radius / norm;
        for (var t = Math.Max(1, shortest); ; t = Math.Max(0.5 * t, shortest))
        {
            var next = CommonDirection.Along(x, t, direction);
            var there = search.Evaluate(next);
            var enough = true;
            for (var i = 0; i < there.Length; i++) enough &= CommonDirection.Lowers(values[i], there[i], sufficient * t * norm * norm);
            if (enough)
            {
                (x, values) = (next, there);
                return true;
            }

            if (t <= shortest) return false;
        }
    }
}
