namespace Vilfredo.Optimization.Samplers;

/// <summary>
/// The Cartesian product of evenly spaced values of every variable (a full factorial design); the last variable varies
/// fastest. With a filter, only the points that satisfy it, in the same order.
/// </summary>
public sealed class GridSampler : ISampler
{
    private readonly double[][] levels;
    private readonly long[] radices;
    private readonly AcceptedIndices? accepted;
    private readonly double[] candidate; // written under the lock of the accepted indices only

    /// <summary>Creates a grid with the same resolution for all variables.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="resolution">
    /// Values per variable, at least 1: real variables get so many evenly spaced values with both bounds among them (1: the
    /// middle), integer ones so many whole numbers or all they have. Categorical variables always get every category.
    /// </param>
    public GridSampler(DecisionSpace space, int resolution)
        : this(space, Enumerable.Repeat(resolution, space?.Count ?? 0).ToArray())
    {
    }

    /// <summary>Creates a grid with a resolution for each variable.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="resolutions">Values per variable, as in the other constructor.</param>
    /// <exception cref="ArgumentException">
    /// There is not one resolution of at least 1 per variable, the grid has more than 2^63 - 1 points, or the space has an order.
    /// </exception>
    public GridSampler(DecisionSpace space, ReadOnlySpan<int> resolutions)
    {
        ArgumentNullException.ThrowIfNull(space);
        if (space.Orders.Length > 0)
            throw new ArgumentException($"A grid has no steps for the order '{space.Orders[0].Name}'; choose another sampler.", nameof(space));
        if (resolutions.Length != space.Count)
        {
            throw new ArgumentException(
                $"{resolutions.Length} resolutions were given for {space.Count} variables; give one per variable.", nameof(resolutions));
        }

        Space = space;
        levels = new double[space.Count][];
        radices = new long[space.Count];
        for (var j = 0; j < levels.Length; j++)
        {
            if (resolutions[j] < 1)
                throw new ArgumentException($"Resolution {j} is {resolutions[j]}; it must be at least 1.", nameof(resolutions));
            levels[j] = Levels(space.Variables[j], resolutions[j]);
            radices[j] = levels[j].Length;
        }

        Size = MixedRadix.Product(radices)
            ?? throw new ArgumentException("The grid has more than 2^63 - 1 points; lower the resolutions.", nameof(resolutions));
        candidate = new double[space.Count];
        if (space.Filter is not null) accepted = new AcceptedIndices(Size, Accepts, refusalsInARow: long.MaxValue);
    }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <summary>The number of points of the grid, those that the filter refuses included.</summary>
    public long Size { get; }

    /// <inheritdoc/>
    public bool Propose(long index, Span<double> decisions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Space.CheckPoint(decisions, nameof(decisions));
        if (accepted is not null && !accepted.TryFind(index, out index)) return false;
        if (index >= Size) return false;
        Point(index, decisions);
        return true;
    }

    private bool Accepts(long index)
    {
        Point(index, candidate);
        return Space.Satisfies(candidate);
    }

    private void Point(long index, Span<double> decisions)
    {
        for (var j = radices.Length - 1; j >= 0; j--)
        {
            (index, var level) = Math.DivRem(index, radices[j]);
            decisions[j] = levels[j][level];
        }
    }

    private static double[] Levels(Variable variable, int resolution)
    {
        var count = variable.Kind switch
        {
            VariableKind.Categorical => (int)variable.Cardinality!.Value,
            _ => (int)Math.Min(resolution, variable.Cardinality ?? long.MaxValue),
        };
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var share = count == 1 ? 0.5 : (double)i / (count - 1);
            values[i] = variable.Clamp(variable.Lower + share * (variable.Upper - variable.Lower));
        }

        return values;
    }
}
