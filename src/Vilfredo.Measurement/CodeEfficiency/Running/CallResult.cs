using System.Text.Json;

namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>What one call of a sample did.</summary>
public sealed record CallResult
{
    /// <summary>How it ended.</summary>
    public required SampleVerdict Verdict { get; init; }

    /// <summary>What its first timed run returned, when it returned.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>The full name of the exception's type, when it threw.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>Why it did not return, for people.</summary>
    public string? Message { get; init; }

    /// <summary>The limit that stopped it.</summary>
    public LimitKind? LimitUsed { get; init; }

    /// <summary>The timed runs, in order; empty unless all of them returned.</summary>
    public IReadOnlyList<RunCost> Runs { get; init; } = [];

    internal static CallResult NotRun { get; } = new() { Verdict = SampleVerdict.NotRun };
}
