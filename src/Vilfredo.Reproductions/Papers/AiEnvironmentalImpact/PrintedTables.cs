using Vilfredo.Measurement.Footprint.Portfolio;
using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The numbers that the paper prints, beside those of the library.</summary>
internal static class PrintedTables
{
    private static readonly PortfolioFactors Factors = new();

    private static readonly (UseCaseKind Kind, string Model, double KilowattHours)[] Inferences =
    [
        (UseCaseKind.Chat, "low", 9.31e-5), (UseCaseKind.Chat, "medium", 1.55e-3), (UseCaseKind.Chat, "high", 1.73e-2),
        (UseCaseKind.RetrievalAugmented, "low", 1.56e-4), (UseCaseKind.RetrievalAugmented, "medium", 2.64e-3), (UseCaseKind.RetrievalAugmented, "high", 2.99e-2),
        (UseCaseKind.Agents, "low", 4.97e-4), (UseCaseKind.Agents, "medium", 8.54e-3), (UseCaseKind.Agents, "high", 9.58e-2),
        (UseCaseKind.Tabular, "", 3.46e-8), (UseCaseKind.ComputerVision, "", 3.17e-4), (UseCaseKind.LanguageProcessing, "", 3.70e-6),
    ];

    // Scenario, then the indices of energy, climate, water, primary energy and resources in 2030 (100 in 2024).
    private static readonly (string Scenario, Impacts Index)[] Indices =
    [
        ("Steady ascent", new(552, 421, 475, 419, 535)),
        ("High adoption without boundaries", new(2440, 1862, 2102, 1852, 2363)),
        ("Limited growth with efficiency breakthrough", new(30, 17, 22, 17, 25)),
        ("Technological breakthrough", new(402, 227, 288, 225, 325)),
        ("Intermediate", new(755, 576, 650, 573, 732)),
    ];

    private static readonly (double Growth, double Change)[] AgentGrowth = [(0.25, -0.321), (0.35, -0.190), (0.55, 0.268), (0.65, 0.638)];

    /// <summary>The typical portfolio of 100 use cases.</summary>
    public static AiPortfolio Portfolio { get; } = new("typical", AiPortfolio.Typical(100, Factors), Factors);

    /// <summary>A scenario of the paper.</summary>
    public static Scenario Named(string name) => Scenario.Published.Single(scenario => scenario.Name == name);

    /// <summary>Energy of the twelve kinds of inference, within 2.5 %.</summary>
    public static IReadOnlyList<ExactValue> InferenceEnergy() =>
    [
        .. Inferences.Select(row =>
        {
            var workload = Workload.Of(row.Kind);
            var energy = ImpactBreakdown.OfInference(workload, workload.IsGenerative ? Factors.Model(row.Model) : null, Factors).Total.Energy;
            return Within($"mWh of {row.Kind} {row.Model}".TrimEnd(), row.KilowattHours * 1e6, energy * 1e6, 0.025);
        }),
    ];

    /// <summary>The year of the typical portfolio, within 3 %.</summary>
    public static IReadOnlyList<ExactValue> Year()
    {
        var year = Portfolio.Evaluate();
        return
        [
            Within("GWh", 3.9, year.Total.Energy / 1e6, 0.03),
            Within("t CO2e", 2480, year.Total.Climate / 1000, 0.03),
            Within("m3", 160_000, year.Total.Water, 0.03),
            Within("kg Sb", 0.76, year.Total.Resources, 0.03),
            Within("embodied share of resources", 0.89, year.Of(ImpactStage.Embodied).Resources / year.Total.Resources, 0.03),
        ];
    }

    /// <summary>Energy indices of the five scenarios, within 7 %.</summary>
    public static IReadOnlyList<ExactValue> ScenarioEnergy() =>
        [.. Indices.Select(row => Within($"energy of \"{row.Scenario}\"", row.Index.Energy, Projection.Horizon(Portfolio, Named(row.Scenario)).Index.Energy, 0.07))];

    /// <summary>The other indices relative to that of energy, within 1 % or what rounding to whole numbers allows.</summary>
    /// <param name="breakthrough">Those of the two scenarios of a breakthrough, or of the others.</param>
    public static IReadOnlyList<ExactValue> OtherCriteria(bool breakthrough) =>
    [
        .. from row in Indices
           let scenario = Named(row.Scenario)
           where scenario.Breakthrough > 1 == breakthrough
           let index = Projection.Horizon(Portfolio, scenario).Index
           from criterion in Impacts.Criteria.Skip(1)
           select new ExactValue(
               $"{Impacts.Name(criterion)} of \"{row.Scenario}\" given its energy", row.Index[criterion], index[criterion] * row.Index.Energy / index.Energy,
               Math.Max(0.01 * row.Index[criterion], 0.5 + 0.5 * row.Index[criterion] / row.Index.Energy)),
    ];

    /// <summary>Gains of hardware that cut climate impacts by 90 % with a PUE of 1.04 and a grid of 0.55, within 3 % given the printed energy.</summary>
    public static IReadOnlyList<ExactValue> RequiredHardware() =>
        [Required("High adoption without boundaries", 2440, 565), Required("Intermediate", 755, 175)];

    /// <summary>Change of energy in the intermediate scenario with the growth of agents against 45 %, within 3 points.</summary>
    public static IReadOnlyList<ExactValue> EffectOfAgents()
    {
        var scenario = Named("Intermediate");
        var middle = Energy(0.45);
        return [.. AgentGrowth.Select(row => new ExactValue(FormattableString.Invariant($"change at {row.Growth:0%}"), row.Change, Energy(row.Growth) / middle - 1, 0.03))];

        double Energy(double growth) => Projection.Horizon(Portfolio, scenario with { AgentGrowth = growth }).Index.Energy;
    }

    private static ExactValue Required(string name, double printedEnergy, double printed)
    {
        var scenario = Named(name);
        var required = Projection.RequiredHardware(Portfolio, scenario with { Pue = 1.04, Grid = 0.55 }, ImpactCriterion.Climate, 10);
        return Within($"gain of hardware in \"{name}\"", printed, required * printedEnergy / Projection.Horizon(Portfolio, scenario).Index.Energy, 0.03);
    }

    private static ExactValue Within(string name, double printed, double computed, double share) => new(name, printed, computed, share * printed);
}
