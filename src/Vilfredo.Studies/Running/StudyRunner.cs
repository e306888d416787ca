using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>Workers that ask a study for trials, have them measured and tell the results, until nothing is left to do.</summary>
internal sealed class StudyRunner(Study study, ITrialEvaluator evaluator, RunOptions options)
{
    // With other processes on the study, their results show only when we look.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int results;
    private AskResult last;

    /// <summary>Runs until the study ends or is stopped.</summary>
    public RunSummary Run(CancellationToken cancellation)
    {
        var started = study.Clock.GetTimestamp();
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var heartbeat = study.Storage.IsShared
            ? study.Clock.CreateTimer(_ => ExtendLeases(), null, StudyLease.ExtendEvery, StudyLease.ExtendEvery)
            : null;
        try
        {
            var parallelism = options.Parallelism ?? study.Definition.Parallelism;
            ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
            // One worker stays on the caller's thread: no hand-over between threads per trial.
            if (parallelism == 1) Work(failure).GetAwaiter().GetResult();
            else Task.WhenAll(Enumerable.Range(0, parallelism).Select(_ => Task.Run(() => Work(failure), CancellationToken.None))).GetAwaiter().GetResult();
        }
        finally
        {
            heartbeat?.Dispose();
        }

        return new RunSummary(
            last.Status, cancellation.IsCancellationRequested ? "stopped by the user" : last.Reason, results, study.Clock.GetElapsedTime(started));
    }

    private async Task Work(CancellationTokenSource stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var signal = Volatile.Read(ref told).Task;
                var ask = study.Ask();
                if (ask.TryGetTrial(out var trial))
                {
                    var outcome = await Evaluate(trial, stop.Token).ConfigureAwait(false);
                    Tell(trial, outcome);
                }
                else if (ask.Status == AskStatus.Wait)
                {
                    await Wait(signal, stop.Token).ConfigureAwait(false);
                }
                else
                {
                    lock (gate) last = ask;
                    return;
                }
            }
        }
        catch
        {
            // The storage failed: the other workers cannot record anything either.
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<TrialOutcome> Evaluate(Trial trial, CancellationToken cancellation)
    {
        var definition = study.Definition;
        var context = new EvaluationContext(definition, study.Clock, late => Tell(trial, Checked(trial, late, definition)));
        try
        {
            var outcome = await evaluator.EvaluateAsync(trial, context, cancellation).ConfigureAwait(false);
            return Checked(trial, outcome, definition);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return TrialOutcome.Cancelled();
        }
        catch (TrialPrunedException pruned)
        {
            return TrialOutcome.Pruned(pruned.Message);
        }
#pragma warning disable CA1031 // Whatever the user's objective throws is the trial's failure, not the study's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return TrialOutcome.Failed($"{error.GetType().Name}: {error.Message}");
        }
    }

    // What the door would refuse becomes a failed trial with the reason, so that the study goes on.
    private static TrialOutcome Checked(Trial trial, TrialOutcome outcome, StudyDefinition definition)
    {
        try
        {
            outcome = trial.Complete(outcome);
            outcome.Validate(definition.Objectives.Count);
            outcome.ValidateGradients(trial.Configuration);
            return outcome.HasValues ? MeasuredConstraints.Apply(definition, trial.Configuration, outcome) : outcome;
        }
        catch (Exception error) when (error is InvalidResultException or FormatException)
        {
            return TrialOutcome.Failed(error.Message) with { Output = outcome.Output, Duration = outcome.Duration };
        }
    }

    private void Tell(Trial trial, TrialOutcome outcome)
    {
        var status = study.Tell(trial, outcome);
        Interlocked.Increment(ref results);
        if (options.Progress is { } progress)
            progress.Report(study.Read(s => new RunProgress(s.Trials[trial.Number], status, s.Finished, s.Open.Count, s.Definition.Budget)));
        Interlocked.Exchange(ref told, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private async Task Wait(Task signal, CancellationToken cancellation)
    {
        try
        {
            await signal.WaitAsync(LookAgain, study.Clock, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // Time to look again, or to stop: the loop decides.
        }
    }

    private void ExtendLeases()
    {
        try
        {
            study.ExtendLeases();
        }
        catch (StudyStorageException)
        {
            // The next result that cannot be told reports the storage's failure; a lease may end early until then.
        }
    }
}
