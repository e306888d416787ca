namespace Vilfredo.Optimization.Evolutionary;

/// <summary>A mutation of the orders of a space: each order changes with a probability, by itself.</summary>
public abstract class MutationOfOrders : IMutation
{
    private readonly DecisionOrder[] orders;

    private protected MutationOfOrders(DecisionSpace space, double probability)
    {
        ArgumentNullException.ThrowIfNull(space);
        VariationOptions.CheckProbability(probability, nameof(probability));
        Probability = probability;
        orders = OrderVariables.Of(space);
    }

    /// <summary>The probability with which each order is mutated.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public void Mutate(Span<double> decisions, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (var order in orders)
        {
            if (!random.NextBoolean(Probability)) continue;
            var items = order.Of(decisions);
            Change(items, random);
            order.Write(items, decisions);
        }
    }

    /// <summary>Changes an order of at least two items.</summary>
    private protected abstract void Change(Span<int> items, RandomGenerator random);
}
