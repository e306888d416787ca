namespace Vilfredo.Reproductions;

/// <summary>How a study is run.</summary>
public sealed record RunOptions
{
    /// <summary>The number of seeds, at least 1; <see langword="null"/> for the scale's own.</summary>
    public int? Seeds { get; init; }

    /// <summary>Units that run at a time, at least 1. The values do not depend on it.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Where finished units are kept so that the run can go on; <see langword="null"/> keeps them in memory.</summary>
    public string? RunFile { get; init; }
}
