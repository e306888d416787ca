namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>Every factor of the life-cycle method, with the published value as default. Replace any with <c>with</c>.</summary>
/// <remarks>Source of all defaults: Desroches et al., "Exploring the sustainable scaling of AI dilemma", arXiv 2501.14334 (2025), Tables 1, 2 and 8.</remarks>
public sealed record PortfolioFactors
{
    /// <summary>Where the values come from; say so when you replace some.</summary>
    public string Source { get; init; } = "arXiv 2501.14334 (2025), Tables 1, 2, 8";

    /// <summary>Energy of the data centre over that of its computers, at least 1.</summary>
    public double Pue { get; init => field = value >= 1 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), FormattableString.Invariant($"A PUE is at least 1, not {value}.")); } = 1.15;

    /// <summary>Litres of water on site per kWh of the computers.</summary>
    public double SiteLitresPerKwh { get; init => field = Quantity.NotNegative(value, nameof(value), "l/kWh"); } = 0.18;

    /// <summary>Impacts of a litre of water; its energy is not read.</summary>
    public Impacts PerLitre { get; init; } = new(0, 5.84e-4, 4.31e-2, 2.42e-3, 6.28e-10);

    /// <summary>The grids and their shares, which sum to 1.</summary>
    public IReadOnlyList<GridRegion> Grid
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var region in value) Quantity.Fraction(region.Share, nameof(value), $"The share of '{region.Name}'");
            var sum = value.Sum(region => region.Share);
            if (Math.Abs(sum - 1) > 1e-6) throw new ArgumentException(FormattableString.Invariant($"The shares of the grids sum to {sum:G9}; they must sum to 1."), nameof(value));
            field = value;
        }
    } = [PublishedRegions[0], PublishedRegions[1], PublishedRegions[2]];

    /// <summary>The regions of which the impacts of electricity are published, with the data centres' shares.</summary>
    public static IReadOnlyList<GridRegion> PublishedRegions =>
    [
        new("USA", new(1, 0.547, 1.86e-2, 11.6, 2.21e-8), 0.45),
        new("China", new(1, 0.871, 3.82e-2, 15.6, 1.12e-8), 0.27),
        new("EU-27", new(1, 0.410, 1.36e-2, 12.5, 2.97e-8), 0.28),
    ];

    /// <summary>Watts of a virtual graphics processor: a seventh of an A100.</summary>
    public double GraphicsWatts { get; init => field = Quantity.Positive(value, nameof(value), "W"); } = 50.1;

    /// <summary>Watts of a virtual processor.</summary>
    public double ProcessorWatts { get; init => field = Quantity.Positive(value, nameof(value), "W"); } = 3.15;

    /// <summary>Watts of a stored GB.</summary>
    public double StorageWatts { get; init => field = Quantity.NotNegative(value, nameof(value), "W/GB"); } = 1.25e-3;

    /// <summary>kWh of a sent GB; no PUE is applied to it. (The paper prints Wh; its tables follow from kWh.)</summary>
    public double NetworkKilowattHours { get; init => field = Quantity.NotNegative(value, nameof(value), "kWh/GB"); } = 3.42e-2;

    /// <summary>Making a virtual graphics processor, per hour of use.</summary>
    public Impacts GraphicsHour { get; init; } = new(0, 1.93e-3, 6.59e-4, 2.85e-2, 9.84e-9);

    /// <summary>Making a virtual processor, per hour of use.</summary>
    public Impacts ProcessorHour { get; init; } = new(0, 1.67e-4, 5.34e-5, 2.49e-3, 3.85e-8);

    /// <summary>Making storage, per GB and hour.</summary>
    public Impacts StorageGigabyteHour { get; init; } = new(0, 1.11e-6, 4.81e-7, 4.95e-6, 1.31e-11);

    /// <summary>Making the network, per GB.</summary>
    public Impacts NetworkGigabyte { get; init; } = new(0, 3.65e-4, 1.17e-4, 5.65e-3, 5.85e-8);

    /// <summary>Hours for which data of an inference is stored.</summary>
    public double StoredHours { get; init => field = Quantity.NotNegative(value, nameof(value), "h"); } = 8760;

    /// <summary>Years between two trainings of a traditional model.</summary>
    public double TrainingLifeYears { get; init => field = Quantity.Positive(value, nameof(value), "years"); } = 5;

    /// <summary>Days of use per year.</summary>
    public double DaysPerYear { get; init => field = Quantity.NotNegative(value, nameof(value), "days"); } = 250;

    /// <summary>The generative models that use cases may name: small, medium and large as published.</summary>
    public IReadOnlyList<ServedModel> Models { get; init; } =
    [
        new("low", 8, 0.26, 127.0, 0.29, 124.3),
        new("medium", 70, 0.36, 43.4, 0.43, 44.0),
        new("high", 405, 0.60, 21.9, 0.91, 21.7),
    ];

    /// <summary>Impacts of a kWh at the meter of the data centre: the grids' electricity, and water on site by the computers' part of it.</summary>
    public Impacts PerKilowattHour() => Electricity() + SiteWater();

    /// <summary>Impacts of a kWh of the grids.</summary>
    public Impacts Electricity() => Grid.Aggregate(default(Impacts), (sum, region) => sum + region.PerKilowattHour * region.Share) with { Energy = 1 };

    /// <summary>Impacts of the water on site that goes with a kWh at the meter: computers use the PUE's part of it.</summary>
    public Impacts SiteWater() => (PerLitre * (SiteLitresPerKwh / Pue)) with { Energy = 0 };

    /// <summary>The model of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ServedModel Model(string name) => Models.FirstOrDefault(model => model.Name == name)
        ?? throw new ArgumentException($"There is no model '{name}'; known are {string.Join(", ", Models.Select(model => model.Name))}.", nameof(name));
}
