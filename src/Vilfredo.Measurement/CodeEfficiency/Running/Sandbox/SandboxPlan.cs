using Vilfredo.Studies.Execution;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

/// <summary>What this machine offers, found by trying.</summary>
/// <param name="Unshare">The command that makes the namespaces, with its arguments; empty where none can be made.</param>
/// <param name="Steps">The letters of the steps of <see cref="SandboxScript"/> that work.</param>
/// <param name="Report">The same in terms of protections.</param>
internal sealed record SandboxPlan(IReadOnlyList<string> Unshare, string Steps, SandboxReport Report)
{
    private static readonly string[] Everything =
        ["unshare", "--user", "--map-root-user", "--net", "--ipc", "--uts", "--pid", "--mount", "--fork", "--kill-child=KILL", "--mount-proc", "--"];

    private static readonly string[] NetworkOnly = ["unshare", "--user", "--map-root-user", "--net", "--"];

    /// <summary>Tries namespaces and steps with a sandbox that runs nothing.</summary>
    public static async Task<SandboxPlan> ProbeAsync(ProcessRunner runner, bool allowNamespaces, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
            return Describe([], "", false, false, "the system has neither namespaces nor resource limits of its own (Windows)");
        if (!allowNamespaces) return Describe([], "", false, true, "namespaces were switched off");
        var (everything, problem) = await TryAsync(runner, Everything, "?" + SandboxScript.AllSteps, cancellation);
        if (everything is not null)
        {
            var reason = everything.Length == SandboxScript.AllSteps.Length ? null
                : "these steps of preparing the sandbox failed: " + string.Concat(SandboxScript.AllSteps.Except(everything));
            return Describe(Everything, everything, true, true, reason);
        }

        var (network, _) = await TryAsync(runner, NetworkOnly, "?", cancellation);
        return Describe(network is null ? [] : NetworkOnly, "", network is not null, true, problem);
    }

    private static async Task<(string? Steps, string Problem)> TryAsync(
        ProcessRunner runner, string[] unshare, string steps, CancellationToken cancellation)
    {
        using var folder = new ExchangeFolder();
        var plan = new SandboxPlan(unshare, steps, new SandboxReport([], [], null));
        var result = await runner.RunAsync(
            new ProcessSpecification
            {
                FileName = "/bin/sh",
                Arguments = SandboxScript.Arguments(plan, folder, new RunLimits(), cpuSeconds: 60, addressSpaceBytes: 0, []),
                TimeLimit = TimeSpan.FromSeconds(30),
            },
            cancellation);
        if (result.Outcome == ProcessOutcome.Canceled) throw new OperationCanceledException(cancellation);
        return result.Succeeded
            ? (string.Concat(result.StandardOutput.Text.Where(SandboxScript.AllSteps.Contains)), "")
            : (null, "namespaces cannot be made: " + string.Join("; ", result.LastLines.DefaultIfEmpty(result.Message)));
    }

    private static SandboxPlan Describe(string[] unshare, string steps, bool network, bool unix, string? reason)
    {
        var isWhole = unshare.Length == Everything.Length;
        var active = new List<Protection>();
        if (network) active.Add(Protection.NoNetwork);
        if (isWhole) active.Add(Protection.OwnProcesses);
        if (steps.Contains('R')) active.Add(Protection.ReadOnlyFiles);
        if (steps.Contains('D')) active.Add(Protection.OwnDevices);
        if (steps.Contains('H')) active.Add(Protection.HiddenServices);
        if (steps.Contains('T')) active.Add(Protection.TemporaryDirectory);
        if (steps.Contains('P') && steps.Contains('N')) active.Add(Protection.NoPrivileges);
        if (steps.Contains('I') || (steps.Contains('C') && !Environment.IsPrivilegedProcess)) active.Add(Protection.ProcessCap);
        if (unix) active.Add(Protection.ResourceLimits);
        if (OperatingSystem.IsLinux()) active.Add(Protection.WatchedTree);
        var missing = Enum.GetValues<Protection>().Except(active).ToList();
        return new SandboxPlan(unshare, steps, new SandboxReport(active, missing, missing.Count == 0 ? null : reason ?? "the system does not offer them"));
    }
}
