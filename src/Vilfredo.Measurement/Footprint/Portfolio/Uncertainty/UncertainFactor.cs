using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;

namespace Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

/// <summary>An input that is not known exactly, and what a value of it changes.</summary>
/// <param name="Name">What files call it.</param>
/// <param name="Source">Why it is taken to vary so.</param>
/// <param name="Distribution">How it varies.</param>
/// <param name="ApplyToPortfolio">The portfolio with a value of the factor; <see langword="null"/> when it changes only scenarios.</param>
/// <param name="ApplyToScenario">The scenario with a value of the factor; <see langword="null"/> when it changes only the portfolio.</param>
public sealed record UncertainFactor(
    string Name, string Source, FactorDistribution Distribution, Func<AiPortfolio, double, AiPortfolio>? ApplyToPortfolio, Func<Scenario, double, Scenario>? ApplyToScenario = null)
{
    private const string Assumed = "assumed";

    /// <summary>Factors and ranges unless stated; what no source gives is called assumed.</summary>
    public static IReadOnlyList<UncertainFactor> Defaults { get; } =
    [
        new("speed", "serving speeds differ by about 20 %: assumed", FactorDistribution.Uniform(0.8, 1.2), (portfolio, value) => Factors(portfolio, factors => factors with
        {
            Models = [.. factors.Models.Select(model => model with
            {
                FirstTokenSeconds = model.FirstTokenSeconds / value,
                TokensPerSecond = model.TokensPerSecond * value,
                LongFirstTokenSeconds = model.LongFirstTokenSeconds / value,
                LongTokensPerSecond = model.LongTokensPerSecond * value,
            })],
        })),
        new("tokens", "spread of conversations: assumed", FactorDistribution.LogNormal(0.3), (portfolio, value) => UseCases(portfolio, useCase => useCase.Workload.IsGenerative
            ? useCase with { Workload = useCase.Workload with { InputTokens = useCase.Workload.InputTokens * value, OutputTokens = useCase.Workload.OutputTokens * value } }
            : useCase)),
        new("requests", Assumed, FactorDistribution.Uniform(0.7, 1.3), (portfolio, value) => UseCases(portfolio, useCase => useCase with { RequestsPerDay = useCase.RequestsPerDay * value })),
        new("device_power", Assumed, FactorDistribution.Uniform(0.8, 1.2), (portfolio, value) => Factors(portfolio, factors => factors with { GraphicsWatts = factors.GraphicsWatts * value, ProcessorWatts = factors.ProcessorWatts * value })),
        new("pue", "from 1.04, the paper's best, to 1.58, the world's average of 2023 (Uptime Institute)", FactorDistribution.Uniform(1.04, 1.58), (portfolio, value) => Factors(portfolio, factors => factors with { Pue = value })),
        new("grid", "all electricity from the EU's to all from China's grid, in kg CO2e relative to the published mix", FactorDistribution.Uniform(0.69, 1.46), (portfolio, value) => Factors(portfolio, factors => factors with
        {
            Grid = [.. factors.Grid.Select(region => region with { PerKilowattHour = region.PerKilowattHour with { Climate = region.PerKilowattHour.Climate * value } })],
        })),
        new("embodied", Assumed, FactorDistribution.Uniform(0.5, 1.5), (portfolio, value) => Factors(portfolio, factors => factors with
        {
            GraphicsHour = factors.GraphicsHour * value,
            ProcessorHour = factors.ProcessorHour * value,
            StorageGigabyteHour = factors.StorageGigabyteHour * value,
            NetworkGigabyte = factors.NetworkGigabyte * value,
        })),
        // Around what a scenario says, as far as the paper's scenarios lie apart.
        new("agent_growth", "added; half of the paper's 35 % to 55 % either way", FactorDistribution.Uniform(-0.10, 0.10), null, (scenario, value) => scenario with { AgentGrowth = scenario.AgentGrowth + value }),
        new("generative_growth", "added; half of the paper's 32 % to 47 % either way", FactorDistribution.Uniform(-0.075, 0.075), null, (scenario, value) => scenario with { GenerativeGrowth = scenario.GenerativeGrowth + value }),
        new("model_size", "multiple; the paper's 1 to 3 around their middle", FactorDistribution.Uniform(0.5, 1.5), null, (scenario, value) => scenario with { ModelSize = scenario.ModelSize * value }),
        new("token_growth", "multiple; the paper's 1.33 to 3 around their middle", FactorDistribution.Uniform(0.61, 1.39), null, (scenario, value) => scenario with { Tokens = scenario.Tokens * value }),
        new("hardware_per_year", "multiple; assumed", FactorDistribution.Uniform(0.94, 1.06), null, (scenario, value) => scenario with { HardwarePerYear = scenario.HardwarePerYear * value }),
        new("future_pue", "multiple of what is above 1; down to the paper's 1.04 from 1.15, as far up", FactorDistribution.Uniform(0.27, 1.73), null, (scenario, value) => scenario with { Pue = 1 + (scenario.Pue - 1) * value }),
        new("future_grid", "multiple; down to the paper's 0.55 from 0.75, as far up", FactorDistribution.Uniform(0.73, 1.27), null, (scenario, value) => scenario with { Grid = scenario.Grid * value }),
    ];

    private static AiPortfolio Factors(AiPortfolio portfolio, Func<PortfolioFactors, PortfolioFactors> change) => portfolio with { Factors = change(portfolio.Factors) };

    private static AiPortfolio UseCases(AiPortfolio portfolio, Func<UseCase, UseCase> change) => portfolio with { UseCases = [.. portfolio.UseCases.Select(change)] };
}
