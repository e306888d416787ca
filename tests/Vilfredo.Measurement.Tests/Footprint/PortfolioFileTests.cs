using Vilfredo.IO;
using Vilfredo.Measurement.Footprint.Portfolio;
using Vilfredo.Measurement.Footprint.Portfolio.Files;
using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;
using Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class PortfolioFileTests
{
    private const string Case = "  - { name: a, kind: chat, users: 10, requests_per_day: 2 }\n";

    [Fact]
    public void A_file_without_more_takes_everything_published()
    {
        var document = Read("name: x\nuse_cases:\n" + Case);
        Assert.Equal("x", document.Portfolio.Name);
        Assert.Equal(10 * 2 * 250, document.Portfolio.Inferences);
        Assert.Equal(Scenario.Published, document.Scenarios);
        Assert.Equal(UncertainFactor.Defaults, document.Uncertain);
        Assert.Equal(new PortfolioFactors().Source, document.Portfolio.Factors.Source);
    }

    [Fact]
    public void The_typical_mix_adds_to_the_listed_use_cases()
    {
        var document = Read("name: x\ntypical: 100\nuse_cases:\n" + Case);
        Assert.Equal(101, document.Portfolio.UseCases.Sum(useCase => useCase.Count), 1e-9);
    }

    [Fact]
    public void Every_kind_of_factor_can_be_replaced()
    {
        var factors = Read("""
            name: x
            factors:
              source: ours
              pue: 1.3
              graphics_watts: 60
              days_per_year: 365
              graphics_hour: { climate: 1, water: 2, primary_energy: 3, resources: 4 }
              grid:
                EU-27: 0.25
                Home: { share: 0.75, climate: 0.1, water: 0.2, primary_energy: 1, resources: 1e-8 }
            models:
              own: { billion_parameters: 32, first_token_s: 0.5, tokens_per_s: 50 }
              high: { billion_parameters: 100, first_token_s: 0.5, tokens_per_s: 50, long_tokens_per_s: 40 }
            use_cases:
              - { name: a, kind: agents, model: own, users: 1, requests_per_day: 1, calls: 7, output_tokens: 100 }
            """).Portfolio;
        Assert.StartsWith("ours; the rest arXiv", factors.Factors.Source, StringComparison.Ordinal);
        Assert.Equal(1.3, factors.Factors.Pue);
        Assert.Equal(new Impacts(0, 1, 2, 3, 4), factors.Factors.GraphicsHour);
        Assert.Equal(0.25 * 0.410 + 0.75 * 0.1, factors.Factors.Electricity().Climate, 1e-12);
        Assert.Equal(9, factors.Factors.Model("own").Devices);
        Assert.Equal(40, factors.Factors.Model("high").LongTokensPerSecond);
        Assert.Equal(3, factors.Factors.Model("low").Devices);
        Assert.Equal((7, 100, 365), (factors.UseCases[0].Workload.Calls, factors.UseCases[0].Workload.OutputTokens, factors.Factors.DaysPerYear));
    }

    [Fact]
    public void Scenarios_and_uncertainty_are_read()
    {
        var document = Read("name: x\nscenarios:\n  - published\n  - { name: plan, based_on: Intermediate, agent_growth: 0.1, years: 3 }\nuncertainty:\n"
            + "  speed: fixed\n  tokens: { uniform: [0.5, 2], source: logs }\n  requests: { log_normal: 0.2 }\nuse_cases:\n" + Case);
        Assert.Equal(6, document.Scenarios.Count);
        Assert.Equal((0.1, 3, 2.0), (document.Scenarios[5].AgentGrowth, document.Scenarios[5].Years, document.Scenarios[5].ModelSize));
        Assert.DoesNotContain(document.Uncertain, factor => factor.Name == "speed");
        var tokens = document.Uncertain.Single(factor => factor.Name == "tokens");
        Assert.Equal((0.5, 2.0, "logs"), (tokens.Distribution.Low, tokens.Distribution.High, tokens.Source));
        Assert.Contains("log-normal", document.Uncertain.Single(factor => factor.Name == "requests").Distribution.Description);
        Assert.Equal(UncertainFactor.Defaults.Count - 1, document.Uncertain.Count);
    }

    [Theory]
    [InlineData("", "p.yaml:1: the file is empty")]
    [InlineData("name: [", "this is no YAML")]
    [InlineData("name: x\n", "there is no use case")]
    [InlineData("name: x\nuse_cases:\n  - { name: a, kind: chit, users: 1, requests_per_day: 1 }\n", "p.yaml:3: use case 1: there is no kind 'chit'")]
    [InlineData("name: x\nuse_cases:\n  - { name: a, kind: chat, users: -1, requests_per_day: 1 }\n", "p.yaml:3: use case 1: -1 users is not a finite amount")]
    [InlineData("name: x\nuse_cases:\n  - { name: a, kind: chat, user: 1, requests_per_day: 1 }\n", "use case 1 needs 'users'")]
    [InlineData("name: x\nuse_cases:\n  - { name: a, kind: chat, users: 1, requests_per_day: 1, cuont: 3 }\n", "use case 1 has the unknown key 'cuont'")]
    [InlineData("name: x\nuse_cases:\n  - { name: a, kind: chat, model: giant, users: 1, requests_per_day: 1 }\n", "There is no model 'giant'")]
    [InlineData("name: x\nfactors: { pue: 1.2 }\n", "'factors' needs 'source'")]
    [InlineData("name: x\nfactors: { source: s, pue: 0.2 }\n", "A PUE is at least 1, not 0.2")]
    [InlineData("name: x\nfactors: { source: s, grid: { USA: 0.4 } }\n", "the grids sum to 0.4")]
    [InlineData("name: x\nfactors: { source: s, grid: { Mars: 1 } }\n", "electricity in 'Mars' are not published")]
    [InlineData("name: x\nfactors: { source: s, grid: { Home: { share: 1, climate: 0.1 } } }\n", "grid 'Home' needs 'water'")]
    [InlineData("name: x\nscenarios: [ { name: p, based_on: nothing } ]\nuse_cases:\n" + Case, "there is no scenario 'nothing'")]
    [InlineData("name: x\nscenarios: [ { name: p, agent_growth: -2 } ]\nuse_cases:\n" + Case, "A yearly growth is above -1")]
    [InlineData("name: x\nuncertainty: { speeed: fixed }\nuse_cases:\n" + Case, "'uncertainty' has the unknown key 'speeed'")]
    [InlineData("name: x\nuncertainty: { speed: { uniform: [2, 1] } }\nuse_cases:\n" + Case, "A uniform factor lies between")]
    public void What_is_no_portfolio_is_refused_with_its_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputFormatException>(() => Read(text)).Message);

    private static PortfolioDocument Read(string text) => PortfolioFile.Read(new StringReader(text), "p.yaml");
}
