using Vilfredo.Sorting;

namespace Vilfredo.Studies;

/// <summary>The order of the entries of a rung, best first: by value for one objective; for several by fronts, and within a front so that its first entries cover it (an epsilon-net).</summary>
/// <remarks>
/// The front's first entry is the one that is best in the first objective; each next one is the farthest from those before it, in units of the front's ranges.
/// Source: R. Schmucker, M. Donini, M. B. Zafar, D. Salinas, C. Archambeau, "Multi-objective asynchronous successive halving", arXiv 2106.12639, section 4.
/// </remarks>
internal static class RungOrder
{
    /// <summary>The places of the entries from the best on; of equal ones the earlier comes first.</summary>
    /// <param name="values">Row-major, to be minimised.</param>
    /// <param name="objectives">Values of a row, at least 1.</param>
    public static int[] Of(ReadOnlySpan<double> values, int objectives)
    {
        var count = values.Length / objectives;
        var ranks = new int[count];
        var fronts = new NonDominatedSorter().Rank(values, objectives, ranks);
        var order = new List<int>(count);
        for (var rank = 0; rank < fronts; rank++)
        {
            var front = Enumerable.Range(0, count).Where(i => ranks[i] == rank).ToList();
            order.AddRange(objectives == 1 ? front : Covering(values.ToArray(), objectives, front));
        }

        return [.. order];
    }

    private static List<int> Covering(double[] values, int objectives, List<int> front)
    {
        var widths = Enumerable.Range(0, objectives).Select(j => front.Max(i => values[i * objectives + j]) - front.Min(i => values[i * objectives + j])).Select(width => width > 0 ? width : 1).ToArray();
        var order = new List<int> { front.MinBy(i => values[i * objectives]) };
        var distances = front.ToDictionary(i => i, i => Distance(i, order[0]));
        distances.Remove(order[0]);
        while (distances.Count > 0)
        {
            // The earliest of the farthest, so that the order is the same each time.
            var next = distances.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).First().Key;
            distances.Remove(next);
            order.Add(next);
            foreach (var i in distances.Keys.ToArray()) distances[i] = Math.Min(distances[i], Distance(i, next));
        }

        return order;

        double Distance(int a, int b)
        {
            var square = 0.0;
            for (var j = 0; j < objectives; j++)
            {
                var difference = (values[a * objectives + j] - values[b * objectives + j]) / widths[j];
                square += difference * difference;
            }

            return square;
        }
    }
}
