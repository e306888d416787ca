namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Sums up the energy of a component whose power can be read but which has no counter of energy: the mean of the readings at both ends of an interval times its length (trapezoids).</summary>
/// <remarks>Exact where power is linear between samples; what happens between two samples is not seen, so the sampling interval is part of the method.</remarks>
public sealed class SampledPowerMeter : IEnergyMeter
{
    private readonly Func<double> read;
    private double last;

    /// <summary>Takes the first reading.</summary>
    /// <param name="component">The component.</param>
    /// <param name="read">Its power now, W.</param>
    /// <param name="source">Where the reading comes from, in words.</param>
    /// <exception cref="InvalidDataException">The power is negative or no number.</exception>
    public SampledPowerMeter(EnergyComponent component, Func<double> read, string source)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        (Component, this.read, Method) = (component, read, $"power of {source}, sampled and summed by trapezoids");
        last = Read();
    }

    /// <inheritdoc/>
    public EnergyComponent Component { get; }

    /// <inheritdoc/>
    public EnergyOrigin Origin => EnergyOrigin.Measured;

    /// <inheritdoc/>
    public string Method { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The power is negative or no number.</exception>
    public double Advance(in ActivityInterval interval)
    {
        var now = Read();
        var joules = (last + now) / 2 * interval.Seconds;
        last = now;
        return joules;
    }

    private double Read() => read() is var watts && double.IsFinite(watts) && watts >= 0
        ? watts
        : throw new InvalidDataException(FormattableString.Invariant($"The {Method} is {watts} W; a power is a finite number of at least 0."));
}
