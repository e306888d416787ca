namespace Vilfredo.Statistics;

/// <summary>
/// Repeated measurements of which some were cut off. A limit is never averaged as if it were a value: the mean exists only when
/// nothing was cut off, the restricted mean and the median exist always.
/// </summary>
public sealed class CensoredSample
{
    private readonly CensoredValue[] values;
    private KaplanMeier? curve;

    /// <summary>Takes a copy of the values.</summary>
    /// <param name="values">At least one; none below 0.</param>
    /// <exception cref="ArgumentException">There are no values, or one is negative.</exception>
    public CensoredSample(ReadOnlySpan<CensoredValue> values)
    {
        this.values = Sort(values);
        foreach (var value in this.values)
            if (value.IsCensored) CensoredCount++;
    }

    /// <summary>The values in ascending order, an exact one before a censored one of the same number.</summary>
    public IReadOnlyList<CensoredValue> Values => values;

    /// <summary>The number of values, at least 1.</summary>
    public int Count => values.Length;

    /// <summary>How many of the values were cut off.</summary>
    public int CensoredCount { get; }

    /// <summary>The Kaplan-Meier curve of the values.</summary>
    public KaplanMeier Curve => curve ??= KaplanMeier.Fit(values);

    /// <summary>The median by the Kaplan-Meier curve; a lower limit when too many values were cut off.</summary>
    public CensoredValue Median => Curve.Median;

    /// <summary>The arithmetic mean of a sample in which nothing was cut off.</summary>
    /// <exception cref="InvalidOperationException">A value was cut off.</exception>
    public double Mean()
    {
        if (CensoredCount > 0)
        {
            throw new InvalidOperationException(
                $"{CensoredCount} of {Count} values were cut off, so the mean is not known. Use RestrictedMean with a horizon of at "
                + $"most {Curve.LargestTime}, or the median.");
        }

        return Descriptive.Mean(Array.ConvertAll(values, value => value.Value));
    }

    /// <summary>The mean restricted to a horizon; see <see cref="KaplanMeier.RestrictedMean"/>.</summary>
    /// <param name="horizon">Positive; at most the largest value when that was cut off.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not positive and finite, or lies beyond the evidence.</exception>
    public RestrictedMean RestrictedMean(double horizon) => Curve.RestrictedMean(horizon);

    internal static CensoredValue[] Sort(ReadOnlySpan<CensoredValue> values)
    {
        if (values.IsEmpty) throw new ArgumentException("The sample is empty; give at least one value.", nameof(values));
        foreach (var value in values)
        {
            if (value.Value < 0)
                throw new ArgumentException($"The value {value} is negative; costs and times are at least 0.", nameof(values));
        }

        var sorted = values.ToArray();
        Array.Sort(sorted, CensoredValue.DisplayOrder);
        return sorted;
    }
}
