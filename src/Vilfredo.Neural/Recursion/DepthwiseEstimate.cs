namespace Vilfredo.Neural.Recursion;

/// <summary>What <see cref="DepthwiseBatching"/> estimates.</summary>
/// <param name="Tokens">The tokens written.</param>
/// <param name="Seconds">The seconds of all stages.</param>
/// <param name="BlockPasses">How often the shared block was passed.</param>
/// <param name="Occupancy">The mean share of the slots whose tokens were in a pass of it, in (0, 1].</param>
public sealed record DepthwiseEstimate(long Tokens, double Seconds, long BlockPasses, double Occupancy)
{
    /// <summary>Tokens per second.</summary>
    public double Throughput => Tokens / Seconds;
}
