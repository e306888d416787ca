namespace Vilfredo.Optimization;

/// <summary>Runs an optimiser on a problem.</summary>
public static class Minimize
{
    /// <summary>Asks, evaluates and tells until the termination is reached.</summary>
    /// <remarks>
    /// <para>A whole run: <c>Minimize.Run(new Zdt1(), Nsga2.For(new Zdt1(), seed: 1), Termination.AfterEvaluations(20_000))</c>.</para>
    /// <para>The optimiser keeps its state, so that a run that ended can be continued by another one.</para>
    /// </remarks>
    /// <param name="problem">What to minimise.</param>
    /// <param name="optimizer">An optimiser for the problem's space, objectives and constraints; it holds the seed.</param>
    /// <param name="termination">When to stop.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Ends the run after the current batch; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// The optimiser does not fit the problem, the termination has an invalid limit or none, or the problem gave NaN.
    /// </exception>
    public static MinimizeResult Run(
        IProblem problem,
        IOptimizer optimizer,
        Termination termination,
        TimeProvider? time = null,
        IProgress<MinimizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(termination);
        CheckFit(problem, optimizer);
        termination.Validate(cancellationToken.CanBeCanceled);

        var (n, m, k) = (problem.Space.Count, problem.ObjectiveCount, problem.ConstraintCount);
        var watch = termination.Target is null && termination.Hypervolume is null && termination.Stagnation is null ? null : new ConvergenceWatch(termination, m);
        var batch = optimizer.BatchSize;
        var decisions = new double[batch * n];
        var objectives = new double[batch * m];
        var constraints = new double[batch * k];

        time ??= TimeProvider.System;
        var start = time.GetTimestamp();
        var state = new MinimizeProgress(0, 0, TimeSpan.Zero, optimizer);
        StopReason? reason = null;
        while (reason is null)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                reason = StopReason.Canceled;
                break;
            }

            var asked = (int)Math.Min(batch, termination.Remaining(state.Evaluations));
            var count = optimizer.Ask(decisions.AsSpan(0, asked * n));
            if (count == 0)
            {
                reason = StopReason.Exhausted;
                break;
            }

            var x = decisions.AsSpan(0, count * n);
            var f = objectives.AsSpan(0, count * m);
            var g = constraints.AsSpan(0, count * k);
            problem.Evaluate(x, count, f, g);
            optimizer.Tell(x, f, g);

            state = new(state.Evaluations + count, state.Generations + 1, time.GetElapsedTime(start), optimizer);
            progress?.Report(state);
            watch?.Add(f, g, k);
            reason = watch?.Reached() ?? termination.Reached(state);
        }

        return new(optimizer.Population, state.Evaluations, state.Generations, time.GetElapsedTime(start), reason.Value);
    }

    private static void CheckFit(IProblem problem, IOptimizer optimizer)
    {
        if (!ReferenceEquals(optimizer.Space, problem.Space) && !problem.Space.Variables.SequenceEqual(optimizer.Space.Variables))
            throw new ArgumentException($"The optimizer was created for other variables than those of {problem.Name}.", nameof(optimizer));

        if (optimizer.ObjectiveCount != problem.ObjectiveCount || optimizer.ConstraintCount != problem.ConstraintCount)
        {
            throw new ArgumentException(
                $"The optimizer expects {optimizer.ObjectiveCount} objectives and {optimizer.ConstraintCount} constraints; "
                + $"{problem.Name} has {problem.ObjectiveCount} and {problem.ConstraintCount}.",
                nameof(optimizer));
        }
    }
}
