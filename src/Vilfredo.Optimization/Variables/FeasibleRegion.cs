namespace Vilfredo.Optimization;

/// <summary>The part of a space that its filter leaves, and how random points are found in it.</summary>
internal sealed class FeasibleRegion
{
    private const int UniformTries = 1_000;
    private const int SearchTries = 100_000;
    private const int LargestEnumeration = 100_000;
    private const int ShrinkTries = 100;
    private const ulong SearchSeed = 0x5EED;

    private readonly DecisionSpace space;
    private readonly DecisionFilter filter;
    private readonly Lazy<double[]> anchors;

    public FeasibleRegion(DecisionSpace space, DecisionFilter filter, double[]? known)
    {
        this.space = space;
        this.filter = filter;
        anchors = new Lazy<double[]>(() => Enumerate() ?? known ?? Search());
    }

    public void Sample(RandomGenerator random, Span<double> decisions)
    {
        for (var i = 0; i < UniformTries; i++)
        {
            space.SampleUniform(random, decisions);
            if (filter(decisions)) return;
        }

        // Either all feasible points of a small finite space, or one point to walk from.
        var n = space.Count;
        var starts = anchors.Value;
        starts.AsSpan(random.NextInt32(starts.Length / n) * n, n).CopyTo(decisions);
        if (starts.Length == n) Walk(space, random, decisions, 20 + 10 * n);
    }

    public static void Walk(DecisionSpace space, RandomGenerator random, Span<double> decisions, int steps)
    {
        for (var i = 0; i < steps; i++) Step(space, random, decisions, random.NextInt32(space.Count));
    }

    // Redraws one variable on an interval that shrinks towards its current value until the filter is satisfied.
    // Categories have no order to shrink along; they are redrawn from all categories.
    private static void Step(DecisionSpace space, RandomGenerator random, Span<double> decisions, int j)
    {
        var variable = space.Variables[j];
        var current = decisions[j];
        var (low, high) = (variable.Lower, variable.Upper);
        for (var i = 0; i < ShrinkTries && low < high; i++)
        {
            var candidate = variable.Kind == VariableKind.Real
                ? random.NextDouble(low, high)
                : low + random.NextInt64(0, (long)(high - low));
            decisions[j] = candidate;
            if (space.Satisfies(decisions)) return;
            if (variable.Kind == VariableKind.Categorical) continue;

            var whole = variable.Kind == VariableKind.Integer ? 1 : 0;
            if (candidate < current) low = candidate + whole;
            else high = candidate - whole;
        }

        decisions[j] = current;
    }

    private double[]? Enumerate()
    {
        var radices = new long[space.Count];
        for (var j = 0; j < radices.Length; j++)
        {
            if (space.Variables[j].Cardinality is not { } cardinality) return null;
            radices[j] = cardinality;
        }

        if (MixedRadix.Product(radices) is not (<= LargestEnumeration and { } count)) return null;

        var feasible = new List<double>();
        var digits = new long[radices.Length];
        var point = new double[radices.Length];
        for (var ordinal = 0L; ordinal < count; ordinal++)
        {
            MixedRadix.Decode(ordinal, radices, digits);
            for (var j = 0; j < point.Length; j++) point[j] = space.Variables[j].Lower + digits[j];
            if (filter(point)) feasible.AddRange(point);
        }

        return feasible.Count > 0
            ? [.. feasible]
            : throw new NoFeasibleDecisionException(
                $"None of the {count} points of the decision space satisfies its filter; loosen the filter or widen the bounds.");
    }

    private double[] Search()
    {
        var point = new double[space.Count];
        ReadOnlySpan<double> diagonal = [0, 1, 0.5, 0.25, 0.75, 0.1, 0.9, 0.01, 0.99, 0.001, 0.999];
        foreach (var unit in diagonal)
        {
            for (var j = 0; j < point.Length; j++) point[j] = space.Variables[j].FromUnit(unit);
            if (filter(point)) return point;
        }

        var random = new RandomGenerator(SearchSeed);
        for (var i = 0; i < SearchTries; i++)
        {
            space.SampleUniform(random, point);
            if (filter(point)) return point;
        }

        throw new NoFeasibleDecisionException(
            $"None of {SearchTries} random points of the decision space satisfies its filter. Loosen the filter, narrow the bounds "
            + "to where it holds, or give the space one point that is known to satisfy it.");
    }
}
