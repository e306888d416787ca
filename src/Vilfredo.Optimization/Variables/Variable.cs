namespace Vilfredo.Optimization;

/// <summary>
/// One decision variable: its name, kind and bounds. Every value is a <see cref="double"/>: the number itself for real and
/// integer variables, the index 0..cardinality-1 for categorical ones.
/// </summary>
public sealed record Variable
{
    // Beyond 2^53 not every whole number is a double.
    private const double LargestWholeNumber = 1L << 53;

    private Variable(string name, VariableKind kind, double lower, double upper)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!(lower <= upper) || !double.IsFinite(upper - lower))
        {
            throw new ArgumentException(
                $"Variable '{name}' has the bounds [{lower:R}, {upper:R}]; give finite bounds with lower <= upper and a finite range.");
        }

        Name = name;
        Kind = kind;
        Lower = lower;
        Upper = upper;
    }

    /// <summary>The name, unique within its space.</summary>
    public string Name { get; }

    /// <summary>What values the variable takes.</summary>
    public VariableKind Kind { get; }

    /// <summary>The smallest value, included.</summary>
    public double Lower { get; }

    /// <summary>The largest value, included. Equal to <see cref="Lower"/> for a variable that is fixed.</summary>
    public double Upper { get; }

    /// <summary>The order that the variable is a key of (see <see cref="Keys"/>), or <see langword="null"/> for a variable of its own.</summary>
    public string? Order { get; private init; }

    /// <summary>The number of values: 1 for a fixed variable, <see langword="null"/> for a real one with a range.</summary>
    public long? Cardinality =>
        Kind == VariableKind.Real ? (Lower == Upper ? 1 : null) : (long)(Upper - Lower) + 1;

    /// <summary>Whether the variable is categorical with two categories.</summary>
    public bool IsBinary => Kind == VariableKind.Categorical && Upper == 1;

    /// <summary>A real variable in [<paramref name="lower"/>, <paramref name="upper"/>].</summary>
    /// <exception cref="ArgumentException">The name is empty, the bounds are not finite, or in the wrong order.</exception>
    public static Variable Real(string name, double lower, double upper) => new(name, VariableKind.Real, lower, upper);

    /// <summary>An integer variable from <paramref name="lower"/> to <paramref name="upper"/>, both included.</summary>
    /// <exception cref="ArgumentException">The name is empty, the bounds are in the wrong order, or beyond 2^52 (the range must be exact in a double).</exception>
    public static Variable Integer(string name, long lower, long upper)
    {
        if (Math.Max(Math.Abs((double)lower), Math.Abs((double)upper)) > LargestWholeNumber / 2)
        {
            throw new ArgumentException(
                $"Integer variable '{name}' has the bounds [{lower}, {upper}]; bounds may be at most 2^52 in size so that every value is exact.");
        }

        return new(name, VariableKind.Integer, lower, upper);
    }

    /// <summary>A variable with <paramref name="cardinality"/> unordered categories.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cardinality"/> is below 1.</exception>
    public static Variable Categorical(string name, int cardinality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cardinality, 1);
        return new(name, VariableKind.Categorical, 0, cardinality - 1);
    }

    /// <summary>A variable that is 0 or 1: categorical with two categories.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Variable Binary(string name) => Categorical(name, 2);

    /// <summary>
    /// The variables of an order of items (a permutation) by random keys: one real number in [0, 1] per item, and the items stand in the order of their numbers.
    /// Operators for permutations work on them as a whole; everything else sees real variables. See <see cref="DecisionOrder"/>.
    /// </summary>
    /// <param name="name">The name of the order; its variables are called <c>name1</c>, <c>name2</c>, ...</param>
    /// <param name="count">The number of items, at least 1.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static Variable[] Keys(string name, int count)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return [.. Enumerable.Range(1, count).Select(i => new Variable($"{name}{i}", VariableKind.Real, 0, 1) { Order = name })];
    }

    /// <summary>Maps a number in [0, 1] to a value so that uniform numbers give uniform values.</summary>
    internal double FromUnit(double unit)
    {
        var value = Kind == VariableKind.Real
            ? Lower + unit * (Upper - Lower)
            : Lower + Math.Floor(unit * (Upper - Lower + 1));
        return Math.Clamp(value, Lower, Upper);
    }

    /// <summary>The nearest value the variable can take; NaN stays NaN.</summary>
    internal double Clamp(double value) =>
        Math.Clamp(Kind == VariableKind.Real ? value : Math.Floor(value + 0.5), Lower, Upper);

    internal bool Contains(double value) =>
        value >= Lower && value <= Upper && (Kind == VariableKind.Real || Math.Floor(value) == value);
}
