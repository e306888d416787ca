namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Inversion: a random stretch of at least two items is turned round, which changes two neighbourhoods of a tour (a 2-opt move).</summary>
/// <remarks>Source: J. H. Holland, "Adaptation in natural and artificial systems", 1975. Every pair of ends is equally likely.</remarks>
public sealed class InversionMutation : MutationOfOrders
{
    /// <summary>Creates the operator for the orders of a space.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="probability">The probability with which each order is mutated, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside its range.</exception>
    public InversionMutation(DecisionSpace space, double probability)
        : base(space, probability)
    {
    }

    private protected override void Change(Span<int> items, RandomGenerator random)
    {
        var (start, end) = OrderVariables.Stretch(items.Length, random);
        items[start..end].Reverse();
    }
}
