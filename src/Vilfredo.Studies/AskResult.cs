using System.Diagnostics.CodeAnalysis;

namespace Vilfredo.Studies;

/// <summary>A trial to measure, or why there is none.</summary>
public readonly record struct AskResult
{
    private AskResult(AskStatus status, Trial? trial, string reason)
    {
        Status = status;
        Trial = trial;
        Reason = reason;
    }

    /// <summary>What the ask gave.</summary>
    public AskStatus Status { get; }

    /// <summary>The trial, if there is one.</summary>
    public Trial? Trial { get; }

    /// <summary>Why there is no trial; empty when there is one.</summary>
    public string Reason { get; }

    /// <summary>Gets the trial if there is one.</summary>
    public bool TryGetTrial([NotNullWhen(true)] out Trial? trial) => (trial = Trial) is not null;

    internal static AskResult Of(Trial trial) => new(AskStatus.Trial, trial, "");

    internal static AskResult None(AskStatus status, string reason) => new(status, null, reason);
}
