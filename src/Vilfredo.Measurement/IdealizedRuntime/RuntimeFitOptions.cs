namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>Settings of <see cref="RuntimeFit.Fit"/>.</summary>
public sealed record RuntimeFitOptions
{
    /// <summary>How the profile is fitted.</summary>
    public FitMode Mode { get; init; } = FitMode.FirstToken;

    /// <summary>What stands for the trials of a cell; <see langword="null"/>: the minimum when denoising, else the mean.</summary>
    public CellStatistic? Statistic { get; init; }

    /// <summary>
    /// Whether times are rounded to milliseconds as in the published profiles. Destroys profiles of models that take less.
    /// </summary>
    public bool RoundToMilliseconds { get; init; }
}
