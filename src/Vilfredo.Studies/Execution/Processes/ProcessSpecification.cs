using System.Collections.ObjectModel;

namespace Vilfredo.Studies.Execution;

/// <summary>One child process to run: what, where, with which input and within which limits. Never goes through a shell.</summary>
public sealed record ProcessSpecification
{
    /// <summary>Bytes of each output stream that are kept unless said otherwise: 1 MiB.</summary>
    public const int DefaultKeptOutputBytes = 1 << 20;

    /// <summary>Last output lines kept for messages unless said otherwise.</summary>
    public const int DefaultTailLines = 20;

    /// <summary>
    /// The program: a name to look up in the child's <c>PATH</c>, or a path. A relative path with a slash is resolved
    /// against <see cref="WorkingDirectory"/>, as a shell would after <c>cd</c>.
    /// </summary>
    public required string FileName { get; init; }

    /// <summary>The arguments after the program's name, each passed as it is.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables set on top of this process' environment; <see langword="null"/> as value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>The child's working directory; <see langword="null"/> for this process' own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// A file read as standard input, relative to this process' directory; <see langword="null"/> for an empty input.
    /// </summary>
    public string? StandardInputFile { get; init; }

    /// <summary>
    /// A file that receives standard output (created or emptied), relative to this process' directory;
    /// <see langword="null"/> to capture it. The child writes to the file itself; its first and last part are kept as
    /// for captured output.
    /// </summary>
    public string? StandardOutputFile { get; init; }

    /// <summary>The longest wall time before the process and its descendants are killed; <see langword="null"/> for none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// The largest resident memory of the whole tree in bytes before it is killed; <see langword="null"/> for none. Looked
    /// at every 0.1 to 25 ms, so that a fast allocation can pass it for that long; pages that processes share count once
    /// for each. Linux and Windows (there the child alone); elsewhere a limit is refused with
    /// <see cref="ProcessOutcome.FailedToStart"/>.
    /// </summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>
    /// The most live processes that the tree may have, the child itself included, before it is killed; <see langword="null"/> for none.
    /// Looked at as often as memory is, so that quick forks can pass it for that long. Linux only; elsewhere a limit is refused with
    /// <see cref="ProcessOutcome.FailedToStart"/>.
    /// </summary>
    public int? ProcessLimit { get; init; }

    /// <summary>
    /// The most bytes that standard output and standard error may have together before the process is killed;
    /// <see langword="null"/> for none (what is kept in memory is bounded in any case).
    /// </summary>
    public long? OutputLimitBytes { get; init; }

    /// <summary>Bytes of each stream kept in memory: half for its beginning, half for its end. The rest is only counted.</summary>
    public int KeptOutputBytes { get; init; } = DefaultKeptOutputBytes;

    /// <summary>How many of the last output lines <see cref="ProcessResult.LastLines"/> keeps.</summary>
    public int TailLines { get; init; } = DefaultTailLines;

    /// <summary>
    /// Told each whole line of captured standard output as it comes, on the run's own thread: be quick. <see langword="null"/> for none. Not for output that goes to a file.
    /// </summary>
    public Action<string>? OutputLine { get; init; }

    /// <summary>Checks every field that can be wrong without looking at the machine.</summary>
    /// <returns>What is wrong and how to mend it, or <see langword="null"/>.</returns>
    internal string? FindProblem()
    {
        if (string.IsNullOrWhiteSpace(FileName)) return "the command is empty; name a program";
        if (FileName.Contains('\0')) return "the program's name holds a NUL character, which no system allows";
        for (var i = 0; i < Arguments.Count; i++)
        {
            if (Arguments[i].Contains('\0'))
                return $"argument {i + 1} holds a NUL character, which no system allows in arguments; pass it through a file";
        }

        foreach (var (name, value) in Environment)
        {
            if (name.Length == 0 || name.Contains('=') || name.Contains('\0') || value?.Contains('\0') == true)
                return $"the environment variable '{name}' cannot be set: a name has no '=', and neither part a NUL character";
        }

        if (TimeLimit is { } time && time <= TimeSpan.Zero) return $"the time limit is {time}; it must be positive";
        if (MemoryLimitBytes is <= 0) return $"the memory limit is {MemoryLimitBytes} bytes; it must be positive";
        if (ProcessLimit is < 1) return $"the process limit is {ProcessLimit}; it must be at least 1, for the child itself";
        if (ProcessLimit is not null && !OperatingSystem.IsLinux())
            return "a limit of the number of processes is not supported on this system; leave it out";
        if (OutputLimitBytes is < 0) return $"the output limit is {OutputLimitBytes} bytes; it must not be negative";
        if (KeptOutputBytes < 0) return $"the kept output is {KeptOutputBytes} bytes; it must not be negative";
        if (TailLines < 0) return $"the number of kept lines is {TailLines}; it must not be negative";
        return null;
    }
}
