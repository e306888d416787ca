namespace Vilfredo.Optimization.Evolutionary;

/// <summary>A crossover of the orders of a space: each order of the parents is recombined by itself.</summary>
public abstract class RecombinationOfOrders : ICrossover
{
    private readonly DecisionOrder[] orders;

    private protected RecombinationOfOrders(DecisionSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        orders = OrderVariables.Of(space);
    }

    /// <inheritdoc/>
    public void Cross(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> firstChild, Span<double> secondChild, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (var order in orders)
        {
            var (mother, father) = (order.Of(first), order.Of(second));
            var (daughter, son) = (new int[order.Count], new int[order.Count]);
            Recombine(mother, father, daughter, son, random);
            order.Write(daughter, firstChild);
            order.Write(son, secondChild);
        }
    }

    /// <summary>Makes two orders of two.</summary>
    private protected abstract void Recombine(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> firstChild, Span<int> secondChild, RandomGenerator random);
}
