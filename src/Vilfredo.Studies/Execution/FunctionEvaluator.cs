namespace Vilfredo.Studies.Execution;

/// <summary>Measures trials by calling a function.</summary>
/// <param name="objective">Gives one value per objective, in the user's direction.</param>
public sealed class FunctionEvaluator(Func<Trial, double[]> objective) : ITrialEvaluator
{
    private readonly Func<Trial, double[]> objective = objective ?? throw new ArgumentNullException(nameof(objective));

    /// <inheritdoc/>
    public ValueTask<TrialOutcome> EvaluateAsync(Trial trial, EvaluationContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(context);
        return context.Definition.TimeLimit is { } limit
            ? EvaluateWithin(limit, trial, context, cancellation)
            : ValueTask.FromResult(Measure(trial, context.Definition.Repeats.PerTrial));
    }

    // A function cannot be ended from outside: when the limit is over it is left alone, and told late if it ends after all.
    private async ValueTask<TrialOutcome> EvaluateWithin(
        TimeSpan limit, Trial trial, EvaluationContext context, CancellationToken cancellation)
    {
        var evaluation = Task.Run(() => Measure(trial, context.Definition.Repeats.PerTrial), CancellationToken.None);
        try
        {
            return await evaluation.WaitAsync(limit, context.Clock, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!evaluation.IsFaulted)
        {
            _ = evaluation.ContinueWith(
                late => context.TellLate(late.Result),
                CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            return TrialOutcome.TimedOut(limit);
        }
    }

    private TrialOutcome Measure(Trial trial, int repeats)
    {
        if (repeats == 1) return TrialOutcome.Measured(objective(trial));
        var samples = new double[repeats][];
        for (var i = 0; i < repeats; i++) samples[i] = objective(trial);
        return TrialOutcome.MeasuredRepeatedly(samples);
    }
}
