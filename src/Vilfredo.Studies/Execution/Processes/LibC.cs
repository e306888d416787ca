using System.Runtime.InteropServices;

namespace Vilfredo.Studies.Execution;

/// <summary>The calls of the C library that the runner needs on Linux and macOS, with the constants where they differ.</summary>
internal static unsafe partial class LibC
{
    private const string Library = "libc";

    public const int EINTR = 4;
    public const int ECHILD = 10;

    public const short POLLIN = 1;

    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public static int SIGCONT => OperatingSystem.IsMacOS() ? 19 : 18;
    public static int SIGSTOP => OperatingSystem.IsMacOS() ? 17 : 19;

    private static int SIGCHLD => OperatingSystem.IsMacOS() ? 20 : 17;

    public const int X_OK = 1;

    /// <summary><c>F_DUPFD_CLOEXEC</c> on Linux.</summary>
    public const int DuplicateCloseOnExec = 1030;

    /// <summary><c>O_RDONLY | O_CLOEXEC</c> on Linux.</summary>
    public const int ReadOnlyCloseOnExec = 0x80000;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Received;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeValue
    {
        public nint Seconds;

        // 32 bits and padding on macOS, a long on Linux; the low half is right on both (little-endian).
        public nint Microseconds;

        public readonly TimeSpan ToTimeSpan() =>
            new(Seconds * TimeSpan.TicksPerSecond + (int)Microseconds * TimeSpan.TicksPerMicrosecond);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary><c>struct rusage</c>: two times and fourteen longs, of which only the first is read here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceUsage
    {
        public TimeValue User;
        public TimeValue System;
        public nint MaximumResident;
        private fixed long _rest[13];
    }

    /// <summary>Waits for one of the descriptors, to the microsecond on Linux and to the millisecond above on macOS.</summary>
    /// <param name="descriptors">What to wait for.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="wait">The longest wait; <see langword="null"/> for no end.</param>
    /// <returns>How many are ready; 0 when time is over; negative when a signal interrupted the wait.</returns>
    public static int Poll(PollDescriptor* descriptors, nuint count, TimeSpan? wait)
    {
        if (!OperatingSystem.IsLinux())
            return Poll(descriptors, count, wait is { } most ? (int)Math.Min(int.MaxValue, Math.Ceiling(most.TotalMilliseconds)) : -1);
        if (wait is null) return PollPrecisely(descriptors, count, null, null);
        var time = new TimeSpecification
        {
            Seconds = (nint)(wait.Value.Ticks / TimeSpan.TicksPerSecond),
            Nanoseconds = (nint)(wait.Value.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
        };
        return PollPrecisely(descriptors, count, &time, null);
    }

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    // Linux only: macOS has no ppoll.
    [LibraryImport(Library, EntryPoint = "ppoll", SetLastError = true)]
    private static partial int PollPrecisely(PollDescriptor* descriptors, nuint count, TimeSpecification* time, byte* mask);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int processOrGroup, int signal);

    /// <summary>
    /// Lets ended children wait to be asked for their exit code, where this process was itself started with SIGCHLD
    /// ignored: the kernel then throws the codes of all its children away. Any other handling is left as it is.
    /// </summary>
    public static void KeepExitCodesOfChildren()
    {
        const nint defaultAction = 0;
        const nint ignored = 1;
        var action = stackalloc nint[64]; // struct sigaction, whose first field is the handler on Linux and macOS
        if (SignalAction(SIGCHLD, null, action) == 0 && action[0] == ignored) _ = SetSignal(SIGCHLD, defaultAction);
    }

    [LibraryImport(Library, EntryPoint = "sigaction")]
    private static partial int SignalAction(int signal, nint* action, nint* oldAction);

    [LibraryImport(Library, EntryPoint = "signal")]
    private static partial nint SetSignal(int signal, nint handler);

    [LibraryImport(Library, EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait4(int process, int* status, int options, ResourceUsage* usage);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int kind, int id, byte* information, int options);

    [LibraryImport(Library, EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    // Variadic in C, as is syscall below. Integers travel like ordinary arguments on every Linux ABI, but not on macOS,
    // where neither is called.
    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int FileControl(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second);

    [LibraryImport(Library, EntryPoint = "sigemptyset")]
    public static partial int SignalSetEmpty(byte* set);

    [LibraryImport(Library, EntryPoint = "sigfillset")]
    public static partial int SignalSetFill(byte* set);

    [LibraryImport(Library, EntryPoint = "sigdelset")]
    public static partial int SignalSetRemove(byte* set, int signal);

    [LibraryImport(Library, EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* process, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static partial int SpawnAttributesCreate(byte* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int SpawnAttributesDestroy(byte* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SpawnAttributesSetFlags(byte* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SpawnAttributesSetMask(byte* attributes, byte* set);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SpawnAttributesSetDefaults(byte* attributes, byte* set);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int SpawnActionsCreate(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int SpawnActionsDestroy(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int SpawnActionsDuplicate(byte* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial int SpawnActionsChangeDirectory(byte* actions, byte* path);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int SpawnActionsCloseFrom(byte* actions, int from);
}
