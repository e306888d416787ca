namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>Energy at the plug of computers, before the overhead of their building.</summary>
/// <remarks>
/// A type of its own, so that the overhead (PUE) is applied once: <see cref="Facility.Total"/> makes a <see cref="FacilityEnergy"/> of
/// it, from which emissions follow and to which no overhead can be applied again.
/// </remarks>
public readonly record struct ItEnergy
{
    private const double JoulesPerKilowattHour = 3.6e6;

    private ItEnergy(double kilowattHours) => KilowattHours = kilowattHours;

    /// <summary>The energy in kWh, at least 0.</summary>
    public double KilowattHours { get; }

    /// <summary>The energy in joules.</summary>
    public double Joules => KilowattHours * JoulesPerKilowattHour;

    /// <summary>Both together.</summary>
    public static ItEnergy operator +(ItEnergy left, ItEnergy right) => new(left.KilowattHours + right.KilowattHours);

    /// <summary>Creates an energy from kilowatt hours.</summary>
    public static ItEnergy FromKilowattHours(double kilowattHours) => new(Quantity.NotNegative(kilowattHours, nameof(kilowattHours), "kWh"));

    /// <summary>Creates an energy from joules.</summary>
    public static ItEnergy FromJoules(double joules) => new(Quantity.NotNegative(joules, nameof(joules), "J") / JoulesPerKilowattHour);

    /// <summary>Both together.</summary>
    public ItEnergy Add(ItEnergy other) => this + other;
}
