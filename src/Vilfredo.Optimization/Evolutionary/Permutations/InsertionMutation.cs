namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Insertion: a random item moves to another random place, and those between move up.</summary>
/// <remarks>Source: D. B. Fogel, "An evolutionary approach to the traveling salesman problem", Biological Cybernetics 60, 1988.</remarks>
public sealed class InsertionMutation : MutationOfOrders
{
    /// <summary>Creates the operator for the orders of a space.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="probability">The probability with which each order is mutated, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside its range.</exception>
    public InsertionMutation(DecisionSpace space, double probability)
        : base(space, probability)
    {
    }

    private protected override void Change(Span<int> items, RandomGenerator random)
    {
        var (from, to) = OrderVariables.TwoPlaces(items.Length, random);
        var item = items[from];
        if (from < to) items[(from + 1)..(to + 1)].CopyTo(items[from..]);
        else items[to..from].CopyTo(items[(to + 1)..]);
        items[to] = item;
    }
}
