using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Vilfredo;

/// <summary>
/// A measurement: a configuration, one value per objective in the user's direction, the samples behind the values, and what
/// obtaining them cost.
/// </summary>
/// <remarks>
/// Values are finite: a failed trial has no point, and a cost that was cut off is a <see cref="CensoredValue"/>. Immutable;
/// equal when the content is.
/// </remarks>
public sealed class MeasuredPoint : IEquatable<MeasuredPoint>
{
    private readonly double[] values;
    private readonly double[] samples;

    /// <summary>A point that was measured once.</summary>
    /// <param name="configuration">What was measured.</param>
    /// <param name="values">One finite value per objective, in the user's direction.</param>
    /// <param name="cost">What the measurement cost; <see langword="null"/> when that was not measured.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public MeasuredPoint(ConfigurationKey configuration, ReadOnlySpan<double> values, CostVector? cost = null)
        : this(configuration, values, values, cost)
    {
    }

    /// <summary>A point with the samples behind its values.</summary>
    /// <param name="configuration">What was measured.</param>
    /// <param name="values">One finite value per objective, in the user's direction; such as the means or medians of the samples.</param>
    /// <param name="samples">Row-major: one row of as many finite values per sample, at least one row.</param>
    /// <param name="cost">What the samples together cost; <see langword="null"/> when that was not measured.</param>
    /// <exception cref="ArgumentException">There is no value or no sample, a row is partial, or a value is not finite.</exception>
    public MeasuredPoint(
        ConfigurationKey configuration, ReadOnlySpan<double> values, ReadOnlySpan<double> samples, CostVector? cost = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        CheckFinite(values, configuration, nameof(values));
        CheckFinite(samples, configuration, nameof(samples));
        PointMatrix.Validate(samples, values.Length, nameof(samples));
        Configuration = configuration;
        this.values = values.ToArray();
        this.samples = samples.ToArray();
        Cost = cost ?? CostVector.Unknown;
    }

    /// <summary>What was measured.</summary>
    public ConfigurationKey Configuration { get; }

    /// <summary>One value per objective, in the user's direction.</summary>
    public ImmutableArray<double> Values => ImmutableCollectionsMarshal.AsImmutableArray(values);

    /// <summary>Row-major: one row of values per sample. A point that was measured once has its values here.</summary>
    public ImmutableArray<double> Samples => ImmutableCollectionsMarshal.AsImmutableArray(samples);

    /// <summary>The number of samples, at least 1.</summary>
    public int SampleCount => samples.Length / values.Length;

    /// <summary>What the samples together cost.</summary>
    public CostVector Cost { get; }

    /// <summary>A point whose values are the means of its samples.</summary>
    /// <param name="configuration">What was measured.</param>
    /// <param name="samples">Row-major: one row of <paramref name="objectives"/> finite values per sample, at least one row.</param>
    /// <param name="objectives">Values per row.</param>
    /// <param name="cost">What the samples together cost; <see langword="null"/> when that was not measured.</param>
    /// <exception cref="ArgumentException">There is no sample, a row is partial, or a value is not finite.</exception>
    public static MeasuredPoint FromSamples(
        ConfigurationKey configuration, ReadOnlySpan<double> samples, int objectives, CostVector? cost = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        CheckFinite(samples, configuration, nameof(samples));
        var count = PointMatrix.Validate(samples, objectives, nameof(samples));
        var means = new double[objectives];
        var column = new double[count];
        for (var k = 0; k < objectives; k++)
        {
            for (var i = 0; i < count; i++) column[i] = samples[i * objectives + k];

            // In order, so that the rounding of the mean does not depend on which sample came first.
            Array.Sort(column);
            means[k] = Statistics.Descriptive.Mean(column);
        }

        return new MeasuredPoint(configuration, means, samples, cost);
    }

    /// <summary>
    /// Both points' samples as one point, whose values are the means over all of them. The costs add up; a kind of cost that one
    /// point does not know is unknown.
    /// </summary>
    /// <exception cref="ArgumentException">The configurations or the numbers of objectives differ.</exception>
    public MeasuredPoint Pool(MeasuredPoint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Configuration != other.Configuration || values.Length != other.values.Length)
        {
            throw new ArgumentException(
                $"Only measurements of one configuration can be pooled; these are '{Configuration}' with {values.Length} values and "
                + $"'{other.Configuration}' with {other.values.Length}.", nameof(other));
        }

        return FromSamples(Configuration, [.. samples, .. other.samples], values.Length, Cost + other.Cost);
    }

    /// <inheritdoc/>
    public bool Equals(MeasuredPoint? other) => other is not null && Configuration == other.Configuration && Cost == other.Cost
        && values.AsSpan().SequenceEqual(other.values) && samples.AsSpan().SequenceEqual(other.samples);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MeasuredPoint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Configuration, values[0], samples.Length);

    /// <summary>The configuration and the values.</summary>
    public override string ToString() =>
        $"{Configuration}: {string.Join(", ", values.Select(value => value.ToString("G6", CultureInfo.InvariantCulture)))}";

    private static void CheckFinite(ReadOnlySpan<double> values, ConfigurationKey configuration, string parameter)
    {
        if (values.IsEmpty) throw new ArgumentException($"The {parameter} of '{configuration}' are empty; give at least one.", parameter);
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException(
                    $"The {parameter} of '{configuration}' hold {value.ToString(CultureInfo.InvariantCulture)}; a point has finite values. Record a "
                    + "failed or cut-off measurement as such, not as a point.", parameter);
            }
        }
    }
}
