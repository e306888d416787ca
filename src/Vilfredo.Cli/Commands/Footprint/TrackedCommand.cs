using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>Runs a command as if it had been called directly: same streams, signals passed on, its exit code.</summary>
internal sealed class TrackedCommand : IDisposable
{
    /// <summary>What shells say of a command that is there but cannot be run.</summary>
    public const int CannotRun = 126;

    /// <summary>What shells say of a command that is not there.</summary>
    public const int NotFound = 127;

    private const int FileMissing = 2; // ENOENT, ERROR_FILE_NOT_FOUND
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly ProcessStartInfo start;
    private readonly Lock gate = new();
    private Process? process;
    private bool ended;

    /// <summary>Prepares a command; from now on signals are for it.</summary>
    /// <param name="command">The program and its arguments.</param>
    public TrackedCommand(IReadOnlyList<string> command)
    {
        start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        var signals = new List<PosixSignal> { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP };
        if (OperatingSystem.IsLinux()) signals.AddRange([(PosixSignal)10, (PosixSignal)12]); // SIGUSR1 and SIGUSR2
        foreach (var signal in signals) registrations.Add(PosixSignalRegistration.Create(signal, PassOn));
    }

    /// <summary>Starts the command, waits for its end and returns its exit code; 128 plus the signal that ended it.</summary>
    /// <param name="problem">Why it could not be started; empty otherwise.</param>
    public int Run(out string problem)
    {
        problem = "";
        try
        {
            lock (gate) process = Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            problem = $"{start.FileName}: cannot be started: {error.Message}";
            return error.NativeErrorCode == FileMissing ? NotFound : CannotRun;
        }

        process.WaitForExit();
        lock (gate) ended = true;
        return process.ExitCode;
    }

    /// <summary>Gives signals their usual effect again.</summary>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        process?.Dispose();
    }

    private void PassOn(PosixSignalContext context)
    {
        context.Cancel = true;

        // A key such as Ctrl-C reaches everything in the foreground by itself; a second signal could mean "at once" to the command.
        if (context.Signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT && (OperatingSystem.IsWindows() || IsInForeground())) return;
        lock (gate)
        {
            if (process is not null && !ended && !OperatingSystem.IsWindows()) _ = Kill(process.Id, Number(context.Signal));
        }
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTERM => 15,
        _ => (int)signal,
    };

    /// <summary>Whether this process belongs to the group that the terminal's keys go to (Linux; elsewhere whether it reads from a terminal).</summary>
    private static bool IsInForeground()
    {
        if (!OperatingSystem.IsLinux()) return !Console.IsInputRedirected;
        var text = File.ReadAllText("/proc/self/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // state, parent, group, session, terminal, its foreground group
        return fields[2] == fields[5];
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
