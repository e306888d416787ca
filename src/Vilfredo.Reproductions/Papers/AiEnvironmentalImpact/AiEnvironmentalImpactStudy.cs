using Vilfredo.Measurement.Footprint.Portfolio;
using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;
using Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Desroches et al., "Exploring the sustainable scaling of AI dilemma" (2025): the yearly impacts of a company's uses of AI and
/// five scenarios to 2030, with inputs drawn around what the paper prints.
/// </summary>
public sealed class AiEnvironmentalImpactStudy : Reproduction
{
    private const string Today = "today";
    private const string Climate = "climate index", UseCases = "use cases", Energy = "energy index", Water = "water index", Resources = "resources index";
    private const string BelowToday = "share of draws with less energy than today";
    private const string Effect = "total effect of ";
    private const string Middle = "Intermediate";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "ai-environmental-impact", "Exploring the sustainable scaling of AI dilemma: A projective study of corporations' AI environmental impacts",
        "Desroches, Chauvin, Ladan, Vateau, Gosset, Cordier", 2025, "arXiv 2501.14334");

    /// <inheritdoc/>
    public override string Setting =>
        "The paper's portfolio of 100 use cases with its printed factors; requests per user and day (1, 5, 10, 25), which it does not print, are "
        + "inferred from its total. A seed is a block of draws of growth, model size, tokens, hardware, PUE and grid around each scenario, as far as the "
        + "paper's scenarios lie apart (hardware: 6 %, assumed); values are medians of the block. Indices are 100 in 2024. Nothing is measured: "
        + "all impacts are estimates of the method.";

    /// <inheritdoc/>
    public override string Use =>
        "`vilfredo footprint PORTFOLIO.yaml` rates a portfolio of your own with factors, scenarios and ranges of your own; `AiPortfolio`, `Projection`, "
        + "`SensitivityAnalysis` and `TotalEffects` do the same in code.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(Today, "the portfolio of 2024", IsBaseline: true),
        .. Scenario.Published.Select(scenario => new ComparedMethod(
            scenario.Name, FormattableString.Invariant($"use grows by {scenario.GenerativeGrowth:0%} to {scenario.AgentGrowth:0%} a year, models x {scenario.ModelSize}, tokens x {scenario.Tokens}, hardware x {scenario.Hardware * scenario.Quantization:0.#}"))),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Climate), Objective.Maximize(UseCases)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Exact(new("inference-energy", "Energy per inference comes out within 2.5 %.", "12 printed kWh, from 3.46e-8 to 9.58e-2"), PrintedTables.InferenceEnergy()),
        Claim.Exact(new("portfolio-year", "The year of the portfolio comes out within 3 %, with the inferred request levels.", "3.9 GWh, 2,480 t CO2e, 160,000 m3, 0.76 kg Sb"), PrintedTables.Year()),
        Claim.Exact(new("scenario-energy", "The energy of the five scenarios comes out within 7 %.", "552, 2440, 30, 402, 755"), PrintedTables.ScenarioEnergy()),
        Claim.Exact(new("other-criteria", "Given its energy, the other criteria of the three scenarios without a breakthrough come out within 1 %.", "12 printed indices"), PrintedTables.OtherCriteria(breakthrough: false)),
        Claim.Exact(new("other-criteria-breakthrough", "Given its energy, the other criteria of the two scenarios of a breakthrough come out.", "8 printed indices"), PrintedTables.OtherCriteria(breakthrough: true)),
        Claim.Exact(new("required-hardware", "Given the printed energy, the gain of hardware for 90 % less climate impact comes out within 3 %.", "565 and 175 times"), PrintedTables.RequiredHardware()),
        Claim.Exact(new("effect-of-agents", "The effect of agents' growth on energy comes out within 3 points.", "-32.1 % at 25 %, +63.8 % at 65 %"), PrintedTables.EffectOfAgents()),
        Claim.EverySeed(
            new("no-way-without-breakthrough", "In no scenario without a breakthrough of hardware does more than one draw in twenty need less energy than today."),
            (results, seed) => Scenario.Published.Where(scenario => scenario.Breakthrough <= 1).Max(scenario => results.Value(scenario.Name, "", seed, BelowToday)),
            Bound.AtMost(0.05)),
        AbovePue("agent_growth"),
        AbovePue("model_size"),
        AbovePue("token_growth"),
        Claim.NotMeasurable(new("provider-energy", "Energy per inference is that of a provider's servers."), "providers' meters are not accessible; the method estimates"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch
    {
        Scale.Smoke => 3,
        Scale.Quick => 10,
        _ => 50,
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Unit.Method == Today)
            return new Dictionary<string, double> { [UseCases] = 100, [Energy] = 100, [Climate] = 100, [Water] = 100, [Resources] = 100, [BelowToday] = 0 };
        var scenario = PrintedTables.Named(context.Unit.Method);
        var factors = UncertainFactor.Defaults.Where(factor => factor.ApplyToScenario is not null).ToArray();
        var draws = context.Scale == Scale.Full ? 200 : 50;
        var random = context.Own("draws");
        var analysis = new SensitivityAnalysis(PrintedTables.Portfolio, factors);
        var below = 0;
        var years = new List<ProjectedYear>();
        for (var draw = 0; draw < draws; draw++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var year = analysis.Draw(scenario, random);
            if (year.Index.Energy < 100) below++;
            years.Add(year);
        }

        var values = new Dictionary<string, double>
        {
            [UseCases] = Median(year => year.UseCases),
            [Energy] = Median(year => year.Index.Energy),
            [Climate] = Median(year => year.Index.Climate),
            [Water] = Median(year => year.Index.Water),
            [Resources] = Median(year => year.Index.Resources),
            [BelowToday] = (double)below / draws,
        };
        foreach (var (name, effect) in TotalEffects.OfScenario(PrintedTables.Portfolio, scenario, factors, ImpactCriterion.Energy, draws, random)) values[Effect + name] = effect;
        return values;

        double Median(Func<ProjectedYear, double> value) => Statistics.Descriptive.Median([.. years.Select(value)]);
    }

    private static Claim AbovePue(string factor) => Claim.Computed(
        new($"{factor.Replace('_', '-')}-above-pue", $"In the intermediate scenario the total effect of {factor.Replace('_', ' ')} on energy is above that of the PUE (shown is the difference)."),
        (results, seed) => results.Value(Middle, "", seed, Effect + factor) - results.Value(Middle, "", seed, Effect + "future_pue"), Bound.Above(0));
}
