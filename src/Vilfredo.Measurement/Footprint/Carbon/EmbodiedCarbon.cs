namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>Greenhouse gases of making and discarding a machine, spread evenly over its life.</summary>
public sealed record EmbodiedCarbon
{
    /// <summary>Hours of four years, the life that the factor per processor hour assumes.</summary>
    public const double FourYearsHours = 4 * 8760;

    /// <summary>g CO2e per hour of one logical processor of a rented accelerator server (p4de, 96 of them), all shared parts divided: arXiv 2501.14334, Table 8.</summary>
    public const double CloudProcessorGramsPerHour = 0.167;

    /// <summary>Creates a share.</summary>
    /// <param name="gramsPerHour">g CO2e per hour of the whole machine.</param>
    /// <param name="description">Where it comes from, in words.</param>
    public EmbodiedCarbon(double gramsPerHour, string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        GramsPerHour = Quantity.NotNegative(gramsPerHour, nameof(gramsPerHour), "g/h");
        Description = description;
    }

    /// <summary>g CO2e per hour of the machine.</summary>
    public double GramsPerHour { get; }

    /// <summary>Where it comes from.</summary>
    public string Description { get; }

    /// <summary>A machine of which the total is known.</summary>
    /// <param name="kilograms">kg CO2e without use.</param>
    /// <param name="lifetimeHours">Hours over which it is spread, whether busy or not.</param>
    public static EmbodiedCarbon OfMachine(double kilograms, double lifetimeHours = FourYearsHours) => new(
        Quantity.NotNegative(kilograms, nameof(kilograms), "kg") * 1000 / Quantity.Positive(lifetimeHours, nameof(lifetimeHours), "h"),
        FormattableString.Invariant($"{kilograms:G6} kg CO2e over {lifetimeHours:G6} h"));

    /// <summary>A machine of which only the logical processors are known: a published factor per processor hour.</summary>
    public static EmbodiedCarbon OfProcessors(int processors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processors, 1);
        return new(processors * CloudProcessorGramsPerHour, FormattableString.Invariant(
            $"{CloudProcessorGramsPerHour} g CO2e per processor hour x {processors} (arXiv 2501.14334, Table 8: a p4de server over 4 years)"));
    }
}
