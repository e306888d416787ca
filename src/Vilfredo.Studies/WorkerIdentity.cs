using System.Diagnostics;
using System.Globalization;

namespace Vilfredo.Studies;

/// <summary>Names the process that works on a trial, so that another one on the same machine can see that it is gone.</summary>
internal static class WorkerIdentity
{
    /// <summary>This process: machine, process number and start time, since process numbers come round again.</summary>
    public static string Current { get; } = Describe(Process.GetCurrentProcess());

    /// <summary>Whether a worker of this machine is certainly gone. One of another machine, or with a name of its own, is not.</summary>
    public static bool IsGone(string worker)
    {
        if (worker == Current) return false;
        var parts = worker.Split('/');
        if (parts.Length != 3 || parts[0] != Environment.MachineName) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            // The system reports start times with a jitter; a number is not handed out again within seconds.
            return !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
                || Math.Abs(StartSecond(process) - started) > 2;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static string Describe(Process process) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName}/{process.Id}/{StartSecond(process)}");

    private static long StartSecond(Process process) => process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
}
