namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>What a sample may use. Limits of time hold for one run of one call, the others for the child process.</summary>
public sealed record RunLimits
{
    private const long MiB = 1 << 20;

    /// <summary>CPU time of one run of a call; 10 s unless said otherwise. A run that passes it is a right-censored observation.</summary>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wall time of one run of a call, for samples that sleep; <see langword="null"/> for twice the CPU time and one second more.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>Memory in bytes: the managed heap of C#, the address space of Python; 512 MiB unless said otherwise.</summary>
    public long MemoryBytes { get; init; } = 512 * MiB;

    /// <summary>Bytes that standard output and standard error may have together; 1 MiB unless said otherwise.</summary>
    public long OutputBytes { get; init; } = MiB;

    /// <summary>Live processes, the sample's own included; 4 unless said otherwise.</summary>
    public int Processes { get; init; } = 4;

    /// <summary>Bytes of any one file it writes, also of the answers that it returns; 64 MiB unless said otherwise.</summary>
    public long FileBytes { get; init; } = 64 * MiB;

    /// <summary>Bytes of all files in its temporary directory; 64 MiB unless said otherwise.</summary>
    public long TemporaryBytes { get; init; } = 64 * MiB;

    /// <summary>Bytes of the stack that calls run on; 64 MiB unless said otherwise.</summary>
    public int StackBytes { get; init; } = (int)(64 * MiB);

    /// <summary>Wall time that the child may need to start and to hand over its answers; 10 s unless said otherwise.</summary>
    public TimeSpan StartAllowance { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wall time of one run that holds.</summary>
    public TimeSpan EffectiveWallTime => WallTime ?? 2 * CpuTime + TimeSpan.FromSeconds(1);

    internal void Check(string parameter)
    {
        const long least = 16 * MiB;
        if (CpuTime <= TimeSpan.Zero || EffectiveWallTime <= TimeSpan.Zero || StartAllowance <= TimeSpan.Zero)
            throw new ArgumentException($"The time limits are {CpuTime} of CPU, {EffectiveWallTime} of wall and {StartAllowance} to start; each must be positive.", parameter);
        if (CpuTime > TimeSpan.FromDays(1) || EffectiveWallTime > TimeSpan.FromDays(1))
            throw new ArgumentException($"The time limits are {CpuTime} of CPU and {EffectiveWallTime} of wall; a run may take a day at most.", parameter);
        if (MemoryBytes < least)
            throw new ArgumentException($"The memory limit is {MemoryBytes} bytes; a runtime needs at least {least}.", parameter);
        if (OutputBytes < 0 || FileBytes < MiB || TemporaryBytes < MiB)
            throw new ArgumentException($"The limits are {OutputBytes} bytes of output, {FileBytes} a file, {TemporaryBytes} of temporary files; files need at least 1 MiB.", parameter);
        if (Processes < 1) throw new ArgumentException($"The limit is {Processes} processes; it must be at least 1, for the sample itself.", parameter);
        if (StackBytes < MiB) throw new ArgumentException($"The stack is {StackBytes} bytes; it must be at least 1 MiB.", parameter);
    }
}
