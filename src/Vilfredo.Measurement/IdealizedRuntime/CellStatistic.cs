namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>The number that stands for the trials of one prompt and output length.</summary>
public enum CellStatistic
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The median, which a few disturbed trials do not move.</summary>
    Median,

    /// <summary>The minimum: what contention, which only ever adds time, left untouched.</summary>
    Minimum,
}
