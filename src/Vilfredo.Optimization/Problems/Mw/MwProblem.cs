namespace Vilfredo.Optimization.Problems;

/// <summary>
/// The family MW: constraints that make fronts of separate parts, on problems whose distance variables depend on their number or on one
/// another.
/// </summary>
/// <remarks>
/// Source: Z. Ma, Y. Wang, "Evolutionary constrained multiobjective optimization: test suite construction and performance
/// comparisons", IEEE Transactions on Evolutionary Computation 23(6), 2019. Fronts of two objectives have no closed form in general and are found by a
/// search over objective values.
/// </remarks>
public abstract class MwProblem : TestProblem
{
    private protected MwProblem(int number, int objectives, int variables, int constraints, double upper = 1)
        : base(
            $"MW{number}",
            "Z. Ma, Y. Wang, \"Evolutionary constrained multiobjective optimization: test suite construction and performance comparisons\", IEEE Transactions on Evolutionary Computation 23(6), 2019",
            DecisionSpace.Continuous(CheckedVariables(objectives, variables), 0, upper),
            objectives,
            constraints)
    {
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        Objectives(x, f);
        Constrain(f, g);
    }

    private protected abstract void Objectives(ReadOnlySpan<double> x, Span<double> f);

    /// <summary>The constraints, which depend on the objectives only.</summary>
    private protected abstract void Constrain(ReadOnlySpan<double> f, Span<double> g);

    /// <summary>g1: each distance variable has an optimum of its own, and a power that grows with their number flattens the way.</summary>
    private protected double PowerDistance(ReadOnlySpan<double> x)
    {
        var (n, m) = (x.Length, ObjectiveCount);
        var distance = 1.0;
        for (var i = m - 1; i < n; i++)
        {
            var away = Math.Pow(x[i], n - m) - 0.5 - i / (2.0 * n);
            distance += 1 - Math.Exp(-10 * away * away);
        }

        return distance;
    }

    /// <summary>g2: many local optima.</summary>
    private protected double MultimodalDistance(ReadOnlySpan<double> x)
    {
        var n = x.Length;
        var distance = 1.0;
        for (var i = ObjectiveCount - 1; i < n; i++)
        {
            var away = x[i] - (double)i / n;
            var z = 1 - Math.Exp(-10 * away * away);
            distance += 1.5 + 0.1 / n * z * z - 1.5 * Math.Cos(2 * Math.PI * z);
        }

        return distance;
    }

    /// <summary>g3: each variable's optimum depends on the one before.</summary>
    private protected double LinkedDistance(ReadOnlySpan<double> x)
    {
        var distance = 1.0;
        for (var i = ObjectiveCount - 1; i < x.Length; i++)
        {
            var before = x[i - 1] - 0.5;
            var away = x[i] + before * before - 1;
            distance += 2 * away * away;
        }

        return distance;
    }

    private protected static double Square(double value) => value * value;

    private static int CheckedVariables(int objectives, int variables)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(variables, objectives);
        return variables;
    }
}
