namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>A use of artificial intelligence in a company.</summary>
public sealed record UseCase
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind.</summary>
    public required UseCaseKind Kind { get; init; }

    /// <summary>The generative model it calls; not read for traditional kinds.</summary>
    public string Model { get; init; } = "high";

    /// <summary>People or systems that use it.</summary>
    public required double Users { get; init => field = Quantity.NotNegative(value, nameof(value), "users"); }

    /// <summary>Inferences per user and day of use.</summary>
    public required double RequestsPerDay { get; init => field = Quantity.NotNegative(value, nameof(value), "requests"); }

    /// <summary>How many such use cases there are; shares of a typical mix need not be whole.</summary>
    public double Count { get; init => field = Quantity.NotNegative(value, nameof(value), "use cases"); } = 1;

    /// <summary>One inference; that of the kind unless stated.</summary>
    public Workload Workload { get => field ?? Workload.Of(Kind); init; }

    /// <summary>kg CO2e per year that the use avoids elsewhere, for each of <see cref="Count"/>; <see langword="null"/> when nobody has said.</summary>
    public double? AvoidedKilograms { get; init; }

    /// <summary>Value per year in the user's currency, for each of <see cref="Count"/>; <see langword="null"/> when nobody has said.</summary>
    public double? Value { get; init; }

    /// <summary>Inferences per year of all of them.</summary>
    public double Inferences(PortfolioFactors factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        return Count * Users * RequestsPerDay * factors.DaysPerYear;
    }
}
