namespace Vilfredo.Inference.Strategies.Search;

/// <summary>The sizes of searches that go level by level.</summary>
internal static class LevelCounts
{
    /// <summary>The most nodes of chains that grow side by side, saturated.</summary>
    public static int Chains(int chains, int depth) =>
        chains >= 1 && depth >= 1 ? (int)Math.Min(int.MaxValue, (long)chains * depth) : throw new ArgumentOutOfRangeException(nameof(chains), $"{chains} chains of {depth} steps are wanted; each number must be at least 1.");

    /// <summary>The most nodes of a search that keeps some nodes of each level: c + (c, c², ... but at most keep) · c for each further level, saturated.</summary>
    public static int Trials(int keep, int children, int depth)
    {
        if (keep < 1 || children < 1 || depth < 1)
            throw new ArgumentOutOfRangeException(nameof(keep), $"A search keeps {keep} nodes with {children} children on {depth} levels; each number must be at least 1.");
        var (sum, kept) = (0L, 1L);
        for (var level = 0; level < depth && sum < int.MaxValue; level++)
        {
            sum += kept * children;
            kept = Math.Min(keep, kept * children);
        }

        return (int)Math.Min(int.MaxValue, sum);
    }
}
