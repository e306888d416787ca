using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Vilfredo.CodeHost;

/// <summary>CPU time of the calling thread and of the process, and the sure way to end it.</summary>
internal static unsafe partial class ThreadClock
{
    /// <summary>CPU seconds of the calling thread; <see langword="null"/> on systems without that clock.</summary>
    public static double? ThreadSeconds() => OperatingSystem.IsLinux() ? Read(3) : OperatingSystem.IsMacOS() ? Read(16) : null;

    /// <summary>CPU seconds of all threads of the process.</summary>
    public static double ProcessSeconds() => OperatingSystem.IsLinux() ? Read(2) : OperatingSystem.IsMacOS() ? Read(12) : PortableProcessSeconds();

    /// <summary>Ends the process at once, without handlers, finalizers or a wait for any thread.</summary>
    public static void ExitNow(int code)
    {
        if (OperatingSystem.IsWindows()) Process.GetCurrentProcess().Kill();
        else Exit(code);
    }

    /// <summary>Closes a descriptor that came from the parent, so that no process the sample starts gets it.</summary>
    public static void CloseInherited(int descriptor) => _ = Close(descriptor);

    private static double PortableProcessSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static double Read(int clock)
    {
        TimeSpecification time;
        return GetTime(clock, &time) == 0 ? time.Seconds + time.Nanoseconds * 1e-9 : 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, TimeSpecification* time);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
