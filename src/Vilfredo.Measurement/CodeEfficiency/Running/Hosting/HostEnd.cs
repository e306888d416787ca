using Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Hosting;

/// <summary>Reads from the end of a process what became of the call that it was making.</summary>
internal static class HostEnd
{
    // Signals as a shell reports them: 128 more than their number.
    private const int BySignal = 128;
    private const int Kill = 9;
    private const int Alarm = 14;
    private const int CpuExceeded = 24;
    private const int ProfilingTimer = 27;

    /// <summary>The result of a call that did not end before its process did.</summary>
    /// <param name="process">How the process ended.</param>
    /// <param name="cpuSeconds">The CPU time at which the kernel kills it.</param>
    public static CallResult Explain(ProcessResult process, long cpuSeconds)
    {
        var code = process.Outcome == ProcessOutcome.Signaled ? BySignal + process.Signal : process.ExitCode;
        return process.Outcome switch
        {
            ProcessOutcome.TimedOut => Limited(SampleVerdict.TimeLimit, LimitKind.WallTime, process.Message),
            ProcessOutcome.MemoryLimit => Limited(SampleVerdict.MemoryLimit, LimitKind.Memory, process.Message),
            ProcessOutcome.OutputLimit => Limited(SampleVerdict.OutputLimit, LimitKind.Output, process.Message),
            ProcessOutcome.ProcessLimit => Limited(SampleVerdict.ProcessLimit, LimitKind.Processes, process.Message),
            ProcessOutcome.FailedToStart => new CallResult { Verdict = SampleVerdict.HostFailure, Message = process.Message },
            _ when code is BySignal + ProfilingTimer => Limited(SampleVerdict.TimeLimit, LimitKind.CpuTime, "passed its limit of CPU time"),
            _ when code is BySignal + Alarm => Limited(SampleVerdict.TimeLimit, LimitKind.WallTime, "passed its limit of wall time"),
            _ when code is BySignal + CpuExceeded || (code is BySignal + Kill && process.CpuTime.TotalSeconds >= cpuSeconds - 1) =>
                Limited(SampleVerdict.TimeLimit, LimitKind.CpuTime, "passed the kernel's limit of CPU time"),
            _ when code == SandboxScript.BrokenExitCode && Wrote(process, "sandbox: step") =>
                new CallResult { Verdict = SampleVerdict.HostFailure, Message = string.Join("; ", process.LastLines) },
            _ when Wrote(process, "Stack overflow") => Crash("the stack overflowed: the recursion is too deep"),
            _ when Wrote(process, "Out of memory") => Limited(SampleVerdict.MemoryLimit, LimitKind.Memory, "the runtime ran out of memory"),
            _ when code is 0 => Crash("the sample ended the process in the middle of a call"),
            _ when code > BySignal => Crash($"a signal ({code - BySignal}) ended the process in the middle of a call"),
            _ => Crash($"the process ended with exit code {code} in the middle of a call"),
        };
    }

    private static bool Wrote(ProcessResult process, string text) =>
        process.StandardError.Text.Contains(text, StringComparison.Ordinal);

    private static CallResult Limited(SampleVerdict verdict, LimitKind kind, string message) =>
        new() { Verdict = verdict, LimitUsed = kind, Message = message };

    private static CallResult Crash(string message) => new() { Verdict = SampleVerdict.Crash, Message = message };
}
