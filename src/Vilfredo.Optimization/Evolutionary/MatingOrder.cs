namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The order in which parents meet in tournaments: random permutations one after the other, so that every parent takes
/// part equally often (twice per generation, as in the authors' NSGA-II program).
/// </summary>
/// <remarks>Pair p of children has its first parent from tournament entries 4p and 4p + 1, its second from 4p + 2 and 4p + 3.</remarks>
internal sealed class MatingOrder
{
    /// <summary>Tournament entries that a pair of children needs.</summary>
    public const int EntriesPerPair = 4;

    private int[] permutation = [];
    private int position;

    /// <summary>Starts anew with a number of parents.</summary>
    public void Reset(int parents)
    {
        if (permutation.Length != parents) permutation = new int[parents];
        for (var i = 0; i < parents; i++) permutation[i] = i;
        position = parents; // nothing left: the next call shuffles
    }

    /// <summary>The next parent.</summary>
    public int Next(RandomGenerator random)
    {
        if (position == permutation.Length)
        {
            random.Shuffle(permutation.AsSpan());
            position = 0;
        }

        return permutation[position++];
    }
}
