using System.Globalization;

namespace Vilfredo.Studies.Execution;

/// <summary>
/// The environment variables by which the descendants of a trial are recognised, wherever they were reparented to and
/// even after the process that ran the trial is gone.
/// </summary>
public static class TrialMarker
{
    /// <summary>Set to a unique value for every run of a process.</summary>
    public const string RunVariable = "VILFREDO_RUN";

    /// <summary>Set to <see cref="ProcessRunnerOptions.StudyMarker"/>.</summary>
    public const string StudyVariable = "VILFREDO_STUDY_MARKER";

    /// <summary>Set to an identity of the process that runs the trial: id, start time and process namespace.</summary>
    public const string OwnerVariable = "VILFREDO_OWNER";

    /// <summary>The identity of this process, unique also after its id was given to another one.</summary>
    internal static string Owner() => OwnerOf(System.Environment.ProcessId);

    /// <summary>The identity of a live process of this process' namespace.</summary>
    internal static string OwnerOf(int process)
    {
        if (!OperatingSystem.IsLinux()) return process.ToString(CultureInfo.InvariantCulture);
        var start = LinuxProcess.TryRead(process, out var status) ? status.StartTime : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{process}/{start}/{Namespace()}");
    }

    /// <summary>Whether the owner named in a variable is known to be gone; an owner of another namespace is not known.</summary>
    internal static bool IsGone(string owner)
    {
        var parts = owner.Split('/');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && parts[2] == Namespace()
            && OwnerOf(process) != owner;
    }

    private static string Namespace() => new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
}
