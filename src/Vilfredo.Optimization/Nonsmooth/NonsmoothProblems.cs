namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>
/// Functions of two variables with kinks and known minima, of the classical collections of nonsmooth optimisation (L. Luksan and
/// J. Vlcek, Test problems for nonsmooth unconstrained and linearly constrained optimization, 2000). The formulas were written
/// from memory; each minimum is checked by the tests. Pairs of them are bi-objective problems.
/// </summary>
public static class NonsmoothProblems
{
    /// <summary>max{x1^4 + x2^2, (2 - x1)^2 + (2 - x2)^2, 2 exp(x2 - x1)}: 2 at (1, 1).</summary>
    public static ILipschitzObjective Cb3 { get; } = new MaximumOfSmooth(
        (x => Math.Pow(x[0], 4) + x[1] * x[1], x => [4 * Math.Pow(x[0], 3), 2 * x[1]]),
        (x => (2 - x[0]) * (2 - x[0]) + (2 - x[1]) * (2 - x[1]), x => [2 * (x[0] - 2), 2 * (x[1] - 2)]),
        (x => 2 * Math.Exp(x[1] - x[0]), x => [-2 * Math.Exp(x[1] - x[0]), 2 * Math.Exp(x[1] - x[0])]));

    /// <summary>max{5 x1 + x2, -5 x1 + x2, x1^2 + x2^2 + 4 x2}: -3 at (0, -3).</summary>
    public static ILipschitzObjective Dem { get; } = new MaximumOfSmooth(
        (x => 5 * x[0] + x[1], _ => [5, 1]),
        (x => -5 * x[0] + x[1], _ => [-5, 1]),
        (x => Square(x) + 4 * x[1], x => [2 * x[0], 2 * x[1] + 4]));

    /// <summary>max{q, q + 10(4 - 4 x1 - x2), q + 10(6 - x1 - 2 x2)} with q = x1^2 + x2^2: 7.2 at (1.2, 2.4).</summary>
    public static ILipschitzObjective Ql { get; } = new MaximumOfSmooth(
        (Square, x => [2 * x[0], 2 * x[1]]),
        (x => Square(x) + 10 * (4 - 4 * x[0] - x[1]), x => [2 * x[0] - 40, 2 * x[1] - 10]),
        (x => Square(x) + 10 * (6 - x[0] - 2 * x[1]), x => [2 * x[0] - 10, 2 * x[1] - 20]));

    /// <summary>max{-x1 - x2, -x1 - x2 + x1^2 + x2^2 - 1}: -sqrt 2 at (1, 1) / sqrt 2.</summary>
    public static ILipschitzObjective Lq { get; } = new MaximumOfSmooth(
        (x => -x[0] - x[1], _ => [-1, -1]),
        (x => -x[0] - x[1] + Square(x) - 1, x => [2 * x[0] - 1, 2 * x[1] - 1]));

    /// <summary>-x1 + 20 max{x1^2 + x2^2 - 1, 0}: -1 at (1, 0).</summary>
    public static ILipschitzObjective Mifflin1 { get; } = new MaximumOfSmooth(
        (x => -x[0], _ => [-1, 0]),
        (x => -x[0] + 20 * (Square(x) - 1), x => [40 * x[0] - 1, 40 * x[1]]));

    /// <summary>-x1 + 2 (q - 1) + 1.75 |q - 1| with q = x1^2 + x2^2: -1 at (1, 0).</summary>
    public static ILipschitzObjective Mifflin2 { get; } = new MaximumOfSmooth(
        (x => -x[0] + 3.75 * (Square(x) - 1), x => [7.5 * x[0] - 1, 7.5 * x[1]]),
        (x => -x[0] + 0.25 * (Square(x) - 1), x => [0.5 * x[0] - 1, 0.5 * x[1]]));

    /// <summary>max{x1^2 + (x2 - 1)^2 + x2 - 1, -x1^2 - (x2 - 1)^2 + x2 + 1}: 0 at (0, 0); not convex.</summary>
    public static ILipschitzObjective Crescent { get; } = new MaximumOfSmooth(
        (x => x[0] * x[0] + (x[1] - 1) * (x[1] - 1) + x[1] - 1, x => [2 * x[0], 2 * x[1] - 1]),
        (x => -x[0] * x[0] - (x[1] - 1) * (x[1] - 1) + x[1] + 1, x => [-2 * x[0], 3 - 2 * x[1]]));

    private static double Square(double[] x) => x[0] * x[0] + x[1] * x[1];
}
