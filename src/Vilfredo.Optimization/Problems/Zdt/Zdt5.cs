namespace Vilfredo.Optimization.Problems;

/// <summary>ZDT5: a deceptive problem of 80 binary variables: 30 bits, then 10 groups of 5. Two objectives.</summary>
/// <remarks>With u the number of ones of a group, f1 = 1 + u of the first group, and g sums 2 + u for u below 5 and 1 for u = 5 over the others. The front has 31 points: f2 = 10 / f1 for f1 = 1..31. Source: Zitzler, Deb and Thiele 2000, test function T5.</remarks>
public sealed class Zdt5 : ZdtProblem
{
    private const int FirstBits = 30, GroupBits = 5;

    /// <summary>Creates the problem.</summary>
    /// <param name="groups">The number of groups of bits, the first included, at least 2; 11 in the paper.</param>
    public Zdt5(int groups = 11)
        : base(5, Bits(FirstBits + GroupBits * (AtLeastTwo(groups) - 1)))
    {
        IdealPoint = [1, (groups - 1) / (FirstBits + 1.0)];
        NadirPoint = [FirstBits + 1, groups - 1];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        f[0] = 1 + RowSums.Sum<RowSums.Identity>(x[..FirstBits]);
        var scale = 0.0;
        for (var start = FirstBits; start < x.Length; start += GroupBits)
        {
            var ones = x[start] + x[start + 1] + x[start + 2] + x[start + 3] + x[start + 4];
            scale += ones < GroupBits ? 2 + ones : 1;
        }

        f[1] = scale / f[0];
    }

    // The front is finite: all its points whatever the count, or evenly chosen ones when fewer are asked for.
    private protected override double[] Front(int count)
    {
        var points = Math.Min(count, FirstBits + 1);
        var front = new double[2 * points];
        for (var i = 0; i < points; i++)
        {
            front[2 * i] = 1 + Math.Round((double)FirstBits * i / (points - 1));
            front[2 * i + 1] = NadirPoint[1] / front[2 * i];
        }

        return front;
    }

    private static DecisionSpace Bits(int count) => new([.. Enumerable.Range(1, count).Select(i => Variable.Binary($"x{i}"))]);
}
