namespace Vilfredo.Cli.Tests.Footprint;

public sealed class FootprintTests : IDisposable
{
    private const string Portfolio = """
        name: Test
        use_cases:
          - { name: support, kind: chat, users: 100, requests_per_day: 4, avoided_kg_co2e: 100, value: 5000 }
          - { name: tables, kind: tabular, users: 10, requests_per_day: 1 }
        """;

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void A_portfolio_is_rated_in_tables()
    {
        var result = cli.With("p.yaml", Portfolio).Run("footprint", "p.yaml", "--draws", "20").Succeeded();
        Assert.StartsWith("Test: 2 use cases, 102,500 inferences a year (ESTIMATED)", result.Output, StringComparison.Ordinal);
        foreach (var text in (string[])["Steady ascent, 2030", "Inputs by what they alone do", "tokens", "return on environment", "support", "arXiv 2501.14334"])
            Assert.Contains(text, result.Output);
    }

    [Fact]
    public void The_same_seed_gives_the_same_json()
    {
        cli.With("p.yaml", Portfolio);
        var one = cli.Run("footprint", "p.yaml", "--draws", "20", "--json").Succeeded();
        Assert.Equal(one.Output, cli.Run("footprint", "p.yaml", "--draws", "20", "--json").Succeeded().Output);
        Assert.NotEqual(one.Output, cli.Run("footprint", "p.yaml", "--draws", "20", "--json", "--seed", "2").Succeeded().Output);
        var year = one.Json.GetProperty("year");
        Assert.Equal(["energy", "climate", "water", "primary energy", "resources"], year.EnumerateArray().Select(row => row.GetProperty("criterion").GetString()!));
        foreach (var row in year.EnumerateArray())
            Assert.Equal(row.GetProperty("total").GetDouble(), row.GetProperty("operational").GetDouble() + row.GetProperty("embodied").GetDouble(), 1e-9 * row.GetProperty("total").GetDouble());
        Assert.Equal(5, one.Json.GetProperty("scenarios").GetArrayLength());
        Assert.Equal("support", one.Json.GetProperty("return_on_environment")[0].GetProperty("use_case").GetString());
    }

    [Fact]
    public void The_examples_can_be_rated()
    {
        foreach (var example in Directory.EnumerateFiles(Path.Combine(Cli.RepositoryRoot(), "examples", "footprint"), "*.yaml"))
            cli.Run("footprint", example, "--draws", "3", "--json").Succeeded();
    }

    [Fact]
    public void Calls_of_a_language_model_have_a_range()
    {
        var json = cli.Run("footprint", "request", "--tokens", "500", "--active", "8..70", "--requests", "1000", "--pue", "1.2", "--intensity", "400", "--json").Succeeded().Json;
        var server = json.GetProperty("server_kwh");
        Assert.True(server.GetProperty("low").GetDouble() < server.GetProperty("high").GetDouble());
        Assert.Equal(server.GetProperty("high").GetDouble() * 1.2 * 400, json.GetProperty("operational_g_co2e").GetProperty("high").GetDouble(), 1e-9);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("water_l").ValueKind);
        Assert.Contains("ESTIMATED", cli.Run("footprint", "request", "--tokens", "5", "--active", "8").Succeeded().Output);
    }

    [Fact]
    public void A_computation_has_the_energy_of_its_parts()
    {
        var json = cli.Run("footprint", "compute", "--hours", "10", "--cores", "4", "--core-watts", "10", "--memory", "100", "--pue", "1.5", "--intensity", "200", "--json").Succeeded().Json;
        Assert.Equal(0.7725, json.GetProperty("it_energy_kwh").GetDouble(), 1e-12);
        Assert.Equal(0.7725 * 1.5 * 200, json.GetProperty("operational_g_co2e").GetDouble(), 1e-9);
        Assert.Contains("ESTIMATED", cli.Run("footprint", "compute", "--hours", "1").Succeeded().Output);
    }

    [Theory]
    [InlineData("no portfolio was named")]
    [InlineData("none.yaml: no such file", "none.yaml")]
    [InlineData("--draws: 1 is outside 2 to 1000000", "p.yaml", "--draws", "1")]
    [InlineData("p.yaml:3: use case 1: there is no kind 'talk'", "p.yaml")]
    [InlineData("--active: \"a\" is neither a number nor a range", "request", "--tokens", "1", "--active", "a")]
    [InlineData("--active: A range goes from its least to its largest value", "request", "--tokens", "1", "--active", "70..8")]
    [InlineData("the request: Of 8 to 8 billion parameters, 70 to 70 cannot be active", "request", "--tokens", "1", "--active", "70", "--total", "8")]
    [InlineData("--requests: -1 is not", "request", "--tokens", "1", "--active", "70", "--requests", "-1")]
    [InlineData("--cores without --core-watts", "compute", "--hours", "1", "--cores", "4")]
    [InlineData("the computation: Usage of cores is a share", "compute", "--hours", "1", "--cores", "4", "--core-watts", "9", "--core-usage", "2")]
    public void What_makes_no_sense_is_refused(string message, params string[] arguments) =>
        cli.With("p.yaml", "name: x\nuse_cases:\n  - { name: a, kind: talk, users: 1, requests_per_day: 1 }\n").Run(["footprint", .. arguments]).Refused(message);
}
