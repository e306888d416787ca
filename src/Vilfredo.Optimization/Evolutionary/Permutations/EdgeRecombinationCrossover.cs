namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Edge recombination (ER): a child begins as one of the parents and goes on, from item to item, to a neighbour in either parent; of several to the one with the fewest
/// neighbours left, by chance among equals. When there is none left, it goes to a random item. Orders are taken as round tours.
/// </summary>
/// <remarks>
/// Source: D. Whitley, T. Starkweather, D. Fuquay, "Scheduling problems and traveling salesmen: the genetic edge recombination operator", ICGA 1989. The second child begins as the second
/// parent.
/// </remarks>
public sealed class EdgeRecombinationCrossover : RecombinationOfOrders
{
    private const int MostNeighbors = 4; // two in each parent

    /// <summary>Creates the operator for the orders of a space.</summary>
    public EdgeRecombinationCrossover(DecisionSpace space)
        : base(space)
    {
    }

    private protected override void Recombine(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> firstChild, Span<int> secondChild, RandomGenerator random)
    {
        Tour(first, second, first[0], firstChild, random);
        Tour(first, second, second[0], secondChild, random);
    }

    private static void Tour(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int start, Span<int> child, RandomGenerator random)
    {
        var count = first.Length;
        var neighbors = new int[count * MostNeighbors];
        var left = new int[count]; // neighbours of each item that the tour has not reached
        AddEdges(first, neighbors, left);
        AddEdges(second, neighbors, left);
        var unvisited = Enumerable.Range(0, count).ToArray();
        var place = Enumerable.Range(0, count).ToArray(); // of each item among the unvisited
        var current = start;
        for (var i = 0; ; i++)
        {
            child[i] = current;
            var last = unvisited[count - 1 - i];
            (unvisited[place[current]], place[last]) = (last, place[current]);
            if (i == count - 1) return;
            Forget(current, neighbors, left);
            current = left[current] > 0
                ? Fewest(neighbors.AsSpan(current * MostNeighbors, left[current]), left, random)
                : unvisited[random.NextInt32(count - 1 - i)];
        }
    }

    private static void AddEdges(ReadOnlySpan<int> tour, int[] neighbors, int[] left)
    {
        for (var i = 0; i < tour.Length; i++)
        {
            Add(tour[i], tour[(i + 1) % tour.Length]);
            Add(tour[(i + 1) % tour.Length], tour[i]);
        }

        void Add(int item, int neighbor)
        {
            var known = neighbors.AsSpan(item * MostNeighbors, left[item]);
            if (item != neighbor && !known.Contains(neighbor)) neighbors[item * MostNeighbors + left[item]++] = neighbor;
        }
    }

    // No unvisited item has the visited one as a neighbour any more.
    private static void Forget(int visited, int[] neighbors, int[] left)
    {
        foreach (var item in neighbors.AsSpan(visited * MostNeighbors, left[visited]))
        {
            var known = neighbors.AsSpan(item * MostNeighbors, left[item]);
            known[known.IndexOf(visited)] = known[^1];
            left[item]--;
        }
    }

    private static int Fewest(ReadOnlySpan<int> candidates, int[] left, RandomGenerator random)
    {
        var (best, ties) = (-1, 0);
        foreach (var item in candidates)
        {
            if (best >= 0 && left[item] > left[best]) continue;
            ties = best < 0 || left[item] < left[best] ? 1 : ties + 1;
            if (ties == 1 || random.NextInt32(ties) == 0) best = item;
        }

        return best;
    }
}
