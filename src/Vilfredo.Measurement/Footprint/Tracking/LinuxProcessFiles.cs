using System.Buffers.Text;
using System.IO.Enumeration;
using System.Runtime.InteropServices;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>What <c>/proc</c> tells of processor time and memory (Linux). Keeps its buffer; not thread-safe.</summary>
/// <remarks>
/// Files are read by system calls without handle objects and path strings: a sample of hundreds of processes opens hundreds of them, and what a
/// sample takes is the overhead of whoever measures.
/// </remarks>
internal sealed unsafe partial class LinuxProcessFiles
{
    // Times in /proc are in ticks of USER_HZ, which is 100 on every architecture that .NET runs on.
    private const double SecondsPerTick = 0.01;

    // Index of fields of /proc/ID/stat behind the name, beginning with the state as 0.
    private const int UserTime = 11;
    private const int ThreadCount = 17;
    private const int ResidentPages = 21;

    private const int LongestPath = 64;
    private const int CloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC
    private const int ThreadProcessorClock = 3; // CLOCK_THREAD_CPUTIME_ID
    private static readonly double PageBytes = Environment.SystemPageSize;

    private byte[] buffer = new byte[4096];

    /// <summary>Times and memory of one process.</summary>
    /// <param name="Own">Processor seconds of its threads.</param>
    /// <param name="Waited">Processor seconds of ended children that it has waited for, and of theirs.</param>
    /// <param name="ResidentBytes">Memory it holds.</param>
    /// <param name="Threads">How many threads it has.</param>
    public readonly record struct Times(double Own, double Waited, double ResidentBytes, int Threads);

    /// <summary>Processor seconds of the calling thread; <see langword="null"/> where there is no such clock.</summary>
    public static double? ThreadSeconds()
    {
        if (!OperatingSystem.IsLinux()) return null;
        TimeSpecification now;
        return GetTime(ThreadProcessorClock, &now) == 0 ? now.Seconds + now.Nanoseconds * 1e-9 : null;
    }

    /// <summary>Reads <c>/proc/ID/stat</c>; <see langword="false"/> when there is no such process.</summary>
    public bool TryRead(int id, out Times times)
    {
        times = default;
        Span<byte> path = stackalloc byte[LongestPath];
        var text = Read(path, Join(path, "/proc/"u8, id, "/stat\0"u8));

        // The name in brackets may hold anything, so count from its last bracket.
        var start = text.LastIndexOf((byte)')') + 2;
        if (start < 2 || start >= text.Length) return false;
        Span<long> fields = stackalloc long[ResidentPages + 1];
        Numbers(text[start..], fields);
        times = new Times(
            (fields[UserTime] + fields[UserTime + 1]) * SecondsPerTick, (fields[UserTime + 2] + fields[UserTime + 3]) * SecondsPerTick,
            fields[ResidentPages] * PageBytes, (int)fields[ThreadCount]);
        return true;
    }

    /// <summary>Adds the ids of the live children that the threads of a process have started.</summary>
    /// <param name="id">The process.</param>
    /// <param name="threads">How many threads it has; a single one has the id of the process, so that none need be looked for.</param>
    /// <param name="children">Where they go.</param>
    public void AddChildren(int id, int threads, Stack<int> children)
    {
        if (threads == 1)
        {
            AddThreadChildren(id, id, children);
            return;
        }

        try
        {
            foreach (var thread in new FileSystemEnumerable<int>($"/proc/{id}/task", Number)) AddThreadChildren(id, thread, children);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process has ended: its children belong to another one now.
        }

        static int Number(ref FileSystemEntry entry) => int.TryParse(entry.FileName, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>Busy processor seconds of the machine since it was started (user, nice, system and interrupts).</summary>
    public double MachineBusySeconds()
    {
        Span<byte> path = stackalloc byte[LongestPath];
        "/proc/stat\0"u8.CopyTo(path);
        var text = ReadOnce(path);
        if (!text.StartsWith("cpu "u8)) return 0;
        Span<long> fields = stackalloc long[7];
        Numbers(text["cpu ".Length..].TrimStart((byte)' '), fields);
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) * SecondsPerTick;
    }

    /// <summary>Logical processors of the machine, also of those that this process may not use.</summary>
    public static int Processors()
    {
        var lines = File.Exists("/proc/stat") ? File.ReadLines("/proc/stat").Count(line => line.Length > 3 && line.StartsWith("cpu", StringComparison.Ordinal) && char.IsAsciiDigit(line[3])) : 0;
        return lines > 0 ? lines : Environment.ProcessorCount;
    }

    private void AddThreadChildren(int id, int thread, Stack<int> children)
    {
        Span<byte> path = stackalloc byte[LongestPath];
        var length = Join(path, "/proc/"u8, id, "/task/"u8);
        var text = Read(path, length + Join(path[length..], ""u8, thread, "/children\0"u8));
        while (Utf8Parser.TryParse(text, out int child, out var digits))
        {
            children.Push(child);
            text = text[digits..].TrimStart((byte)' ');
        }
    }

    private static int Join(Span<byte> path, ReadOnlySpan<byte> before, int number, ReadOnlySpan<byte> after)
    {
        before.CopyTo(path);
        _ = Utf8Formatter.TryFormat(number, path[before.Length..], out var digits);
        after.CopyTo(path[(before.Length + digits)..]);
        return before.Length + digits + after.Length - (after[^1] == 0 ? 1 : 0);
    }

    private static void Numbers(ReadOnlySpan<byte> text, Span<long> fields)
    {
        for (var i = 0; i < fields.Length && text.Length > 0; i++)
        {
            _ = Utf8Parser.TryParse(text, out fields[i], out _); // the state is a letter and stays 0
            var space = text.IndexOf((byte)' ');
            text = space < 0 ? [] : text[(space + 1)..];
        }
    }

    /// <summary>All of a file; nothing when the process has ended or is another user's.</summary>
    private ReadOnlySpan<byte> Read(ReadOnlySpan<byte> path, int length)
    {
        System.Diagnostics.Debug.Assert(path[length] == 0, "The path ends with a zero.");
        var file = OpenFile(path);
        if (file < 0) return [];
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length); // the children of a process with a thousand of them
            nint count;
            fixed (byte* target = &buffer[filled]) count = ReadBytes(file, target, (nuint)(buffer.Length - filled));
            if (count <= 0) break;
            filled += (int)count;
        }

        _ = Close(file);
        return buffer.AsSpan(0, filled);
    }

    /// <summary>The beginning of a file, by one call.</summary>
    private ReadOnlySpan<byte> ReadOnce(ReadOnlySpan<byte> path)
    {
        var file = OpenFile(path);
        if (file < 0) return [];
        nint count;
        fixed (byte* target = buffer) count = ReadBytes(file, target, (nuint)buffer.Length);
        _ = Close(file);
        return buffer.AsSpan(0, (int)Math.Max(0, count));
    }

    private static int OpenFile(ReadOnlySpan<byte> path)
    {
        fixed (byte* text = path) return Open(text, CloseOnExec, 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, TimeSpecification* time);

    [LibraryImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReadBytes(int file, byte* target, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
