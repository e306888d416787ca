namespace Vilfredo.Measurement.Footprint.Portfolio.Scenarios;

/// <summary>The path of a portfolio through a scenario.</summary>
/// <remarks>
/// Energy of a kind grows with its use cases, for generative kinds also with model size and tokens, and falls with hardware and fewer bits.
/// Electricity takes the grid's factor, water on site follows the energy of the computers, and so does making the hardware (as the
/// tables of arXiv 2501.14334 have it). Fine-tuning grows with the use cases.
/// </remarks>
public static class Projection
{
    /// <summary>The base year and every year to the horizon.</summary>
    public static IReadOnlyList<ProjectedYear> Run(AiPortfolio portfolio, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(scenario);
        var kinds = ByKind(portfolio);
        var start = At(portfolio.Factors, kinds, scenario, 0).Impacts;
        return [.. Enumerable.Range(0, scenario.Years + 1).Select(year => Year(year))];

        ProjectedYear Year(int year)
        {
            var (useCases, impacts) = At(portfolio.Factors, kinds, scenario, year);
            return new ProjectedYear(scenario.BaseYear + year, useCases, impacts, Index(impacts, start));
        }
    }

    /// <summary>The horizon of a scenario.</summary>
    public static ProjectedYear Horizon(AiPortfolio portfolio, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(scenario);
        var kinds = ByKind(portfolio);
        var (useCases, impacts) = At(portfolio.Factors, kinds, scenario, scenario.Years);
        return new ProjectedYear(scenario.Horizon, useCases, impacts, Index(impacts, At(portfolio.Factors, kinds, scenario, 0).Impacts));
    }

    /// <summary>How much better hardware must get to the horizon for a criterion to reach an index: all gains of hardware, as a multiple.</summary>
    /// <param name="portfolio">The portfolio.</param>
    /// <param name="scenario">The scenario; its own gains of hardware are what is replaced.</param>
    /// <param name="criterion">The criterion.</param>
    /// <param name="index">The index to reach, above 0: 10 for -90 %.</param>
    public static double RequiredHardware(AiPortfolio portfolio, Scenario scenario, ImpactCriterion criterion, double index)
    {
        Quantity.Positive(index, nameof(index), "(index)");

        // Everything at the horizon is inversely proportional to the gains of hardware.
        return scenario.Hardware * Horizon(portfolio, scenario).Index[criterion] / index;
    }

    private static List<(UseCaseKind Kind, double Count, ImpactBreakdown Breakdown)> ByKind(AiPortfolio portfolio) =>
    [
        .. portfolio.UseCases.GroupBy(useCase => useCase.Kind)
            .Select(group => (group.Key, group.Sum(useCase => useCase.Count), (portfolio with { UseCases = [.. group] }).Evaluate())),
    ];

    private static (double UseCases, Impacts Impacts) At(
        PortfolioFactors factors, List<(UseCaseKind Kind, double Count, ImpactBreakdown Breakdown)> kinds, Scenario scenario, int year)
    {
        var part = (double)year / scenario.Years;
        var pue = Math.Pow(scenario.Pue / factors.Pue, part);
        var electricity = (factors.Electricity() * Math.Pow(scenario.Grid, part)) with { Energy = 1 };
        var water = factors.SiteWater();
        var hardware = Math.Pow(scenario.HardwarePerYear, year) * Math.Pow(scenario.Breakthrough * scenario.Quantization, part);
        var demand = Math.Pow(scenario.ModelSize * scenario.Tokens, part);
        var useCases = 0.0;
        var impacts = default(Impacts);
        foreach (var (kind, count, breakdown) in kinds)
        {
            var growth = Math.Pow(1 + scenario.GrowthOf(kind), year);
            var computers = growth * (Workload.Of(kind).IsGenerative ? demand : 1) / hardware;
            var operational = breakdown.Of(ImpactStage.Operational).Energy;
            impacts += electricity * (operational * computers * pue);
            impacts += water * (operational * computers);
            impacts += breakdown.Of(ImpactStage.Embodied) * (computers * Math.Pow(scenario.Embodied, part));
            useCases += count * growth;
        }

        return (useCases, impacts);
    }

    private static Impacts Index(Impacts impacts, Impacts start)
    {
        return new Impacts(
            Of(ImpactCriterion.Energy), Of(ImpactCriterion.Climate), Of(ImpactCriterion.Water), Of(ImpactCriterion.PrimaryEnergy), Of(ImpactCriterion.Resources));

        double Of(ImpactCriterion criterion) => start[criterion] > 0 ? 100 * impacts[criterion] / start[criterion] : double.NaN;
    }
}
