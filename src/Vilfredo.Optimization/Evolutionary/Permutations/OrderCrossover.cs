namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Order crossover (OX): a random stretch of one parent stays where it is; behind it, and round to its start, come the other items as they follow one another in the
/// other parent from there on.
/// </summary>
/// <remarks>Source: L. Davis, "Applying adaptive algorithms to epistatic domains", IJCAI 1985. Stretches hold at least two items; every pair of ends is equally likely.</remarks>
public sealed class OrderCrossover : RecombinationOfOrders
{
    /// <summary>Creates the operator for the orders of a space.</summary>
    public OrderCrossover(DecisionSpace space)
        : base(space)
    {
    }

    /// <summary>The child that keeps the places <paramref name="start"/> to <paramref name="end"/> - 1 of the first parent.</summary>
    internal static void Child(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int start, int end, Span<int> child)
    {
        var count = first.Length;
        var kept = new bool[count];
        for (var i = start; i < end; i++) kept[child[i] = first[i]] = true;
        var place = end;
        for (var i = 0; i < count; i++)
        {
            var item = second[(end + i) % count];
            if (!kept[item]) child[place++ % count] = item;
        }
    }

    private protected override void Recombine(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> firstChild, Span<int> secondChild, RandomGenerator random)
    {
        var (start, end) = OrderVariables.Stretch(first.Length, random);
        Child(first, second, start, end, firstChild);
        Child(second, first, start, end, secondChild);
    }
}
