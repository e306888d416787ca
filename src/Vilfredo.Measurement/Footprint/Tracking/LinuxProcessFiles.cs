using System.Buffers.Text;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>What <c>/proc</c> tells of processor time and memory (Linux).</summary>
internal static class LinuxProcessFiles
{
    // Times in /proc are in ticks of USER_HZ, which is 100 on every architecture that .NET runs on.
    private const double SecondsPerTick = 0.01;

    // Index of fields of /proc/ID/stat behind the name, beginning with the state as 0.
    private const int UserTime = 11;
    private const int ResidentPages = 21;

    /// <summary>Times and memory of one process.</summary>
    /// <param name="Own">Processor seconds of its threads.</param>
    /// <param name="Waited">Processor seconds of ended children that it has waited for, and of theirs.</param>
    /// <param name="ResidentBytes">Memory it holds.</param>
    public readonly record struct Times(double Own, double Waited, double ResidentBytes);

    /// <summary>Reads <c>/proc/ID/stat</c>; <see langword="false"/> when there is no such process.</summary>
    public static bool TryRead(int id, byte[] buffer, out Times times)
    {
        times = default;
        var text = Read($"/proc/{id}/stat", buffer);

        // The name in brackets may hold anything, so count from its last bracket.
        var start = text.LastIndexOf((byte)')') + 2;
        if (start < 2 || start >= text.Length) return false;
        Span<long> fields = stackalloc long[ResidentPages + 1];
        Numbers(text[start..], fields);
        times = new Times(
            (fields[UserTime] + fields[UserTime + 1]) * SecondsPerTick, (fields[UserTime + 2] + fields[UserTime + 3]) * SecondsPerTick,
            (double)fields[ResidentPages] * Environment.SystemPageSize);
        return true;
    }

    /// <summary>Adds the ids of the live children that the threads of a process have started.</summary>
    public static void AddChildren(int id, byte[] buffer, ICollection<int> children)
    {
        try
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
            {
                var text = Read($"{thread}/children", buffer);
                while (Utf8Parser.TryParse(text, out int child, out var length))
                {
                    children.Add(child);
                    text = text[length..].TrimStart((byte)' ');
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process has ended: its children belong to another one now.
        }
    }

    /// <summary>Busy processor seconds of the machine since it was started (user, nice, system and interrupts).</summary>
    public static double MachineBusySeconds(byte[] buffer)
    {
        var text = Read("/proc/stat", buffer);
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

    private static void Numbers(ReadOnlySpan<byte> text, Span<long> fields)
    {
        for (var i = 0; i < fields.Length && text.Length > 0; i++)
        {
            _ = Utf8Parser.TryParse(text, out fields[i], out _); // the state is a letter and stays 0
            var space = text.IndexOf((byte)' ');
            text = space < 0 ? [] : text[(space + 1)..];
        }
    }

    private static ReadOnlySpan<byte> Read(string path, byte[] buffer)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return buffer.AsSpan(0, RandomAccess.Read(file, buffer, 0));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // the process has ended or is another user's
        }
    }
}
