namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>How a profile is fitted to measurements.</summary>
public enum FitMode
{
    /// <summary>The time of a prompt is that of generating one token; the time per token is the slope over all further tokens.</summary>
    FirstToken,

    /// <summary>The time of a prompt is read off a line through its measurements at one token, not below the shortest prompt's.</summary>
    FirstTokenFromLine,

    /// <summary>
    /// Of an endpoint that shares its hardware and network: the minimum over trials, and what the shortest prompt's first token takes
    /// longer than a further token counts as overhead of the network and framework.
    /// </summary>
    Denoised,
}
