namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Partially mapped crossover (PMX): a random stretch comes from one parent, and every other place from the other parent; an item that is in the stretch already is
/// replaced by the one that the other parent has where the stretch holds it, until it is new.
/// </summary>
/// <remarks>Source: D. E. Goldberg, R. Lingle, "Alleles, loci, and the traveling salesman problem", ICGA 1985. Stretches hold at least two items; every pair of ends is equally likely.</remarks>
public sealed class PartiallyMappedCrossover : RecombinationOfOrders
{
    /// <summary>Creates the operator for the orders of a space.</summary>
    public PartiallyMappedCrossover(DecisionSpace space)
        : base(space)
    {
    }

    /// <summary>The child that has the places <paramref name="start"/> to <paramref name="end"/> - 1 of the first parent.</summary>
    internal static void Child(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int start, int end, Span<int> child)
    {
        var placeInStretch = new int[first.Length];
        Array.Fill(placeInStretch, -1);
        for (var i = start; i < end; i++) placeInStretch[child[i] = first[i]] = i;
        for (var i = 0; i < child.Length; i++)
        {
            if (i >= start && i < end) continue;
            var item = second[i];
            while (placeInStretch[item] >= 0) item = second[placeInStretch[item]];
            child[i] = item;
        }
    }

    private protected override void Recombine(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> firstChild, Span<int> secondChild, RandomGenerator random)
    {
        var (start, end) = OrderVariables.Stretch(first.Length, random);
        Child(first, second, start, end, firstChild);
        Child(second, first, start, end, secondChild);
    }
}
