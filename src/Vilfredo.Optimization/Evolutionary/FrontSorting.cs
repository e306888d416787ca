namespace Vilfredo.Optimization.Evolutionary;

internal sealed class FrontSorting(int objectives)
{
    private int[] order = [];
    private double[] keys = [];
    private List<List<int>> fronts = [];

    public int Rank(ReadOnlySpan<double> points, Span<int> ranks)
    {
        var p = points.ToArray();
        var m = objectives;
        if (order.Length < ranks.Length) order = new int[ranks.Length];
        for (var i = 0; i < ranks.Length; i++) order[i] = i;
        Array.Sort(order, 0, ranks.Length, Comparer<int>.Create((a, b) =>
        {
            for (var k = 0; k < m; k++)
            {
                var c = p[a * m + k].CompareTo(p[b * m + k]);
                if (c != 0) return c;
            }
            return 0;
        }));
        fronts = [];
        for (var i = 0; i < ranks.Length; i++)
        {
            var a = order[i];
            var r = 0;
            for (; r < fronts.Count; r++)
            {
                var dominated = false;
                for (var j = fronts[r].Count - 1; j >= 0 && !dominated; j--)
                {
                    var b = fronts[r][j];
                    bool worse = false, better = false;
                    for (var k = 0; k < m; k++)
                    {
                        worse |= p[b * m + k] > p[a * m + k];
                        better |= p[b * m + k] < p[a * m + k];
                    }
                    dominated = better && !worse;
                }
                if (!dominated) break;
            }
            if (r == fronts.Count) fronts.Add([]);
            fronts[r].Add(a);
            ranks[a] = r;
        }
        return fronts.Count;
    }
}
