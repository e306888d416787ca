namespace Vilfredo.Optimization.Problems;

/// <summary>The family MaF for many objectives, made of earlier problems whose fronts are bent, scaled or turned round.</summary>
public abstract class MafProblem : TestProblem
{
    private protected MafProblem(int number, int objectives, DecisionSpace space)
        : base(
            $"MaF{number}",
            "R. Cheng, M. Li, Y. Tian, X. Zhang, S. Yang, Y. Jin, X. Yao, \"A benchmark test suite for evolutionary many-objective optimization\", Complex & Intelligent Systems 3, 2017",
            space,
            objectives)
    {
    }

    /// <summary>Variables in [0, 1], so many more than objectives.</summary>
    private protected static DecisionSpace UnitSpace(int objectives, int more)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 2);
        return DecisionSpace.Continuous(objectives + more, 0, 1);
    }

    /// <summary>The sum of (x - 1/2)^2 over the distance variables, which are those behind the first M - 1.</summary>
    private protected double SphereDistance(ReadOnlySpan<double> x) => RowSums.Sum<RowSums.CenteredSquare>(x[(ObjectiveCount - 1)..]);

    private protected static double[] Constant(int count, double value) => [.. Enumerable.Repeat(value, count)];
}
