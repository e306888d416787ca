namespace Vilfredo.Reproductions;

/// <summary>How far a run is.</summary>
/// <param name="Finished">Units that are finished, those of an earlier start included.</param>
/// <param name="Resumed">Units that an earlier start had finished.</param>
/// <param name="Total">All units.</param>
/// <param name="Elapsed">The time of this start.</param>
public sealed record ReproductionProgress(int Finished, int Resumed, int Total, TimeSpan Elapsed)
{
    /// <summary>The time left at the rate of this start; <see langword="null"/> before its first unit.</summary>
    public TimeSpan? Remaining => Finished > Resumed ? Elapsed * ((double)(Total - Finished) / (Finished - Resumed)) : null;
}
