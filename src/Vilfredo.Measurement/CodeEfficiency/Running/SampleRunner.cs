using System.Text.Json;
using Vilfredo.CodeHost;
using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;
using Vilfredo.Measurement.CodeEfficiency.Running.Hosting;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Policy;
using Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>Runs model-written code: compiles it, starts a child process in a sandbox, makes the calls, and brings back what they returned and cost.</summary>
/// <remarks>
/// <para>
/// On Linux the child has namespaces of its own for network, processes and mounts, no privileges, a temporary directory in memory and
/// everything else read-only; it is limited in CPU and wall time, memory, output, processes and file sizes, and killed with all that it
/// started. Where the machine offers less, <see cref="SampleRun.Sandbox"/> says what is missing. It does not hide the machine's files from
/// reading, and it is no defence against faults of the kernel: for hostile code use a virtual machine besides.
/// </para>
/// <para>
/// A run that is stopped at a limit is an observation that is right-censored, never one with the limit as its cost. Expected answers never
/// reach the child. One runner may serve several threads, but costs are only comparable when one sample runs at a time.
/// </para>
/// </remarks>
public sealed class SampleRunner : IDisposable
{
    private const int KeptOutputBytes = 64 * 1024;

    private readonly ProcessRunner processes = new(new ProcessRunnerOptions { TerminationGrace = TimeSpan.Zero });
    private readonly SemaphoreSlim probing = new(1, 1);
    private readonly bool allowNamespaces;
    private SandboxPlan? plan;
    private string? python;

    /// <summary>Creates a runner; it starts nothing yet.</summary>
    /// <param name="allowNamespaces">
    /// Whether to use the kernel's namespaces where they are to be had; <see langword="false"/> runs samples with resource limits only.
    /// </param>
    public SampleRunner(bool allowNamespaces = true) => this.allowNamespaces = allowNamespaces;

    /// <summary>Finds out what protections this machine gives; asked once and kept.</summary>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SandboxReport> ProtectionsAsync(CancellationToken cancellation = default) => (await PlanAsync(cancellation)).Report;

    /// <summary>Whether samples of Python can be run: there is a <c>python3</c> that works, and the system is not Windows.</summary>
    /// <param name="cancellation">Gives up.</param>
    public async Task<bool> HasPythonAsync(CancellationToken cancellation = default) =>
        (python ??= await PythonInterpreter.FindAsync(processes, cancellation)) is not null;

    /// <summary>Runs a sample.</summary>
    /// <param name="sample">The code.</param>
    /// <param name="calls">Per call, a JSON array with its arguments.</param>
    /// <param name="settings">How to run it; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Kills the child.</param>
    /// <returns>The result, whatever the sample does.</returns>
    /// <exception cref="ArgumentException">A call is not a JSON array, or a setting is out of its range.</exception>
    /// <exception cref="FileNotFoundException">The host, or the language's runtime, is not on this machine.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<SampleRun> RunAsync(
        SampleProgram sample, IReadOnlyList<JsonElement> calls, RunSettings? settings = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(calls);
        settings ??= new RunSettings();
        settings.Check(nameof(settings));
        for (var i = 0; i < calls.Count; i++)
        {
            if (calls[i].ValueKind != JsonValueKind.Array)
                throw new ArgumentException($"Call {i + 1} is {calls[i].GetRawText()}; give a JSON array with one value per parameter.", nameof(calls));
        }

        return sample.Language == SampleLanguage.CSharp
            ? await RunCSharpAsync(sample, calls, settings, cancellation)
            : await RunPythonAsync(sample, calls, settings, cancellation);
    }

    /// <summary>Ends what the runner holds; await the runs first.</summary>
    public void Dispose()
    {
        processes.Dispose();
        probing.Dispose();
    }

    private async Task<SampleRun> RunCSharpAsync(
        SampleProgram sample, IReadOnlyList<JsonElement> calls, RunSettings settings, CancellationToken cancellation)
    {
        var compiled = SolutionCompiler.Compile(sample.Source, sample.EntryPoint, cancellation);
        if (compiled.Solution is not { } solution) return Refused(SampleVerdict.CompileError, compiled.Errors, calls.Count);
        if (settings.CheckPolicy && SolutionPolicy.Check(solution.Assembly) is { Count: > 0 } violations)
            return Refused(SampleVerdict.PolicyViolation, [.. violations.Select(violation => violation.ToString())], calls.Count);
        return await RunAsync(
            writer =>
            {
                writer.WriteBase64String(HostProtocol.Assembly, solution.Assembly.Span);
                writer.WriteString(HostProtocol.Type, solution.TypeName);
                writer.WriteString(HostProtocol.Method, solution.MethodName);
            },
            folder => HostCommand.ForCSharp(folder.PathOf, settings.Limits),
            calls,
            settings,
            cancellation);
    }

    private async Task<SampleRun> RunPythonAsync(
        SampleProgram sample, IReadOnlyList<JsonElement> calls, RunSettings settings, CancellationToken cancellation)
    {
        python ??= await PythonInterpreter.FindAsync(processes, cancellation);
        var interpreter = python ?? throw new FileNotFoundException("Samples of Python need the command python3; install Python 3.8 or later and put it on the PATH.", "python3");
        return await RunAsync(
            writer =>
            {
                writer.WriteString(HostProtocol.Source, sample.Source);
                writer.WriteString(HostProtocol.Method, sample.EntryPoint);
            },
            folder => HostCommand.ForPython(folder.PathOf, interpreter, settings.Limits),
            calls,
            settings,
            cancellation);
    }

    private static SampleRun Refused(SampleVerdict verdict, IReadOnlyList<string> diagnostics, int calls) => new()
    {
        Verdict = verdict,
        Calls = [.. Enumerable.Repeat(CallResult.NotRun, calls)],
        Diagnostics = diagnostics,
    };

    private async Task<SampleRun> RunAsync(
        Action<Utf8JsonWriter> program,
        Func<ExchangeFolder, HostCommand> host,
        IReadOnlyList<JsonElement> calls,
        RunSettings settings,
        CancellationToken cancellation)
    {
        var sandbox = await PlanAsync(cancellation);
        var run = new RunInProgress(calls.Count) { Sandbox = sandbox.Report };
        for (var next = 0; next < calls.Count || run.ProcessesStarted == 0;)
        {
            using var folder = new ExchangeFolder();
            HostRequest.Write(folder.Request, program, calls.Skip(next), settings);
            var command = settings.CountsInstructions ? host(folder).CountingInstructions(InstructionMeter.Program!) : host(folder);
            var runs = (calls.Count - next) * (settings.WarmUp + settings.Repeats);
            var cpuSeconds = (long)Math.Ceiling((settings.Limits.StartAllowance + runs * settings.Limits.CpuTime).TotalSeconds) + 1;
            var process = await processes.RunAsync(Specification(sandbox, folder, command, settings.Limits, cpuSeconds, runs), cancellation);
            if (process.Outcome == ProcessOutcome.Canceled) throw new OperationCanceledException(cancellation);
            var stopped = run.Take(HostAnswers.Read(folder.Answers, calls.Count - next), process, command, next, cpuSeconds);
            if (stopped is not { } index || !settings.ContinueAfterKill) break;
            next = index + 1;
        }

        return run.ToResult();
    }

    private static ProcessSpecification Specification(
        SandboxPlan sandbox, ExchangeFolder folder, HostCommand command, RunLimits limits, long cpuSeconds, int runs)
    {
        var isUnix = !OperatingSystem.IsWindows();
        string[] files = isUnix ? ["/dev/fd/3", "/dev/fd/4"] : [folder.Request, folder.Answers];
        string[] program = [.. command.Program, .. files];
        return new ProcessSpecification
        {
            FileName = isUnix ? "/bin/sh" : program[0],
            Arguments = isUnix ? SandboxScript.Arguments(sandbox, folder, limits, cpuSeconds, command.AddressSpaceBytes, program) : program[1..],
            Environment = ChildVariables(command, folder),
            WorkingDirectory = folder.Work,
            TimeLimit = limits.StartAllowance + runs * limits.EffectiveWallTime,
            MemoryLimitBytes = OperatingSystem.IsMacOS() ? null : command.ResidentBytes,
            ProcessLimit = OperatingSystem.IsLinux() ? limits.Processes + SandboxScript.OwnProcesses : null,
            OutputLimitBytes = limits.OutputBytes,
            KeptOutputBytes = KeptOutputBytes,
        };
    }

    /// <summary>Only what the runtime needs: keys and tokens in this process' environment are none of the sample's business.</summary>
    private static Dictionary<string, string?> ChildVariables(HostCommand command, ExchangeFolder folder)
    {
        string[] kept = ["PATH", "SystemRoot", "SystemDrive", "windir"];
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>().Except(kept, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in command.Settings) variables[name] = value;
        foreach (var name in (ReadOnlySpan<string>)["HOME", "TMPDIR", "TMP", "TEMP"]) variables[name] = folder.Work;
        variables["LANG"] = "C.UTF-8";
        return variables;
    }

    private async Task<SandboxPlan> PlanAsync(CancellationToken cancellation)
    {
        if (plan is not null) return plan;
        await probing.WaitAsync(cancellation);
        try
        {
            return plan ??= await SandboxPlan.ProbeAsync(processes, allowNamespaces, cancellation);
        }
        finally
        {
            probing.Release();
        }
    }
}
