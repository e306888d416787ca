namespace Vilfredo.Optimization.Problems;

/// <summary>MaF13: five variables whose optima lie on a wave, and objectives from the fourth on that are all the same.</summary>
/// <remarks>
/// The first two variables are in [0, 1], the others in [-2, 2]; optimal are x_i = 2 x_2 sin(2 pi x_1 + i pi / 5). The first three objectives are a sphere on the front, and each further one
/// is f1^2 + f2^10 + f3^10. Source: Cheng et al. 2017.
/// </remarks>
public sealed class Maf13 : MafProblem
{
    private const int Variables = 5;

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 3.</param>
    public Maf13(int objectives = 3)
        : base(13, objectives, CreateSpace(objectives))
    {
        // On the sphere the sum of a^2, b^10 and c^10 is least at a = 0 and b = c.
        IdealPoint = [0, 0, 0, .. Constant(objectives - 3, 2 * Math.Pow(0.5, 5))];
        NadirPoint = Constant(objectives, 1);
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        double Away(int i, ReadOnlySpan<double> x) // y_i squared, i from 1
        {
            var y = x[i - 1] - 2 * x[1] * Math.Sin(2 * Math.PI * x[0] + i * Math.PI / Variables);
            return y * y;
        }

        var (third, fourth, fifth) = (Away(3, x), Away(4, x), Away(5, x));
        var (firstSine, firstCosine) = Math.SinCos(x[0] * (Math.PI / 2));
        var (secondSine, secondCosine) = Math.SinCos(x[1] * (Math.PI / 2));
        f[0] = firstSine + 2 * fourth;
        f[1] = firstCosine * secondSine + 2 * fifth;
        f[2] = firstCosine * secondCosine + 2 * third;
        Further(f, fourth + fifth);
    }

    private protected override double[] Front(int count)
    {
        var sphere = new Dtlz2(3).SampleFront(count);
        var front = new double[count * ObjectiveCount];
        for (var i = 0; i < count; i++)
        {
            var point = front.AsSpan(i * ObjectiveCount, ObjectiveCount);
            sphere.AsSpan(3 * i, 3).CopyTo(point);
            Further(point, 0);
        }

        return front;
    }

    // Twice the mean of the fourth and fifth is their sum.
    private static void Further(Span<double> f, double away) =>
        f[3..].Fill(f[0] * f[0] + Math.Pow(f[1], 10) + Math.Pow(f[2], 10) + away);

    private static DecisionSpace CreateSpace(int objectives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 3);
        return new([.. Enumerable.Range(1, Variables).Select(i => Variable.Real($"x{i}", i <= 2 ? 0 : -2, i <= 2 ? 1 : 2))]);
    }
}
