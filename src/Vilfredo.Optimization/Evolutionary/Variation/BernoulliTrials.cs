namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Independent trials of one probability over a row of positions, drawn by their gaps: the number of failures before a
/// success is geometric, so that a row of many positions with few successes costs few random numbers.
/// </summary>
internal readonly struct BernoulliTrials(double probability)
{
    private readonly double perLogarithm = 1 / Math.Log(1 - probability); // -0 at probability 1, -infinity at 0

    /// <summary>The first success after a position; <see cref="int.MaxValue"/> when it is further than any row.</summary>
    public int Next(int position, RandomGenerator random)
    {
        if (probability == 0) return int.MaxValue;
        var failures = Math.Log(1 - random.NextDouble()) * perLogarithm;
        return failures < int.MaxValue - 1 - position ? position + 1 + (int)failures : int.MaxValue;
    }
}
