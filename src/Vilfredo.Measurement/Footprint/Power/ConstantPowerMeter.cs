namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Estimates the energy of a component that draws a stated power all the time.</summary>
/// <param name="component">The component.</param>
/// <param name="watts">Its power, at least 0.</param>
/// <param name="reason">Where the power comes from, such as <c>TDP of one A100 x usage 0.8</c>.</param>
public sealed class ConstantPowerMeter(EnergyComponent component, double watts, string reason) : IEnergyMeter
{
    private readonly double watts = Quantity.NotNegative(watts, nameof(watts), "W");

    /// <inheritdoc/>
    public EnergyComponent Component => component;

    /// <inheritdoc/>
    public EnergyOrigin Origin => EnergyOrigin.Estimated;

    /// <inheritdoc/>
    public string Method => FormattableString.Invariant($"{watts:G6} W all the time ({reason})");

    /// <inheritdoc/>
    public double Advance(in ActivityInterval interval) => watts * interval.Seconds;
}
