namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Swap: two random items change places.</summary>
/// <remarks>Source: W. Banzhaf, "The molecular traveling salesman", Biological Cybernetics 64, 1990 [memory].</remarks>
public sealed class SwapMutation : MutationOfOrders
{
    /// <summary>Creates the operator for the orders of a space.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="probability">The probability with which each order is mutated, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside its range.</exception>
    public SwapMutation(DecisionSpace space, double probability)
        : base(space, probability)
    {
    }

    private protected override void Change(Span<int> items, RandomGenerator random)
    {
        var (first, second) = OrderVariables.TwoPlaces(items.Length, random);
        (items[first], items[second]) = (items[second], items[first]);
    }
}
