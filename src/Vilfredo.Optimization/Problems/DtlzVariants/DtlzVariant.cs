namespace Vilfredo.Optimization.Problems;

/// <summary>A problem made of one of DTLZ: with constraints on its objectives, or with its front turned round.</summary>
/// <remarks>
/// Source: H. Jain, K. Deb, "An evolutionary many-objective optimization algorithm using reference-point based nondominated sorting
/// approach, part II: handling constraints and extending to an adaptive approach", IEEE Transactions on Evolutionary Computation
/// 18(4), 2014.
/// </remarks>
public abstract class DtlzVariant : TestProblem
{
    private protected DtlzVariant(string name, DtlzProblem original, int constraints = 0)
        : base(
            name,
            "H. Jain, K. Deb, \"An evolutionary many-objective optimization algorithm using reference-point based nondominated sorting approach, part II\", IEEE Transactions on Evolutionary Computation 18(4), 2014",
            original.Space,
            original.ObjectiveCount,
            constraints)
    {
        Original = original;
    }

    /// <summary>The problem without constraints.</summary>
    private protected DtlzProblem Original { get; }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        Original.Evaluate(x, 1, f, []);
        Change(f, g);
    }

    /// <summary>Changes the objectives of the original, or writes constraints of them.</summary>
    private protected abstract void Change(Span<double> f, Span<double> g);

    private protected static double SumOf(ReadOnlySpan<double> f)
    {
        var sum = 0.0;
        foreach (var value in f) sum += value;
        return sum;
    }

    private protected static double SquareSumOf(ReadOnlySpan<double> f)
    {
        var sum = 0.0;
        foreach (var value in f) sum += value * value;
        return sum;
    }
}
