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
        new("agent_growth", "the paper's low to high", FactorDistribution.Uniform(0.35, 0.55), null, (scenario, value) => scenario with { AgentGrowth = value }),
        new("generative_growth", "the paper's low to high", FactorDistribution.Uniform(0.32, 0.47), null, (scenario, value) => scenario with { GenerativeGrowth = value }),
        new("model_size", "the paper's least to largest", FactorDistribution.Uniform(1, 3), null, (scenario, value) => scenario with { ModelSize = value }),
        new("token_growth", "the paper's least to largest", FactorDistribution.Uniform(1.33, 3), null, (scenario, value) => scenario with { Tokens = value }),
        new("hardware_per_year", "around the paper's 1.28: assumed", FactorDistribution.Uniform(1.20, 1.36), null, (scenario, value) => scenario with { HardwarePerYear = value }),
        new("future_pue", "1.04 to 1.15: the paper's best and today's", FactorDistribution.Uniform(1.04, 1.15), null, (scenario, value) => scenario with { Pue = value }),
        new("future_grid", "the paper's high to low efficiency", FactorDistribution.Uniform(0.55, 0.75), null, (scenario, value) => scenario with { Grid = value }),
    ];

    private static AiPortfolio Factors(AiPortfolio portfolio, Func<PortfolioFactors, PortfolioFactors> change) => portfolio with { Factors = change(portfolio.Factors) };

    private static AiPortfolio UseCases(AiPortfolio portfolio, Func<UseCase, UseCase> change) => portfolio with { UseCases = [.. portfolio.UseCases.Select(change)] };
}
