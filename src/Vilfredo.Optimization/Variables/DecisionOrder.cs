namespace Vilfredo.Optimization;

/// <summary>
/// An order of items (a permutation) among the variables of a space, held as random keys: a number in [0, 1] for each item; the items stand in the order of their
/// numbers, equal ones in the order of the variables.
/// </summary>
/// <remarks>
/// <para>Every choice of keys is an order, so that optimisers for real variables work on orders too. Those with crossover and mutation of <see cref="Evolutionary.VariationOptions"/> use
/// the operators for permutations instead. What a filter or an objective makes of the keys should depend on the order alone.</para>
/// <para>Source: J. C. Bean, "Genetic algorithms and random keys for sequencing and optimization", ORSA Journal on Computing 6(2), 1994.</para>
/// </remarks>
public sealed class DecisionOrder
{
    private DecisionOrder(string name, int start, int count)
    {
        Name = name;
        Start = start;
        Count = count;
    }

    /// <summary>The name under which <see cref="Variable.Keys"/> made the variables.</summary>
    public string Name { get; }

    /// <summary>The first of the variables.</summary>
    public int Start { get; }

    /// <summary>The number of items, which is that of the variables.</summary>
    public int Count { get; }

    /// <summary>The items of a point, numbered from 0, first to last.</summary>
    /// <param name="decisions">A whole point of the space.</param>
    public int[] Of(ReadOnlySpan<double> decisions)
    {
        var order = new int[Count];
        Read(decisions, order);
        return order;
    }

    /// <summary>Reads the items of a point, numbered from 0, first to last. O(n), or O(n log n) for keys that are not evenly spaced.</summary>
    /// <param name="decisions">A whole point of the space.</param>
    /// <param name="order">Receives <see cref="Count"/> items.</param>
    public void Read(ReadOnlySpan<double> decisions, Span<int> order)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(order.Length, Count);
        var keys = decisions.Slice(Start, Count);
        order.Fill(-1);
        for (var item = 0; item < Count; item++)
        {
            var cell = Math.Clamp((int)(keys[item] * Count), 0, Count - 1);
            if (order[cell] >= 0)
            {
                Sort(keys, order);
                return;
            }

            // One key in each of as many equal cells: the cells are the places.
            order[cell] = item;
        }
    }

    /// <summary>Writes an order into a point, with keys at equal distances.</summary>
    /// <param name="order">Each of the items 0 to <see cref="Count"/> - 1 once.</param>
    /// <param name="decisions">A whole point of the space.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is no permutation of the items.</exception>
    public void Write(ReadOnlySpan<int> order, Span<double> decisions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(order.Length, Count);
        var keys = decisions.Slice(Start, Count);
        keys.Fill(double.NaN);
        for (var place = 0; place < order.Length; place++)
        {
            if ((uint)order[place] >= (uint)Count || !double.IsNaN(keys[order[place]]))
                throw new ArgumentException($"The order of '{Name}' must have each of the items 0 to {Count - 1} once; {order[place]} at place {place} is none of them or comes twice.", nameof(order));
            keys[order[place]] = (place + 0.5) / Count;
        }
    }

    /// <summary>The orders among variables.</summary>
    /// <exception cref="ArgumentException">Keys of one order are not next to each other.</exception>
    internal static DecisionOrder[] Find(ReadOnlySpan<Variable> variables)
    {
        var orders = new List<DecisionOrder>();
        for (var start = 0; start < variables.Length;)
        {
            var end = start + 1;
            if (variables[start].Order is { } name)
            {
                while (end < variables.Length && variables[end].Order == name) end++;
                if (orders.Exists(order => order.Name == name))
                    throw new ArgumentException($"The keys of the order '{name}' are not next to each other; keep the variables of Variable.Keys together.", nameof(variables));
                orders.Add(new(name, start, end - start));
            }

            start = end;
        }

        return [.. orders];
    }

    /// <summary>Gives a point the evenly spaced keys of its order.</summary>
    internal void Space(Span<double> decisions)
    {
        var order = Count <= 256 ? stackalloc int[Count] : new int[Count];
        Read(decisions, order);
        var keys = decisions.Slice(Start, Count);
        for (var place = 0; place < order.Length; place++) keys[order[place]] = (place + 0.5) / Count;
    }

    private static void Sort(ReadOnlySpan<double> keys, Span<int> order)
    {
        var pairs = new (double Key, int Item)[keys.Length];
        for (var item = 0; item < pairs.Length; item++) pairs[item] = (keys[item], item);
        Array.Sort(pairs);
        for (var place = 0; place < pairs.Length; place++) order[place] = pairs[place].Item;
    }
}
