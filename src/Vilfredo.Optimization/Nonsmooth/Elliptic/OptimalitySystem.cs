namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>
/// A weighted sum of tracking objectives by its optimality system: state equation, adjoint equation and gradient equation are
/// solved together by semismooth Newton steps, each for a fixed set where the state is above 0. A step minimises the quadratic
/// problem of that set exactly; when the set repeats, the point is stationary.
/// </summary>
/// <remarks>
/// With p controls a step is one factorisation, p solutions and a p x p system. When the sets come back in a cycle, steps are cut until
/// they lower the sum, and a minimum may lie
/// where the state is 0 at the grid points that change: these are then held at 0, and the least combination of the gradients of
/// all sides tells whether the point is stationary (Clarke). Strong stationarity, with its sign condition on the adjoint (C.
/// Christof and G. Mueller, ESAIM: Control, Optimisation and Calculus of Variations, 2021), is not checked. The steps need not
/// converge from far away; where they do not, the result says so.
/// </remarks>
public static class OptimalitySystem
{
    private const int MaximumSteps = 50;

    /// <summary>Solves the system.</summary>
    /// <param name="problem">The control problem.</param>
    /// <param name="weights">One weight of at least 0 per objective, not all 0; the control weights must not vanish with them.</param>
    /// <param name="start">p amplitudes; the set of the first step is that of their state.</param>
    /// <exception cref="ArgumentException">A weight is out of range, a length does not fit, or the weighted control weight is 0.</exception>
    /// <exception cref="InvalidOperationException">A reduced system is singular to rounding.</exception>
    public static OptimalityResult Solve(EllipticControl problem, ReadOnlySpan<double> weights, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (weights.Length != problem.Objectives) throw new ArgumentException($"There are {weights.Length} weights for {problem.Objectives} objectives.", nameof(weights));
        var sigma = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i]))) throw new ArgumentException($"Weight {i} is {weights[i]}; it must be at least 0.", nameof(weights));
            sigma += weights[i] * problem.Tracking[i].ControlWeight;
        }

        if (!(sigma > 0)) throw new ArgumentException("The weighted control weights sum to 0; some objective with a weight must have a control weight above 0.", nameof(weights));
        var run = new OptimalitySteps(problem, weights.ToArray(), sigma);
        var (control, state) = (start.ToArray(), (double[])[.. problem.State(start).Values]);
        var (sets, damped) = (new List<bool[]>(), false);
        while (run.Steps < MaximumSteps)
        {
            var active = SemilinearElliptic.Active(state);
            var (next, nextState) = run.Step(active, []);
            if (active.AsSpan().SequenceEqual(SemilinearElliptic.Active(nextState))) return run.Finish(next, nextState, []);
            if (!damped)
            {
                var earlier = sets.FindIndex(set => set.AsSpan().SequenceEqual(active));
                sets.Add(active);
                if (earlier < 0)
                {
                    (control, state) = (next, nextState);
                    continue;
                }

                damped = true;
                int[] differing = [.. Enumerable.Range(0, active.Length).Where(i => sets.Skip(earlier).Any(set => set[i] != active[i]))];
                if (run.Hold(active, differing) is { } found) return found;
                state = [.. problem.State(control).Values];
                continue;
            }

            // A cycle: go on by steps that lower the sum, and look for a kink where they are cut.
            var (lower, lowerState, changed) = run.Damped(control, next);
            if (changed.Length > 0 && run.Hold(SemilinearElliptic.Active(lowerState), changed) is { } kink) return kink;
            if (lower.AsSpan().SequenceEqual(control)) break;
            (control, state) = (lower, lowerState);
        }

        return new OptimalityResult(false, control, state, [], run.Steps, [], double.PositiveInfinity);
    }
}
