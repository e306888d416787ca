namespace Vilfredo.Studies.Execution;

/// <summary>Ends what a killed worker has left running: processes of its trials that nobody waits for any more.</summary>
public static class OrphanSweep
{
    /// <summary>
    /// Kills every process that carries the study's marker in its environment and whose worker is gone. Trials of workers
    /// that are alive, here or in another process namespace (container), are left alone.
    /// </summary>
    /// <param name="studyMarker">The marker given to the dead worker's <see cref="ProcessRunnerOptions.StudyMarker"/>.</param>
    /// <returns>How many processes were killed. Always 0 outside Linux, where the environment of others cannot be read.</returns>
    /// <exception cref="ArgumentException">The marker is empty.</exception>
    public static int KillMarked(string studyMarker)
    {
        ArgumentException.ThrowIfNullOrEmpty(studyMarker);
        if (!OperatingSystem.IsLinux()) return 0;
        var killed = 0;
        foreach (var process in LinuxProcess.All())
        {
            if (process == System.Environment.ProcessId) continue;
            if (LinuxProcess.EnvironmentOf(process, TrialMarker.StudyVariable) != studyMarker) continue;
            var owner = LinuxProcess.EnvironmentOf(process, TrialMarker.OwnerVariable);
            if (owner is null || !TrialMarker.IsGone(owner)) continue;
            if (LibC.Kill(process, LibC.SIGKILL) == 0) killed++;
        }

        return killed;
    }
}
