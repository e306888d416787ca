namespace Vilfredo.Sorting;

/// <summary>Comparisons of two points whose values are to be minimized.</summary>
/// <remarks>
/// The relations are those of Zitzler et al., "Performance assessment of multiobjective optimizers: an analysis and
/// review" (IEEE Transactions on Evolutionary Computation 7(2), 2003, Table II). Infinities compare as numbers; NaN is
/// refused. Each comparison is O(d) and allocates nothing.
/// </remarks>
public static class Dominance
{
    /// <summary>Compares two points in Pareto dominance.</summary>
    /// <param name="a">The first point.</param>
    /// <param name="b">The second point, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static DominanceRelation Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        CheckLengths(a, b);
        bool aBetter = false, bBetter = false;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] < b[i]) aBetter = true;
            else if (a[i] > b[i]) bBetter = true;
            else if (a[i] != b[i]) ThrowNaN(i);
        }

        return (aBetter, bBetter) switch
        {
            (true, true) => DominanceRelation.Incomparable,
            (true, false) => DominanceRelation.Dominates,
            (false, true) => DominanceRelation.DominatedBy,
            _ => DominanceRelation.Equal,
        };
    }

    /// <summary>Whether <paramref name="a"/> is at least as good in every objective (equal points included).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static bool WeaklyDominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        Compare(a, b) is DominanceRelation.Dominates or DominanceRelation.Equal;

    /// <summary>
    /// Whether <paramref name="a"/> is at least as good in every objective and better in one (Pareto dominance).
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static bool Dominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        Compare(a, b) == DominanceRelation.Dominates;

    /// <summary>Whether <paramref name="a"/> is better in every objective.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static bool StronglyDominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        CheckLengths(a, b);
        var strong = true;
        for (var i = 0; i < a.Length; i++)
        {
            if (double.IsNaN(a[i]) || double.IsNaN(b[i])) ThrowNaN(i);
            strong &= a[i] < b[i];
        }

        return strong;
    }

    /// <summary>
    /// Whether <paramref name="a"/>, improved by <paramref name="epsilon"/> in every objective, weakly dominates
    /// <paramref name="b"/>: <c>a[i] - epsilon &lt;= b[i]</c>.
    /// </summary>
    /// <param name="a">The first point.</param>
    /// <param name="b">The second point.</param>
    /// <param name="epsilon">The tolerance, in the objectives' unit; a finite number. Negative values ask for a margin.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not finite.</exception>
    public static bool AdditiveEpsilonDominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double epsilon)
    {
        CheckLengths(a, b);
        if (!double.IsFinite(epsilon))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "An additive epsilon must be a finite number.");

        var dominates = true;
        for (var i = 0; i < a.Length; i++)
        {
            if (double.IsNaN(a[i]) || double.IsNaN(b[i])) ThrowNaN(i);
            dominates &= a[i] - epsilon <= b[i];
        }

        return dominates;
    }

    /// <summary>
    /// Whether <paramref name="a"/> is within the factor <paramref name="epsilon"/> of <paramref name="b"/> or better
    /// in every objective: <c>a[i] &lt;= epsilon * b[i]</c>.
    /// </summary>
    /// <param name="a">The first point; every value above 0.</param>
    /// <param name="b">The second point; every value above 0.</param>
    /// <param name="epsilon">The factor, finite and above 0; 1 is weak dominance, 1.1 tolerates ten per cent.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN or not above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not finite and above 0.</exception>
    public static bool MultiplicativeEpsilonDominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double epsilon)
    {
        CheckLengths(a, b);
        if (!double.IsFinite(epsilon) || epsilon <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(epsilon), epsilon, "A multiplicative epsilon is a factor: a finite number above 0, where 1 tolerates nothing.");
        }

        var dominates = true;
        for (var i = 0; i < a.Length; i++)
        {
            if (!(a[i] > 0 && b[i] > 0))
            {
                throw new ArgumentException(
                    $"Value {i} of the two points is {a[i]} and {b[i]}; a multiplicative epsilon needs values above 0. "
                    + "Shift the objective or use the additive epsilon.");
            }

            dominates &= a[i] <= epsilon * b[i];
        }

        return dominates;
    }

    /// <summary>
    /// Constrained dominance (Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE
    /// Transactions on Evolutionary Computation 6(2), 2002, section VI): a feasible point dominates an infeasible one,
    /// of two infeasible ones the smaller total violation dominates, and Pareto dominance decides when the violations
    /// are equal.
    /// </summary>
    /// <param name="a">The first point.</param>
    /// <param name="violationOfA">Its total constraint violation: 0 when feasible, else above 0.</param>
    /// <param name="b">The second point.</param>
    /// <param name="violationOfB">Its total constraint violation.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A violation is negative or NaN.</exception>
    public static DominanceRelation CompareConstrained(
        ReadOnlySpan<double> a, double violationOfA, ReadOnlySpan<double> b, double violationOfB)
    {
        CheckViolation(violationOfA, nameof(violationOfA));
        CheckViolation(violationOfB, nameof(violationOfB));
        var pareto = Compare(a, b);
        if (violationOfA < violationOfB) return DominanceRelation.Dominates;
        return violationOfA > violationOfB ? DominanceRelation.DominatedBy : pareto;
    }

    internal static void CheckViolation(double violation, string parameter)
    {
        if (!(violation >= 0))
        {
            throw new ArgumentOutOfRangeException(
                parameter, violation, "A total constraint violation is 0 for a feasible point and above 0 otherwise; sum max(0, g) over the constraints.");
        }
    }

    private static void CheckLengths(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length || a.IsEmpty)
        {
            throw new ArgumentException(
                $"The points have {a.Length} and {b.Length} values; give the same number, at least one, to both.");
        }
    }

    private static void ThrowNaN(int objective) =>
        throw new ArgumentException(
            $"Value {objective} of one of the points is NaN. NaN is an invalid measurement; remove the point or record it as a failed trial.");
}
