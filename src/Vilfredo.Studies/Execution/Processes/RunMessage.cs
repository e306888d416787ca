using System.Globalization;

namespace Vilfredo.Studies.Execution;

/// <summary>The sentence that says how a run ended.</summary>
internal static class RunMessage
{
    public static string Of(ProcessSpecification specification, ProcessOutcome outcome, int? exitCode, int? signal, TimeSpan wallTime, int leftover)
    {
        var name = Path.GetFileName(specification.FileName);
        var after = $"after {Seconds(wallTime)}";
        var text = outcome switch
        {
            ProcessOutcome.Exited when exitCode is null => $"'{name}' ended {after}, but its exit code is lost: this process was started with SIGCHLD ignored",
            ProcessOutcome.Exited => $"'{name}' ended with exit code {exitCode} {after}",
            ProcessOutcome.Signaled => $"'{name}' was ended by {SignalName.Of(signal!.Value)}{SignalName.Hint(signal.Value)} {after}",
            ProcessOutcome.TimedOut => $"'{name}' passed its time limit of {Seconds(specification.TimeLimit!.Value)} and was killed",
            ProcessOutcome.Canceled => $"'{name}' was canceled {after} and killed",
            ProcessOutcome.MemoryLimit => $"'{name}' passed its memory limit of {specification.MemoryLimitBytes} bytes and was killed {after}",
            ProcessOutcome.OutputLimit => $"'{name}' passed its output limit of {specification.OutputLimitBytes} bytes and was killed {after}",
            ProcessOutcome.ProcessLimit => $"'{name}' passed its limit of {specification.ProcessLimit} processes and was killed {after}",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "This outcome has its own message."),
        };
        return leftover switch
        {
            0 => text,
            1 => text + "; 1 process that it had left was killed",
            _ => text + $"; {leftover} processes that it had left were killed",
        };
    }

    public static string NotStarted(string problem) => $"cannot start: {problem}";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
