using Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>What a sample did with a list of calls.</summary>
public sealed record SampleRun
{
    /// <summary>The first verdict that is not <see cref="SampleVerdict.Completed"/>, or that.</summary>
    public required SampleVerdict Verdict { get; init; }

    /// <summary>One result per call, in order.</summary>
    public required IReadOnlyList<CallResult> Calls { get; init; }

    /// <summary>Compile errors, policy violations, or the last lines that a process wrote which ended badly.</summary>
    public IReadOnlyList<string> Diagnostics { get; init; } = [];

    /// <summary>The runtime that ran it, such as <c>.NET 10.0.1</c>; <see langword="null"/> when nothing ran.</summary>
    public string? Runtime { get; init; }

    /// <summary>The settings of the runtime that costs depend on. Never compare costs under different ones.</summary>
    public IReadOnlyDictionary<string, string> RuntimeSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>The protections around it, and those that the machine did not offer; <see langword="null"/> when nothing ran.</summary>
    public SandboxReport? Sandbox { get; init; }

    /// <summary>The largest resident memory of a process of the sample in bytes, where it could be measured.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Instructions of the whole process, when they were counted and it ended by itself.</summary>
    internal long? Instructions { get; init; }

    /// <summary>Child processes that were started for it.</summary>
    public int ProcessesStarted { get; init; }
}
