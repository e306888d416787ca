using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Tests.Strategies;

public class StrategyPageTests
{
    public static TheoryData<string> Names => [.. StrategyCatalog.All.Select(definition => definition.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_of_strategies_has_every_one_with_its_other_names_and_its_knobs(string name)
    {
        var definition = StrategyCatalog.Find(name)!;
        var line = Assert.Single(File.ReadLines(Page()), line => line.StartsWith($"| `{name}`", StringComparison.Ordinal));
        Assert.All(definition.Aliases, alias => Assert.Contains($"`{alias}`", line.Split('|')[1], StringComparison.Ordinal));
        Assert.All(definition.Knobs, knob => Assert.Contains($"`{knob.Name}`{(knob.Default is null ? "" : " " + knob.Default)}", line, StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_strategies_have_a_name_in_common() =>
        Assert.Distinct(StrategyCatalog.All.SelectMany(definition => definition.Aliases.Prepend(definition.Name)));

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "docs", "strategies.md") is var page && File.Exists(page))
                return page;
        }

        throw new FileNotFoundException("docs/strategies.md is in no folder around the tests.");
    }
}
