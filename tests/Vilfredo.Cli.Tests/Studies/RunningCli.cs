using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Vilfredo.Cli.Tests.Studies;

/// <summary>The command as a process that a test watches, signals and kills. Its children carry a mark in their environment.</summary>
internal sealed partial class RunningCli : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    public RunningCli(Cli cli, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Cli.Program, .. arguments])
        {
            WorkingDirectory = cli.Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment[MarkVariable] = cli.Directory;
        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    private const string MarkVariable = "VILFREDO_TEST_MARK";

    public bool HasExited => process.HasExited;

    /// <summary>The processes that runs in a test's directory have started and that are still there, themselves included.</summary>
    public static int[] ProcessesOf(Cli cli) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Where(name => IsMarked(name!, $"{MarkVariable}={cli.Directory}"))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Waits until something holds, looking again and again.</summary>
    public static void WaitUntil(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Deadline) Assert.Fail($"did not happen within {Deadline.TotalSeconds} s: {what}");
            Thread.Sleep(5);
        }
    }

    /// <summary>SIGKILL to the process alone, as when the machine's memory runs out.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: false);
        process.WaitForExit();
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Assert.Equal(0, Signal(process.Id, 2));

    /// <summary>Waits for the end.</summary>
    public Cli.Result Result()
    {
        if (!process.WaitForExit(Deadline)) Assert.Fail($"the command did not end within {Deadline.TotalSeconds} s");
        process.WaitForExit();
        return new Cli.Result(process.ExitCode, output.Result, error.Result);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static bool IsMarked(string process, string mark)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0').Contains(mark);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
