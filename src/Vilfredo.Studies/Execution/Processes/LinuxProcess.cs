using System.Buffers.Text;
using System.IO.Enumeration;
using System.Text;
using System.Text.Unicode;

namespace Vilfredo.Studies.Execution;

/// <summary>What <c>/proc</c> tells of one process (Linux).</summary>
internal readonly record struct LinuxProcess(int Id, int Parent, int Group, int Session, ulong StartTime, bool IsDead)
{
    /// <summary>Room for <c>stat</c> and <c>status</c>; both are below 2 KiB.</summary>
    private const int SmallFile = 4096;

    /// <summary>The ids of all processes that are visible here.</summary>
    public static IReadOnlyList<int> All() => Numbers("/proc");

    /// <summary>Reads <c>/proc/ID/stat</c>.</summary>
    /// <returns><see langword="false"/> when there is no such process.</returns>
    public static bool TryRead(int id, out LinuxProcess process)
    {
        process = default;
        Span<byte> buffer = stackalloc byte[SmallFile];
        var text = ReadFile(id, "stat", buffer);

        // "ID (NAME) STATE PARENT GROUP SESSION ...": the name may hold spaces and brackets, so count from its last bracket.
        var afterName = text.LastIndexOf((byte)')') + 2;
        if (afterName < 2 || afterName >= text.Length) return false;
        var fields = text[afterName..];
        var isDead = fields[0] is (byte)'Z' or (byte)'X';
        Span<ulong> numbers = stackalloc ulong[20];
        fields = fields[2..];
        for (var i = 1; i < numbers.Length; i++)
        {
            // Field 8 of the file (the terminal's group) may be -1; none of the fields used here is negative.
            _ = Utf8Parser.TryParse(fields, out numbers[i], out _);
            var space = fields.IndexOf((byte)' ');
            if (space < 0) return false;
            fields = fields[(space + 1)..];
        }

        process = new LinuxProcess(id, (int)numbers[1], (int)numbers[2], (int)numbers[3], numbers[19], isDead);
        return true;
    }

    /// <summary>Resident memory of a process in bytes from <c>/proc/ID/status</c>: now, and its peak since its last exec.</summary>
    /// <returns><see langword="false"/> when the process is gone or has no memory any more.</returns>
    public static bool TryReadMemory(int id, out long resident, out long peak, out int threads)
    {
        Span<byte> buffer = stackalloc byte[SmallFile];
        var text = ReadFile(id, "status", buffer);
        threads = (int)NumberAfter(text, "\nThreads:\t"u8);
        peak = NumberAfter(text, "\nVmHWM:\t"u8) * 1024;
        resident = NumberAfter(text, "\nVmRSS:\t"u8) * 1024;
        return peak > 0;
    }

    /// <summary>The ids of the live children that a process' threads have started.</summary>
    public static void AddChildren(int id, int threads, List<int> children)
    {
        if (threads <= 1)
        {
            AddChildrenOfThread(id, id, children);
            return;
        }

        foreach (var thread in Numbers($"/proc/{id}/task")) AddChildrenOfThread(id, thread, children);
    }

    /// <summary>The value of a variable in the environment with which the process was started, or <see langword="null"/>.</summary>
    public static string? EnvironmentOf(int id, string variable)
    {
        var environment = ReadWholeFile($"/proc/{id}/environ");
        var name = Encoding.UTF8.GetBytes(variable + '=');
        for (var rest = environment.AsSpan(); rest.Length > 0;)
        {
            var end = rest.IndexOf((byte)0);
            var entry = end < 0 ? rest : rest[..end];
            if (entry.StartsWith(name)) return Encoding.UTF8.GetString(entry[name.Length..]);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return null;
    }

    /// <summary>The id given to the newest process of this namespace; 0 when unknown.</summary>
    public static int NewestId()
    {
        var text = ReadWholeFile("/proc/loadavg").AsSpan().TrimEnd((byte)'\n');
        return Utf8Parser.TryParse(text[(text.LastIndexOf((byte)' ') + 1)..], out int id, out _) ? id : 0;
    }

    private static void AddChildrenOfThread(int id, int thread, List<int> children)
    {
        Span<byte> buffer = stackalloc byte[SmallFile];
        var text = ReadFile(id, $"task/{thread}/children", buffer);
        while (Utf8Parser.TryParse(text, out int child, out var length))
        {
            children.Add(child);
            text = text[length..].TrimStart((byte)' ');
        }
    }

    private static long NumberAfter(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label)
    {
        var at = text.IndexOf(label);
        if (at < 0) return 0;
        return Utf8Parser.TryParse(text[(at + label.Length)..].TrimStart((byte)' '), out long number, out _) ? number : 0;
    }

    /// <summary>Reads the beginning of a file below <c>/proc/ID</c> without allocating; empty when it cannot be read.</summary>
    private static unsafe ReadOnlySpan<byte> ReadFile(int id, string file, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[96];
        if (!Utf8.TryWrite(path[..^1], $"/proc/{id}/{file}", out var length)) return [];
        path[length] = 0;
        fixed (byte* name = path)
        fixed (byte* target = buffer)
        {
            var descriptor = LibC.Open(name, LibC.ReadOnlyCloseOnExec);
            if (descriptor < 0) return [];
            var count = LibC.Read(descriptor, target, (nuint)buffer.Length);
            _ = LibC.Close(descriptor);
            return count <= 0 ? [] : buffer[..(int)count];
        }
    }

    private static byte[] ReadWholeFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // the process is gone or another user's
        }
    }

    /// <summary>The entries of a folder whose names are numbers.</summary>
    private static int[] Numbers(string folder)
    {
        try
        {
            return [.. new FileSystemEnumerable<int>(folder, (ref FileSystemEntry entry) => int.Parse(entry.FileName))
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => int.TryParse(entry.FileName, out _),
            }];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // the process is gone
        }
    }
}
