using System.Diagnostics;

namespace Vilfredo.Studies.Execution;

/// <summary>One run through <see cref="Process"/>: the way on Windows, and for tests of it everywhere.</summary>
/// <remarks>
/// The runtime kills the tree by parents, so descendants whose parent is gone survive. CPU time is the child's alone.
/// </remarks>
internal sealed class PortableRun(ProcessSpecification specification, ProcessRunnerOptions options, ChildEnvironment environment)
{
    private static readonly TimeSpan SamplingInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>How long output is read on after the end, when a surviving descendant holds the pipe.</summary>
    private static readonly TimeSpan LastOutputTime = TimeSpan.FromMilliseconds(200);

    private const int ChunkSize = 64 * 1024;

    private readonly OutputBuffer _output = new(specification.KeptOutputBytes, specification.StandardOutputFile is null ? specification.OutputLine : null);
    private readonly OutputBuffer _error = new(specification.KeptOutputBytes);
    private long? _peakMemory;
    private TimeSpan _userTime;
    private TimeSpan _systemTime;

    public async Task<ProcessResult> ExecuteAsync(CancellationToken cancellation)
    {
        if ((specification.FindProblem() ?? FindMissing()) is { } problem)
            return ProcessResult.NotStarted(RunMessage.NotStarted(problem));

        using var process = new Process { StartInfo = StartInfo() };
        FileStream? inputFile = null;
        FileStream? outputFile = null;
        try
        {
            if (specification.StandardInputFile is { } input) inputFile = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (specification.StandardOutputFile is { } output) outputFile = new FileStream(output, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            return await RunAsync(process, inputFile, outputFile, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return ProcessResult.NotStarted(RunMessage.NotStarted($"'{specification.FileName}': {e.Message}"));
        }
        finally
        {
            if (inputFile is not null) await inputFile.DisposeAsync().ConfigureAwait(false);
            if (outputFile is not null) await outputFile.DisposeAsync().ConfigureAwait(false);
        }
    }

    private string? FindMissing() => specification.WorkingDirectory is { } directory && !Directory.Exists(directory)
        ? $"the working directory '{directory}' does not exist"
        : null;

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(specification.FileName, specification.Arguments)
        {
            WorkingDirectory = specification.WorkingDirectory ?? "",
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in environment.Variables) info.Environment[name] = value;
        return info;
    }

    private async Task<ProcessResult> RunAsync(Process process, FileStream? inputFile, FileStream? outputFile, CancellationToken cancellation)
    {
        var start = options.TimeProvider.GetTimestamp();
        process.Start();
        using var stopReading = new CancellationTokenSource();
        var copying = Task.WhenAll(
            WriteInputAsync(process, inputFile, stopReading.Token),
            ReadAsync(process.StandardOutput.BaseStream, _output, outputFile, stopReading.Token),
            ReadAsync(process.StandardError.BaseStream, _error, null, stopReading.Token));

        var outcome = await WatchAsync(process, start, cancellation).ConfigureAwait(false);
        if (outcome != ProcessOutcome.Exited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        var wallTime = options.TimeProvider.GetElapsedTime(start);
        ReadCosts(process);

        stopReading.CancelAfter(LastOutputTime);
        await copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Result(outcome, process.ExitCode, wallTime);
    }

    private async Task<ProcessOutcome> WatchAsync(Process process, long start, CancellationToken cancellation)
    {
        var ended = process.WaitForExitAsync(cancellation);
        while (true)
        {
            var age = options.TimeProvider.GetElapsedTime(start);
            var wait = SamplingInterval;
            if (specification.TimeLimit is { } limit)
            {
                if (age >= limit) return ProcessOutcome.TimedOut;
                if (limit - age < wait) wait = limit - age;
            }

            ReadCosts(process);
            if (specification.MemoryLimitBytes < _peakMemory) return ProcessOutcome.MemoryLimit;
            if (specification.OutputLimitBytes < _output.TotalBytes + _error.TotalBytes) return ProcessOutcome.OutputLimit;
            using var stopWaiting = new CancellationTokenSource();
            await Task.WhenAny(ended, Task.Delay(wait, options.TimeProvider, stopWaiting.Token)).ConfigureAwait(false);
            await stopWaiting.CancelAsync().ConfigureAwait(false);
            if (ended.IsCompletedSuccessfully) return ProcessOutcome.Exited;
            if (cancellation.IsCancellationRequested) return ProcessOutcome.Canceled;
        }
    }

    /// <summary>Keeps the newest figures that the system gives; some of them are refused once the process has ended.</summary>
    private void ReadCosts(Process process)
    {
        try
        {
            process.Refresh();
            _userTime = process.UserProcessorTime;
            _systemTime = process.PrivilegedProcessorTime;
            _peakMemory = Math.Max(_peakMemory ?? 0, process.PeakWorkingSet64);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // Ended: what was read before stands.
        }
    }

    private ProcessResult Result(ProcessOutcome outcome, int exitCode, TimeSpan wallTime)
    {
        var output = _output.ToCapturedOutput();
        var error = _error.ToCapturedOutput();
        return new ProcessResult
        {
            Outcome = outcome,
            ExitCode = outcome == ProcessOutcome.Exited ? exitCode : null,
            WallTime = wallTime,
            UserTime = _userTime,
            SystemTime = _systemTime,
            PeakMemoryBytes = _peakMemory > 0 ? _peakMemory : null,
            PeakMemoryIsSampled = true,
            StandardOutput = output,
            StandardError = error,
            LastLines = CapturedOutput.LastLines(output, error, specification.TailLines),
            Message = RunMessage.Of(specification, outcome, exitCode, null, wallTime, 0),
        };
    }

    private static async Task WriteInputAsync(Process process, FileStream? file, CancellationToken stop)
    {
        try
        {
            if (file is not null) await file.CopyToAsync(process.StandardInput.BaseStream, stop).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process ended without reading all of its input, which is its right.
        }
    }

    private static async Task ReadAsync(Stream stream, OutputBuffer buffer, FileStream? file, CancellationToken stop)
    {
        var chunk = new byte[ChunkSize];
        while (await stream.ReadAsync(chunk, stop).ConfigureAwait(false) is > 0 and var count)
        {
            buffer.Append(chunk.AsSpan(0, count));
            if (file is not null) await file.WriteAsync(chunk.AsMemory(0, count), stop).ConfigureAwait(false);
        }
    }
}
