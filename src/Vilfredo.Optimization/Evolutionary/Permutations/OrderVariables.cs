namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The orders of a space that can change.</summary>
internal static class OrderVariables
{
    public static DecisionOrder[] Of(DecisionSpace space) => [.. space.Orders.ToArray().Where(order => order.Count > 1)];

    /// <summary>Two different places of an order, each pair equally likely.</summary>
    public static (int First, int Second) TwoPlaces(int count, RandomGenerator random)
    {
        var first = random.NextInt32(count);
        var second = random.NextInt32(count - 1);
        return (first, second < first ? second : second + 1);
    }

    /// <summary>A stretch from a place to behind another, each pair of ends equally likely; it has at least two items.</summary>
    public static (int Start, int End) Stretch(int count, RandomGenerator random)
    {
        var (first, second) = TwoPlaces(count, random);
        return (Math.Min(first, second), Math.Max(first, second) + 1);
    }
}
