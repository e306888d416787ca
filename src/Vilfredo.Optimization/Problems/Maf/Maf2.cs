namespace Vilfredo.Optimization.Problems;

/// <summary>MaF2: the middle of a sphere, with a distance of its own for each objective.</summary>
/// <remarks>Variables in [0, 1]. On the front all angles are between an eighth and three eighths of a half turn. Source: Cheng et al. 2017.</remarks>
public sealed class Maf2 : MafProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf2(int objectives = 3)
        : base(2, objectives, UnitSpace(objectives, 9))
    {
        // A product of sines and cosines, of which each is between the two numbers.
        var (least, most) = (Math.Cos(3 * Math.PI / 8), Math.Cos(Math.PI / 8));
        int Factors(int m) => Math.Min(objectives - 1, objectives - m); // of objective m, from 0
        IdealPoint = [.. Enumerable.Range(0, objectives).Select(m => Math.Pow(least, Factors(m)))];
        NadirPoint = [.. Enumerable.Range(0, objectives).Select(m => Math.Pow(most, Factors(m)))];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        OnMiddle(x[..(f.Length - 1)], f);
        var distance = x[(f.Length - 1)..];
        var share = distance.Length / f.Length;
        for (var m = 0; m < f.Length; m++)
        {
            var own = m < f.Length - 1 ? distance.Slice(m * share, share) : distance[(m * share)..];
            f[m] *= 1 + RowSums.Sum<RowSums.CenteredSquare>(own) / 4; // of x / 2 + 1/4
        }
    }

    // The corners first, so that all ends are there.
    private protected override double[] Front(int count)
    {
        var positions = ObjectiveCount - 1;
        var corners = Math.Min(count, 1L << Math.Min(positions, 20));
        var sequence = new HaltonSequence(positions);
        var front = new double[count * ObjectiveCount];
        var x = new double[positions];
        for (var i = 0; i < count; i++)
        {
            if (i >= corners) sequence.At(i, x);
            else for (var j = 0; j < positions; j++) x[j] = (i >> Math.Min(j, 31)) & 1;
            OnMiddle(x, front.AsSpan(i * ObjectiveCount, ObjectiveCount));
        }

        return front;
    }

    private static void OnMiddle(ReadOnlySpan<double> x, Span<double> f)
    {
        var product = 1.0;
        for (var i = 0; i < x.Length; i++)
        {
            var (sine, cosine) = Math.SinCos((x[i] / 2 + 0.25) * (Math.PI / 2));
            f[^(i + 1)] = product * sine;
            product *= cosine;
        }

        f[0] = product;
    }
}
