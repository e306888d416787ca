namespace Vilfredo.Studies.Execution;

/// <summary>
/// Runs child processes one by one or side by side: measured, limited, and ended together with all their descendants.
/// </summary>
/// <remarks>
/// <para>
/// Linux and macOS: each run has a thread of its own that sleeps in the kernel until output, end, limit or cancellation.
/// The child leads its own session and process group, with default signals and no descriptors but its three streams. At
/// a limit or cancellation the group gets SIGTERM, and after <see cref="ProcessRunnerOptions.TerminationGrace"/> SIGKILL;
/// also after a normal end nothing of the tree is left running. On Linux descendants that have left the group are found
/// by session, by parents, and by a marker in their environment; on macOS the group is killed and no more.
/// </para>
/// <para>
/// Windows: the child is run by <see cref="System.Diagnostics.Process"/> and killed with its tree; CPU time and memory are
/// those of the child alone, memory is sampled.
/// </para>
/// <para>
/// CPU time includes descendants that were waited for by their parents, which a killed tree mostly was not. Wall time ends
/// when the child itself ends. Safe for use from several threads.
/// </para>
/// </remarks>
public sealed class ProcessRunner : IDisposable
{
    private const int ThreadStackBytes = 256 * 1024;

    private readonly ProcessRunnerOptions _options;
    private readonly string _owner = TrialMarker.Owner();
    private readonly Lazy<GroupGuard?> _guard;

    /// <summary>Creates a runner; it starts nothing yet.</summary>
    /// <param name="options">How to stop and mark processes; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grace is negative or longer than a day.</exception>
    public ProcessRunner(ProcessRunnerOptions? options = null)
    {
        _options = options ?? new ProcessRunnerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.TerminationGrace, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.TerminationGrace, TimeSpan.FromDays(1), nameof(options));
        if (!OperatingSystem.IsWindows()) LibC.KeepExitCodesOfChildren();
        _guard = new Lazy<GroupGuard?>(Prepare);
    }

    /// <summary>Runs one process to its end.</summary>
    /// <param name="specification">What to run.</param>
    /// <param name="cancellation">Stops the process; the result then says <see cref="ProcessOutcome.Canceled"/>.</param>
    /// <returns>
    /// The result, whatever happened: a command that is not there, a limit or a cancellation is an outcome, not an
    /// exception.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="specification"/> is <see langword="null"/>.</exception>
    public Task<ProcessResult> RunAsync(ProcessSpecification specification, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromResult(new ProcessResult
            {
                Outcome = ProcessOutcome.Canceled,
                Message = $"'{specification.FileName}' was canceled before it started",
            });
        }

        return OperatingSystem.IsWindows()
            ? new PortableRun(specification, _options, NewEnvironment(specification)).ExecuteAsync(cancellation)
            : RunOnThread(specification, cancellation);
    }

    /// <summary>Ends the guard of <see cref="ProcessRunnerOptions.KillChildrenWithThisProcess"/>; await the runs first.</summary>
    public void Dispose()
    {
        if (_guard.IsValueCreated) _guard.Value?.Dispose();
    }

    /// <summary>Once, before the first run on Linux or macOS.</summary>
    private GroupGuard? Prepare()
    {
        var guard = _options.KillChildrenWithThisProcess ? GroupGuard.TryStart() : null;

        // A run of nothing, so that compiling this code (some 30 ms) is not measured as part of the first real run.
        var nothing = new ProcessSpecification { FileName = "/bin/sh", Arguments = ["-c", "echo"] };
        using var cancellation = new CancellationTokenSource();
        using var run = new UnixRun(nothing, _options, NewEnvironment(nothing), guard, cancellation.Token);
        run.Execute();
        return guard;
    }

    private ChildEnvironment NewEnvironment(ProcessSpecification specification) => new(specification, _options.StudyMarker, _owner);

    private Task<ProcessResult> RunOnThread(ProcessSpecification specification, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource<ProcessResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Complete(completion, specification, cancellation), ThreadStackBytes)
        {
            IsBackground = true,
            Name = $"run of {specification.FileName}",
        };
        thread.Start();
        return completion.Task;
    }

    private void Complete(TaskCompletionSource<ProcessResult> completion, ProcessSpecification specification, CancellationToken cancellation)
    {
        try
        {
            using var run = new UnixRun(specification, _options, NewEnvironment(specification), _guard.Value, cancellation);
            completion.SetResult(run.Execute());
        }
        catch (Exception e)
        {
            completion.SetException(e); // a fault of this code or of the system, for whoever awaits the run
        }
    }
}
