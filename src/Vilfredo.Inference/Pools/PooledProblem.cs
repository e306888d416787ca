namespace Vilfredo.Inference.Pools;

/// <summary>A problem with independent attempts at it.</summary>
/// <param name="Id">Its name, unique in the pool.</param>
/// <param name="Samples">The attempts in the order in which they were drawn, at least one.</param>
public sealed record PooledProblem(string Id, IReadOnlyList<PooledSample> Samples)
{
    /// <summary>The tasks that it belongs to; null where it is not known.</summary>
    public string? Group { get; init; }

    /// <summary>Its right answer; null where the pool does not tell.</summary>
    public string? Answer { get; init; }

    /// <summary>How many attempts are right.</summary>
    public int Correct => Samples.Count(sample => sample.IsCorrect);
}
