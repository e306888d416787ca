namespace Vilfredo.Studies;

/// <summary>How a study is run in this process.</summary>
public sealed record RunOptions
{
    /// <summary>How many trials run at once here; the definition's number when not given.</summary>
    public int? Parallelism { get; init; }

    /// <summary>Is told of every finished trial.</summary>
    public IProgress<RunProgress>? Progress { get; init; }
}
