using System.Runtime.Intrinsics;

namespace Vilfredo.Optimization;

/// <summary>
/// The variables of a problem and the constraint between them. A point of the space is one <see cref="double"/> per
/// variable; many points are a row-major matrix. Immutable and safe to share between threads.
/// </summary>
public sealed class DecisionSpace
{
    private readonly Variable[] variables;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly FeasibleRegion? region;
    private readonly DecisionOrder[] orders;

    /// <summary>Creates a space.</summary>
    /// <param name="variables">At least one variable; names are unique.</param>
    /// <param name="filter">What decisions must satisfy to be proposed; <see langword="null"/> when all may be.</param>
    /// <param name="feasiblePoint">
    /// A point known to satisfy <paramref name="filter"/>, for filters that random points hardly ever satisfy; optional.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There is no variable, two share a name, the keys of an order are not next to each other, or <paramref name="feasiblePoint"/> is outside the
    /// space or the filter.
    /// </exception>
    public DecisionSpace(IReadOnlyList<Variable> variables, DecisionFilter? filter = null, ReadOnlySpan<double> feasiblePoint = default)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (variables.Count == 0)
            throw new ArgumentException("A decision space needs at least one variable.", nameof(variables));

        this.variables = [.. variables];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in this.variables)
        {
            if (!names.Add(variable.Name))
                throw new ArgumentException($"Two variables are called '{variable.Name}'; names must be unique.", nameof(variables));
        }

        lower = Array.ConvertAll(this.variables, v => v.Lower);
        upper = Array.ConvertAll(this.variables, v => v.Upper);
        orders = DecisionOrder.Find(this.variables);
        IsContinuous = orders.Length == 0 && Array.TrueForAll(this.variables, v => v.Kind == VariableKind.Real);
        Filter = filter;
        if (!feasiblePoint.IsEmpty)
        {
            Validate(feasiblePoint, nameof(feasiblePoint));
            if (!Satisfies(feasiblePoint))
                throw new ArgumentException("The point given as feasible does not satisfy the filter.", nameof(feasiblePoint));
        }

        region = filter is null ? null : new FeasibleRegion(this, filter, feasiblePoint.IsEmpty ? null : feasiblePoint.ToArray());
    }

    /// <summary>The variables, in the order in which their values stand in a point.</summary>
    public ReadOnlySpan<Variable> Variables => variables;

    /// <summary>The number of variables, which is the length of a point.</summary>
    public int Count => variables.Length;

    /// <summary>The orders (permutations) among the variables.</summary>
    public ReadOnlySpan<DecisionOrder> Orders => orders;

    /// <summary>Whether every variable is real and none is a key of an order.</summary>
    public bool IsContinuous { get; }

    /// <summary>What decisions must satisfy to be proposed, or <see langword="null"/>.</summary>
    public DecisionFilter? Filter { get; }

    /// <summary>A space of <paramref name="count"/> real variables x1, x2, ... with the same bounds.</summary>
    /// <exception cref="ArgumentException">The count is below 1 or the bounds are invalid.</exception>
    public static DecisionSpace Continuous(int count, double lower, double upper) =>
        new([.. Enumerable.Range(1, Math.Max(count, 0)).Select(i => Variable.Real($"x{i}", lower, upper))]);

    /// <summary>The space of the orders of <paramref name="count"/> items: one <see cref="DecisionOrder"/> and nothing else.</summary>
    /// <exception cref="ArgumentException">The count is below 1.</exception>
    public static DecisionSpace Permutation(int count) => new(Variable.Keys("key", count));

    /// <summary>Whether the point satisfies the filter. True without a filter; bounds are not looked at.</summary>
    public bool Satisfies(ReadOnlySpan<double> decisions) => Filter is null || Filter(decisions);

    /// <summary>Whether every value is one its variable can take. The filter is not looked at.</summary>
    public bool Contains(ReadOnlySpan<double> decisions)
    {
        if (decisions.Length != variables.Length) return false;
        return IsInside(decisions);
    }

    /// <summary>Checks the shape of one or several points and that each value is one its variable can take.</summary>
    /// <returns>The number of points.</returns>
    /// <exception cref="ArgumentException">
    /// The length is not a multiple of the number of variables, or a value is NaN, out of bounds, or not whole where it must be.
    /// </exception>
    public int Validate(ReadOnlySpan<double> decisions, string parameter = "decisions")
    {
        var rows = RowsOf(decisions, parameter);
        for (var row = 0; row < rows; row++)
        {
            var point = decisions.Slice(row * variables.Length, variables.Length);
            if (!IsInside(point)) ThrowOutside(point, row, parameter);
        }

        return rows;
    }

    /// <summary>
    /// Moves every value to the nearest one its variable can take (whole numbers by rounding). NaN stays NaN. The result
    /// need not satisfy the filter. Keys of an order stay what they are within [0, 1].
    /// </summary>
    /// <param name="decisions">One or several points.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of the number of variables.</exception>
    public void Clamp(Span<double> decisions)
    {
        RowsOf(decisions, nameof(decisions));
        for (var i = 0; i < decisions.Length; i++) decisions[i] = variables[i % variables.Length].Clamp(decisions[i]);
    }

    /// <summary>
    /// Maps a point of the unit cube to the space; uniform points give uniform decisions (each category and whole number
    /// has an equal share of [0, 1)). The filter is not looked at.
    /// </summary>
    /// <param name="unit">One number in [0, 1] per variable.</param>
    /// <param name="decisions">Receives the point; may be the same memory as <paramref name="unit"/>.</param>
    /// <exception cref="ArgumentException">A length is not the number of variables.</exception>
    public void FromUnit(ReadOnlySpan<double> unit, Span<double> decisions)
    {
        CheckPoint(unit, nameof(unit));
        CheckPoint(decisions, nameof(decisions));
        for (var j = 0; j < variables.Length; j++) decisions[j] = variables[j].FromUnit(unit[j]);
        SpaceKeys(decisions);
    }

    /// <summary>Writes a random point that satisfies the filter.</summary>
    /// <remarks>
    /// <para>Without a filter the point is uniform in the space. With one, up to 1,000 uniform points are tried, which is
    /// uniform on the feasible part when it succeeds.</para>
    /// <para>When all fail, a small finite space (up to 100,000 points) gives a uniform choice among all its feasible points.
    /// In any other space the point comes from a random walk inside the feasible part, started from a known feasible point:
    /// the one given to the constructor, else the first found at the corners and along the diagonal of the space, else
    /// the first of 100,000 uniform points. The walk redraws one variable at a time on an interval that shrinks towards
    /// the current value (Neal, "Slice sampling", Annals of Statistics 31(3), 2003), and is close to uniform on a
    /// connected feasible part. The result depends on the generator only.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The length is not the number of variables.</exception>
    /// <exception cref="NoFeasibleDecisionException">No point that satisfies the filter was found.</exception>
    public void Sample(RandomGenerator random, Span<double> decisions)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckPoint(decisions, nameof(decisions));
        if (region is null) SampleUniform(random, decisions);
        else region.Sample(random, decisions);
        SpaceKeys(decisions);
    }

    /// <summary>
    /// Moves a point that satisfies the filter to another one, by redrawing randomly chosen variables one at a time
    /// (see <see cref="Sample"/>). The point always stays feasible, and stays as it is when no step is possible.
    /// </summary>
    /// <param name="random">The generator.</param>
    /// <param name="decisions">A point of the space that satisfies the filter.</param>
    /// <param name="steps">How many variables to redraw, one after the other.</param>
    /// <exception cref="ArgumentException">The length is not the number of variables.</exception>
    public void Walk(RandomGenerator random, Span<double> decisions, int steps = 1)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckPoint(decisions, nameof(decisions));
        FeasibleRegion.Walk(this, random, decisions, steps);
        SpaceKeys(decisions);
    }

    /// <summary>The same variables with another filter.</summary>
    public DecisionSpace WithFilter(DecisionFilter? filter, ReadOnlySpan<double> feasiblePoint = default) =>
        new(variables, filter, feasiblePoint);

    internal void SampleUniform(RandomGenerator random, Span<double> decisions)
    {
        for (var j = 0; j < variables.Length; j++) decisions[j] = variables[j].FromUnit(random.NextDouble());
        SpaceKeys(decisions);
    }

    // Equal orders get equal keys, so that copies are known as such and nearness means something.
    private void SpaceKeys(Span<double> decisions)
    {
        foreach (var order in orders) order.Space(decisions);
    }

    internal int RowsOf(ReadOnlySpan<double> decisions, string parameter)
    {
        var (rows, rest) = Math.DivRem(decisions.Length, variables.Length);
        return rest == 0
            ? rows
            : throw new ArgumentException(
                $"{parameter} holds {decisions.Length} values, which is not a multiple of {variables.Length} variables; pass whole points.",
                parameter);
    }

    internal void CheckPoint(ReadOnlySpan<double> point, string parameter)
    {
        if (point.Length != variables.Length)
        {
            throw new ArgumentException(
                $"{parameter} has {point.Length} values but the space has {variables.Length} variables; give one value per variable.",
                parameter);
        }
    }

    private bool IsInside(ReadOnlySpan<double> point)
    {
        // A comparison with NaN is false.
        var j = 0;
        for (; j <= lower.Length - Vector256<double>.Count; j += Vector256<double>.Count)
        {
            var values = Vector256.Create(point[j..]);
            if (!Vector256.GreaterThanOrEqualAll(values, Vector256.Create(lower, j))
                || !Vector256.LessThanOrEqualAll(values, Vector256.Create(upper, j)))
            {
                return false;
            }
        }

        for (; j < lower.Length; j++)
        {
            if (!(point[j] >= lower[j] && point[j] <= upper[j])) return false;
        }

        if (IsContinuous) return true;
        for (j = 0; j < variables.Length; j++)
        {
            if (!variables[j].Contains(point[j])) return false;
        }

        return true;
    }

    private void ThrowOutside(ReadOnlySpan<double> point, int row, string parameter)
    {
        for (var j = 0; j < point.Length; j++)
        {
            var variable = variables[j];
            if (variable.Contains(point[j])) continue;
            var whole = variable.Kind == VariableKind.Real ? "" : "whole ";
            throw new ArgumentException(
                $"{parameter}: '{variable.Name}' of point {row} is {point[j]:R}; "
                + $"it must be a {whole}number in [{variable.Lower:R}, {variable.Upper:R}].",
                parameter);
        }
    }
}
