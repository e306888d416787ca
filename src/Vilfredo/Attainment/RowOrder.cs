namespace Vilfredo.Attainment;

/// <summary>Puts rows in lexicographic order, so that results do not depend on the order of the input.</summary>
internal static class RowOrder
{
    public static double[] Sort(List<double> rows, int width)
    {
        var source = rows.ToArray();
        var order = new int[source.Length / width];
        var ascending = true;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            ascending &= i == 0 || Compare(i - 1, i) < 0;
        }

        if (ascending) return source;
        Array.Sort(order, Compare);
        var sorted = new double[source.Length];
        for (var i = 0; i < order.Length; i++)
            source.AsSpan(order[i] * width, width).CopyTo(sorted.AsSpan(i * width));
        return sorted;

        int Compare(int a, int b) => source.AsSpan(a * width, width).SequenceCompareTo(source.AsSpan(b * width, width));
    }
}
