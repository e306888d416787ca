using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Hosting;

/// <summary>Puts the result of a sample together from the processes that were started for it.</summary>
internal sealed class RunInProgress(int calls)
{
    private readonly CallResult[] results = [.. Enumerable.Repeat(CallResult.NotRun, calls)];
    private readonly List<string> diagnostics = [];
    private CallResult? endOfProcess;
    private IReadOnlyDictionary<string, string> settings = new Dictionary<string, string>();
    private string? runtime;
    private long? peakMemory;
    private long? instructions;

    public required SandboxReport Sandbox { get; init; }

    public int ProcessesStarted { get; private set; }

    /// <summary>Takes the answers of a process that has ended.</summary>
    /// <param name="answers">What it answered.</param>
    /// <param name="process">How it ended.</param>
    /// <param name="command">How it was started.</param>
    /// <param name="first">The index of its first call.</param>
    /// <param name="cpuSeconds">The CPU time at which the kernel kills it.</param>
    /// <returns>The call in which it ended, or <see langword="null"/> when it made all calls or could not begin.</returns>
    public int? Take(HostAnswers answers, ProcessResult process, HostCommand command, int first, long cpuSeconds)
    {
        ProcessesStarted++;
        settings = command.Settings;
        runtime ??= answers.Runtime;
        instructions = InstructionMeter.Parse(process.StandardError.Text);
        if (process.PeakMemoryBytes is { } peak) peakMemory = Math.Max(peak, peakMemory ?? 0);
        if (answers.CompileError is { } error)
        {
            diagnostics.Add(error);
            endOfProcess = new CallResult { Verdict = SampleVerdict.CompileError };
            return null;
        }

        var next = first;
        for (; next < results.Length && answers[next - first] is { } result; next++)
        {
            results[next] = result;
            if (result.Verdict == SampleVerdict.TimeLimit) return next; // the watchdog has ended the process
        }

        if (answers.IsDone && process.Succeeded) return null;
        var end = answers.Failure is { } failure && process.Outcome == ProcessOutcome.Exited
            ? new CallResult { Verdict = SampleVerdict.HostFailure, Message = failure }
            : HostEnd.Explain(process, cpuSeconds);
        if (answers.Runtime is null && end.Verdict == SampleVerdict.Crash)
        {
            // Nothing of the sample ran.
            end = end with { Verdict = SampleVerdict.HostFailure, Message = "the host did not start: " + string.Join("; ", process.LastLines) };
        }

        diagnostics.AddRange(process.LastLines);
        if (next == results.Length)
        {
            endOfProcess ??= end;
            return null;
        }

        results[next] = end;
        return end.Verdict == SampleVerdict.HostFailure ? null : next;
    }

    public SampleRun ToResult() => new()
    {
        Verdict = results.FirstOrDefault(result => result.Verdict is not (SampleVerdict.Completed or SampleVerdict.NotRun))?.Verdict ?? endOfProcess?.Verdict ?? SampleVerdict.Completed,
        Calls = results,
        Diagnostics = diagnostics,
        Runtime = runtime,
        RuntimeSettings = settings,
        Sandbox = Sandbox,
        PeakMemoryBytes = peakMemory,
        Instructions = instructions,
        ProcessesStarted = ProcessesStarted,
    };
}
