using Vilfredo.Inference.Catalog;

namespace Vilfredo.Cli.Tests;

/// <summary>The command strategies.</summary>
public sealed class StrategiesTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void All_are_listed_for_people_and_for_machines()
    {
        var text = _cli.Run("strategies").Succeeded().Output;
        Assert.All(StrategyCatalog.All, strategy => Assert.Contains(strategy.Summary, text, StringComparison.Ordinal));
        var json = _cli.Run("strategies", "--json").Succeeded().Json;
        Assert.Equal(StrategyCatalog.All.Select(strategy => strategy.Name), json.EnumerateArray().Select(strategy => strategy.GetProperty("name").GetString()));
    }

    [Fact]
    public void One_is_shown_with_its_knobs_by_any_of_its_names()
    {
        var definition = StrategyCatalog.All.First(strategy => strategy.Aliases.Count > 0 && strategy.Knobs.Count > 0);
        var text = _cli.Run("strategies", definition.Aliases[0]).Succeeded().Output;
        Assert.StartsWith(definition.Name + ":", text, StringComparison.Ordinal);
        Assert.All(definition.Knobs, knob => Assert.Contains(knob.Summary, text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_one_is_refused_with_those_that_there_are()
    {
        var run = _cli.Run("strategies", "nosuch");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("majority_voting", run.Error, StringComparison.Ordinal);
    }
}
