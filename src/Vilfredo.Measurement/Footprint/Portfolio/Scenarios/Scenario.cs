namespace Vilfredo.Measurement.Footprint.Portfolio.Scenarios;

/// <summary>How use and efficiency move from a base year on.</summary>
/// <remarks>Growth is per year; the other factors are reached at the horizon, geometrically in between. Defaults are the "steady ascent" of arXiv 2501.14334.</remarks>
public sealed record Scenario
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The base year.</summary>
    public int BaseYear { get; init; } = 2024;

    /// <summary>Years to the horizon, at least 1.</summary>
    public int Years { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A horizon is at least 1 year away."); } = 6;

    /// <summary>Yearly growth of chat and retrieval use cases, 0.32 for 32 %.</summary>
    public double GenerativeGrowth { get; init => field = Growth(value); } = 0.32;

    /// <summary>Yearly growth of agents.</summary>
    public double AgentGrowth { get; init => field = Growth(value); } = 0.35;

    /// <summary>Yearly growth of computer vision.</summary>
    public double VisionGrowth { get; init => field = Growth(value); } = 0.13;

    /// <summary>Yearly growth of language processing.</summary>
    public double LanguageGrowth { get; init => field = Growth(value); } = 0.22;

    /// <summary>Yearly growth of tabular models.</summary>
    public double TabularGrowth { get; init => field = Growth(value); } = 0.17;

    /// <summary>Size of generative models at the horizon, as a multiple.</summary>
    public double ModelSize { get; init => field = Factor(value); } = 3;

    /// <summary>Tokens of generative models at the horizon, as a multiple.</summary>
    public double Tokens { get; init => field = Factor(value); } = 1.33;

    /// <summary>Yearly improvement of hardware: work per energy, 1.28 for 28 %.</summary>
    public double HardwarePerYear { get; init => field = Factor(value); } = 1.28;

    /// <summary>Further improvement of hardware at the horizon, as a multiple.</summary>
    public double Breakthrough { get; init => field = Factor(value); } = 1;

    /// <summary>Work per energy gained by fewer bits at the horizon, as a multiple.</summary>
    public double Quantization { get; init => field = Factor(value); } = 1;

    /// <summary>PUE at the horizon, at least 1.</summary>
    public double Pue { get; init => field = value >= 1 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), FormattableString.Invariant($"A PUE is at least 1, not {value}.")); } = 1.15;

    /// <summary>Impacts of a kWh of the grid at the horizon, as a multiple of today's; for every criterion but energy.</summary>
    public double Grid { get; init => field = Factor(value); } = 0.75;

    /// <summary>Impacts of making hardware per energy of the computers at the horizon, as a multiple of today's.</summary>
    public double Embodied { get; init => field = Factor(value); } = 1;

    /// <summary>The year of the horizon.</summary>
    public int Horizon => BaseYear + Years;

    /// <summary>All gains of hardware at the horizon together.</summary>
    public double Hardware => Math.Pow(HardwarePerYear, Years) * Breakthrough;

    /// <summary>The five scenarios of arXiv 2501.14334. The grid's factor is the 0.75 the paper's tables follow from, where it prints -24 %.</summary>
    public static IReadOnlyList<Scenario> Published { get; } =
    [
        new() { Name = "Steady ascent" },
        Explosion("High adoption without boundaries"),
        Efficient(new() { Name = "Limited growth with efficiency breakthrough" }) with { ModelSize = 1 },
        Efficient(Explosion("Technological breakthrough")),
        new()
        {
            Name = "Intermediate",
            GenerativeGrowth = 0.40,
            AgentGrowth = 0.45,

            // Not printed: the high growths are those that give the printed 486 use cases, 46 % of them generative.
            VisionGrowth = 0.20,
            LanguageGrowth = 0.30,
            TabularGrowth = 0.24,
            ModelSize = 2,
            Tokens = 2,
        },
    ];

    /// <summary>Yearly growth of a kind.</summary>
    public double GrowthOf(UseCaseKind kind) => kind switch
    {
        UseCaseKind.Agents => AgentGrowth,
        UseCaseKind.ComputerVision => VisionGrowth,
        UseCaseKind.LanguageProcessing => LanguageGrowth,
        UseCaseKind.Tabular => TabularGrowth,
        _ => GenerativeGrowth,
    };

    private static Scenario Explosion(string name) => new()
    {
        Name = name,
        GenerativeGrowth = 0.47,
        AgentGrowth = 0.55,
        VisionGrowth = 0.20,
        LanguageGrowth = 0.30,
        TabularGrowth = 0.24,
        Tokens = 3,
    };

    private static Scenario Efficient(Scenario scenario) => scenario with { Breakthrough = 4.8, Quantization = 1.2, Pue = 1.10, Grid = 0.55 };

    private static double Growth(double value) => double.IsFinite(value) && value > -1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), FormattableString.Invariant($"A yearly growth is above -1 (all gone), not {value}; write 0.32 for 32 %."));

    private static double Factor(double value) => Quantity.Positive(value, nameof(value), "(multiple)");
}
