namespace Vilfredo.Optimization.Problems;

/// <summary>The family ZDT: f1 depends on the first variable, g on all others, and f2 = g h(f1, g).</summary>
public abstract class ZdtProblem : TestProblem
{
    private protected ZdtProblem(int number, DecisionSpace space)
        : base(
            $"ZDT{number}",
            "E. Zitzler, K. Deb, L. Thiele, \"Comparison of multiobjective evolutionary algorithms: empirical results\", Evolutionary Computation 8(2), 2000",
            space,
            objectives: 2)
    {
    }

    /// <summary>1 + 9 times the mean of all variables but the first.</summary>
    private protected static double LinearG(ReadOnlySpan<double> x) =>
        1 + 9 * RowSums.Sum<RowSums.Identity>(x[1..]) / (x.Length - 1);

    private protected static int AtLeastTwo(int variables)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variables, 2);
        return variables;
    }
}
