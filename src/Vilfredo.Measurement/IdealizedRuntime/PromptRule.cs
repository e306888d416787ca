namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>How the time of a prompt between the profiled lengths is read from a profile.</summary>
public enum PromptRule
{
    /// <summary>
    /// Linear between profiled lengths, the last slope (not below 0) beyond the longest, the shortest's time below the shortest.
    /// </summary>
    Interpolate,

    /// <summary>
    /// As HELM computes it: the time of the next longer profiled prompt, or of the longest, scaled in proportion to the length.
    /// Not monotone for short prompts, whose time hardly depends on their length; for comparison with published figures.
    /// </summary>
    Helm,
}
