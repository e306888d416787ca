namespace Vilfredo.Cli.Tests.Reproductions;

public sealed class ReproduceTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void The_list_names_the_studies()
    {
        var lines = cli.Run("reproduce", "list").Succeeded().Lines;
        Assert.StartsWith("study", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("sharpe-ratio-at-k ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_recorded_run_is_in_the_ledger_and_has_its_page()
    {
        var run = cli.Run("reproduce", "ai-environmental-impact", "--record", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("wrote results/ai-environmental-impact.json", run.Error, StringComparison.Ordinal);
        var ledger = cli.Run("claims", "--paper", "ai-environmental-impact", "--json").Succeeded().Json;
        Assert.Equal(run.Json.GetRawText(), ledger.GetRawText());
        Assert.Equal("fails", ledger.EnumerateArray().Single(c => c.GetProperty("claim").GetString() == "other-criteria-breakthrough").GetProperty("verdict").GetString());
        Assert.True(File.Exists(Path.Combine(cli.Directory, "docs", "papers", "ai-environmental-impact.svg")));
        Assert.Contains("vilfredo reproduce ai-environmental-impact --scale quick --record", File.ReadAllText(Path.Combine(cli.Directory, "docs", "papers", "ai-environmental-impact.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_record_leaves_no_results()
    {
        Assert.Equal(0, cli.Run("reproduce", "ai-environmental-impact", "--scale", "smoke").ExitCode);
        Assert.False(Directory.Exists(Path.Combine(cli.Directory, "results")));
    }

    [Fact]
    public void Bad_input_is_refused_with_a_way_out()
    {
        cli.Run("reproduce", "sharpe-ratio-at-kk").Refused("unknown study \"sharpe-ratio-at-kk\"");
        cli.Run("reproduce").Refused("which study?");
        cli.Run("reproduce", "efficient-agents", "--all").Refused("a slug and --all were both given");
        cli.Run("reproduce", "efficient-agents", "--seeds", "0").Refused("--seeds 0: at least 1");
        cli.Run("reproduce", "efficient-agents", "-j", "-3").Refused("--jobs -3: at least 1");
        cli.Run("claims").Refused("no results in");
        cli.With("x", "").Run("claims", "--root", ".").Refused("no results in");
    }

    [Fact]
    public void A_broken_record_is_named()
    {
        Directory.CreateDirectory(Path.Combine(cli.Directory, "results"));
        cli.With(Path.Combine("results", "a.json"), "nonsense").Run("claims").Refused(Path.Combine(Path.GetFullPath(cli.Directory), "results"));
    }
}
