using System.Globalization;
using System.Text.Json;

namespace Vilfredo.Cli.Tests;

public sealed class RuntimeTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_fit_prints_the_model_with_units_and_what_requests_take()
    {
        var lines = _cli.With("p", Profile(0)).Run("runtime", "fit", "p", "--model", "tiny", "--query", "64,11,10", "--price", "3.6", "--accelerators", "2").Succeeded().Lines;
        Assert.Equal("tiny: 12 trials of 6 pairs of lengths", lines[0]);
        Assert.Equal("prompt [tokens]  first token [s]  per further token [s]", lines[1]);
        Assert.Equal(["1", "0.05", "0.02"], Cells(lines[2]));
        Assert.Equal(["128", "0.15", "0.02"], Cells(lines[3]));
        Assert.Equal(["all", "0.02"], Cells(lines[4]));
        Assert.StartsWith("R^2 1.0000", lines[5], StringComparison.Ordinal);
        var each = 0.05 + 0.1 * 63 / 127 + 0.2;
        Assert.Equal(["64", "11", "10", each.ToString("G4", CultureInfo.InvariantCulture), (10 * each).ToString("G4", CultureInfo.InvariantCulture), (20 * each / 1000).ToString("G4", CultureInfo.InvariantCulture)], Cells(lines[7]));
    }

    [Fact]
    public void A_denoised_profile_is_what_estimate_reads()
    {
        var fitted = _cli.With("p", Profile(0.3)).Run("runtime", "fit", "p", "--denoise", "--model", "a", "--hardware", "h", "--json").Succeeded();
        var model = fitted.Json.GetProperty("a");
        Assert.Equal(0.02, model.GetProperty("runtime_per_output_token").GetDouble(), 1e-9);
        Assert.Equal(0.02, model.GetProperty("runtime_for_prompt_tokens").GetProperty("1").GetDouble(), 1e-9);
        Assert.Equal(0.33, model.GetProperty("overhead").GetDouble(), 1e-9);
        var row = _cli.With("a.json", fitted.Output).Run("runtime", "estimate", "a.json", "-q", "128,11", "--json").Succeeded().Json.GetProperty("models")[0];
        Assert.Equal(0.3 + 0.15 + 0.2, row.GetProperty("seconds").GetDouble(), 1e-9);
        Assert.Equal("h", row.GetProperty("hardware").GetString());
        Assert.Contains("overhead 0.33 s", _cli.Run("runtime", "fit", "p", "--denoise").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_models_are_ranked_and_may_be_held_against_their_endpoints()
    {
        var ranked = _cli.Run("runtime", "estimate", "idealized", "--query", "512,64").Succeeded().Lines;
        Assert.Equal("1 request", ranked[0]);
        Assert.Equal(21, ranked.Length);
        Assert.StartsWith("openai/ada", ranked[2], StringComparison.Ordinal);
        Assert.StartsWith("microsoft/TNLGv2_530B", ranked[^1], StringComparison.Ordinal);
        var both = _cli.Run("runtime", "estimate", "idealized", "denoised", "--query", "512,64", "--model", "openai/davinci", "--json").Succeeded().Json.GetProperty("models");
        Assert.Equal(["denoised", "idealized"], both.EnumerateArray().Select(row => row.GetProperty("profile").GetString()));
        Assert.Equal(0.178 + 63 * 0.081, both[1].GetProperty("seconds").GetDouble(), 1e-9);
        Assert.Equal(0.045 + 63 * 0.03 + 0.183, both[0].GetProperty("seconds").GetDouble(), 1e-9);
    }

    [Fact]
    public void Money_takes_the_published_number_of_accelerators_unless_another_is_given()
    {
        JsonElement Davinci(params string[] options) => _cli.Run(["runtime", "estimate", "idealized", "--query", "512,64", "--model", "openai/davinci", "--json", .. options])
            .Succeeded().Json.GetProperty("models")[0];
        var seconds = 0.178 + 63 * 0.081;
        Assert.False(Davinci().TryGetProperty("usd", out _));
        Assert.Equal(8 * seconds, 3600 * Davinci("--price", "1").GetProperty("usd").GetDouble(), 1e-9);
        Assert.Equal(2 * seconds, 3600 * Davinci("--price", "1", "--accelerators", "2").GetProperty("usd").GetDouble(), 1e-9);
        var table = _cli.Run("runtime", "estimate", "idealized", "denoised", "--query", "512,64", "--price", "1").Succeeded();
        Assert.Equal(["openai/ada", "idealized", "A100-80GB", "1.222", "1.222", "-", "-"], Cells(table.Lines.First(line => line.StartsWith("openai/ada", StringComparison.Ordinal) && line.Contains("idealized", StringComparison.Ordinal))));
    }

    [Fact]
    public void Hardware_is_compared_by_time_and_money_per_token()
    {
        var davinci = _cli.Run("runtime", "hardware").Succeeded().Lines.Single(line => line.StartsWith("davinci", StringComparison.Ordinal));
        Assert.Equal(["davinci,", "OPT", "175B", "12288", "96", "8", "0.081", "737", "16", "0.101", "1,374"], Cells(davinci));
        Assert.Equal(11, _cli.Run("runtime", "hardware", "--json").Succeeded().Json.GetArrayLength());
    }

    [Fact]
    public void Requests_come_from_a_file_and_the_HELM_rule_on_demand()
    {
        var seconds = _cli.With("q.csv", "prompt_tokens,output_tokens,count\n10,1,2\n")
            .Run("runtime", "estimate", "idealized", "--queries", "q.csv", "--rule", "helm", "--model", "openai/davinci", "--json").Succeeded().Json.GetProperty("models")[0].GetProperty("seconds");
        Assert.Equal(2 * 0.087 * 10 / 16, seconds.GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData("no: no such file", "fit", "no")]
    [InlineData("empty:1: the file is empty", "fit", "empty")]
    [InlineData("bad:2: seconds: \"x\" is not a finite number", "fit", "bad")]
    [InlineData("one: The time per output token needs at least two different output lengths", "fit", "one")]
    [InlineData("late: Prompts of 1 tokens were not measured with one output token", "fit", "late")]
    [InlineData("--denoise and --line exclude each other", "fit", "p", "--denoise", "--line")]
    [InlineData("--model: the name is empty", "fit", "p", "--model", "")]
    [InlineData("--json writes the profile", "fit", "p", "--json", "-q", "1,1")]
    [InlineData("argument 'x' not recognized", "fit", "p", "--statistic", "x")]
    [InlineData("--accelerators: 0 is below 1", "fit", "p", "--accelerators", "0")]
    [InlineData("--price: A price is finite", "fit", "p", "--price", "-1")]
    [InlineData("there are no requests", "estimate", "idealized")]
    [InlineData("every request has a count of 0", "estimate", "idealized", "-q", "1,1,0")]
    [InlineData("--query: \"x\" is not a number", "estimate", "idealized", "-q", "x,1")]
    [InlineData("--query: \"-1\" is not a number", "estimate", "idealized", "-q", "-1,1")]
    [InlineData("--query: read 1 numbers", "estimate", "idealized", "-q", "5")]
    [InlineData("idealized has no profile of \"openai/davinc\"", "estimate", "idealized", "-q", "1,1", "--model", "openai/davinc")]
    [InlineData("p:1: this is not JSON", "estimate", "p", "-q", "1,1")]
    [InlineData("idealised: no such file", "estimate", "idealised", "-q", "1,1")]
    public void Wrong_files_and_options_are_refused(string message, params string[] arguments)
    {
        const string Header = "prompt_tokens,output_tokens,seconds\n";
        _cli.With("p", Profile(0)).With("empty", "").With("bad", Header + "1,1,x\n").With("one", Header + "1,1,1\n").With("late", Header + "1,2,1\n1,3,2\n");
        _cli.Run(["runtime", .. arguments]).Refused(message);
    }

    /// <summary>F(1) = 0.05 s, F(128) = 0.15 s, 0.02 s per token; every pair twice, the second time a little slower when it is an endpoint.</summary>
    private static string Profile(double overhead)
    {
        var rows = from prompt in new[] { 1, 128 }
                   from output in new[] { 1, 2, 9 }
                   from noise in new[] { 0, overhead }
                   let seconds = (prompt == 1 ? 0.05 : 0.15) + 0.02 * (output - 1) + overhead + noise
                   select string.Create(CultureInfo.InvariantCulture, $"{prompt},{output},{seconds:R}\n");
        return "prompt_tokens,output_tokens,seconds\n" + string.Concat(rows);
    }

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
