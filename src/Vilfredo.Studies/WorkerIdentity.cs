using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>Names the process that works on a trial, so that another one on the same machine can see that it is gone.</summary>
internal static class WorkerIdentity
{
    /// <summary>This process: the machine, and the identity that its trials' processes carry too.</summary>
    public static string Current { get; } = $"{Environment.MachineName}/{TrialMarker.Owner()}";

    /// <summary>Whether a worker of this machine is certainly gone. One of another machine, or with a name of its own, is not.</summary>
    public static bool IsGone(string worker)
    {
        var machine = Environment.MachineName + "/";
        return worker != Current && worker.StartsWith(machine, StringComparison.Ordinal) && TrialMarker.IsGone(worker[machine.Length..]);
    }
}
