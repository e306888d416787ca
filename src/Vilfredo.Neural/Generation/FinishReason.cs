namespace Vilfredo.Neural.Generation;

/// <summary>Why a continuation ended.</summary>
public enum FinishReason
{
    /// <summary>It drew a stop token.</summary>
    Stop,

    /// <summary>It reached the most tokens allowed.</summary>
    Length,
}
