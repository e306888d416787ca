using System.Text.Json;
using Vilfredo.Cli.Output;
using Vilfredo.Statistics;
using Vilfredo.Studies;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>Shows how two groups of studies compare.</summary>
internal sealed class CompareOutput(Terminal terminal, StudyComparison comparison, StudyGroup a, StudyGroup b)
{
    private const int MostRegions = 6;

    private readonly QuantityFormat[] formats =
    [
        .. comparison.Objectives.Select((o, k) => QuantityFormat.ForColumn(
            a.Frontiers.Concat(b.Frontiers).SelectMany(f => f.Frontier).Select(p => p.Values[k]).Append(comparison.Reference[k]), o.Unit)),
    ];

    /// <summary>For people.</summary>
    public void Write()
    {
        var table = new TextTable(new("side"), new("studies"), new("runs", true), new("hypervolume", true), new("95 % interval"), new("lowest", true), new("highest", true))
        {
            Title = $"Hypervolume, as a share of the box up to {string.Join(", ", comparison.Reference.Select((r, k) => $"{comparison.Objectives[k].Name} {formats[k].FormatWithUnit(r)}"))}",
        };
        Add(table, a, comparison.First);
        Add(table, b, comparison.Second);
        table.Write(terminal);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(Verdict());
        if (comparison.Attainment is null) return;
        terminal.Output.WriteLine();
        WriteRegions();
    }

    /// <summary>For machines.</summary>
    public void WriteJson() => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("reference");
        for (var k = 0; k < comparison.Objectives.Count; k++) json.WriteNumber(comparison.Objectives[k].Name, comparison.Reference[k]);
        json.WriteEndObject();
        WriteGroup(json, "a", a, comparison.First);
        WriteGroup(json, "b", b, comparison.Second);
        json.WriteString("chance", comparison.Chance.ToString().ToLowerInvariant());
        json.WriteNumber("probabilityAIsBetter", comparison.ProbabilityFirstIsBetter);
        if (comparison.ProbabilityInterval is { } interval) WriteInterval(json, interval);
        if (comparison.Test is { } test)
        {
            json.WriteNumber("a12", test.ProbabilityOfSuperiority);
            json.WriteNumber("mannWhitneyP", test.PValue);
        }

        if (comparison.AttainedMore() is { } attained)
        {
            json.WriteStartObject("attainment");
            json.WriteNumber("aMoreOften", attained.First);
            json.WriteNumber("bMoreOften", attained.Second);
            json.WriteStartArray("regions");
            foreach (var region in comparison.Regions()) WriteRegion(json, region);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    private static void Add(TextTable table, StudyGroup group, ComparedGroup result) => table.Add(
    [
        group.Side,
        group.Given,
        $"{group.Names.Count}",
        Short(result.Mean),
        result.Interval is { } i ? $"{Short(i.Lower)} to {Short(i.Upper)}" : "-",
        Short(result.Hypervolumes.Min()),
        Short(result.Hypervolumes.Max()),
    ]);

    private string Verdict()
    {
        var probability = comparison.ProbabilityFirstIsBetter;
        switch (comparison.Chance)
        {
            case ChanceSource.Runs:
                var test = comparison.Test!;
                var interval = comparison.ProbabilityInterval!;
                var single = a.Names.Count == 1 || b.Names.Count == 1 ? " One side has a single run, so the interval knows the chance of the other only." : "";
                // Where every run of one side is ahead, no resample says anything else.
                var range = interval.IsDegenerate ? "" : $" (95 % interval {Short(interval.Lower)} to {Short(interval.Upper)})";
                return $"A is better than B with probability {Short(probability)}{range}: the share of pairs of "
                    + $"runs in which A has the larger hypervolume (Vargha-Delaney A12, {Effect(probability)} effect). Mann-Whitney p = {QuantityFormat.Significant(test.PValue, 2)}"
                    + $"{(test.IsExact ? " (exact)" : "")}.{single}";
            case ChanceSource.Repeats:
                return $"A is better than B with probability {Short(probability)}, given the noise that the repeats of trials show. One run each tells nothing about the "
                    + "chance of the search itself: compare several seeds for that.";
            default:
                var (one, two) = (comparison.First.Mean, comparison.Second.Mean);
                var words = one == two ? "Both have the same hypervolume" : $"{(one > two ? "A" : "B")} has the larger hypervolume here";
                return $"{words}, but one run each tells nothing about chance: compare several seeds, such as 'a-*' with 'b-*', or repeat trials.";
        }
    }

    private void WriteRegions()
    {
        var (first, second) = comparison.AttainedMore()!.Value;
        terminal.Output.WriteLine($"A attains more often in {Percent(first)} of the box, B in {Percent(second)}.");
        var regions = comparison.Regions();
        if (regions.Count == 0) return;
        var objectives = comparison.Objectives;
        var table = new TextTable(new(objectives[0].Name), new(objectives[1].Name), new("more often"), new("by", true), new("of the box", true))
        {
            Title = regions.Count > MostRegions ? $"The {MostRegions} largest of {regions.Count} regions of goals" : "Regions of goals",
        };
        foreach (var region in regions.Take(MostRegions))
        {
            table.Add([Range(0, region), Range(1, region), region.Difference > 0 ? "A" : "B", Percent(Math.Abs(region.Difference)), Percent(region.Share)]);
        }

        table.Write(terminal);
    }

    private string Range(int k, ComparedRegion region) => $"{formats[k].Format(region.Best[k])} to {formats[k].FormatWithUnit(region.Worst[k])}";

    private static void WriteGroup(Utf8JsonWriter json, string property, StudyGroup group, ComparedGroup result)
    {
        json.WriteStartObject(property);
        json.WriteString("given", group.Given);
        json.WriteStartArray("runs");
        for (var i = 0; i < group.Names.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("study", group.Names[i]);
            json.WriteNumber("hypervolume", result.Hypervolumes[i]);
            json.WriteNumber("frontier", group.Frontiers[i].Frontier.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("mean", result.Mean);
        if (result.Interval is { } interval) WriteInterval(json, interval);
        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, BootstrapInterval interval)
    {
        json.WriteStartArray("interval95");
        json.WriteNumberValue(interval.Lower);
        json.WriteNumberValue(interval.Upper);
        json.WriteEndArray();
    }

    private void WriteRegion(Utf8JsonWriter json, ComparedRegion region)
    {
        json.WriteStartObject();
        for (var k = 0; k < 2; k++)
        {
            json.WriteStartArray(comparison.Objectives[k].Name);
            json.WriteNumberValue(region.Best[k]);
            json.WriteNumberValue(region.Worst[k]);
            json.WriteEndArray();
        }

        json.WriteNumber("difference", region.Difference);
        json.WriteNumber("share", region.Share);
        json.WriteEndObject();
    }

    // The thresholds that Vargha and Delaney give for A12: 0.56, 0.64, 0.71.
    private static string Effect(double probability) => Math.Max(probability, 1 - probability) switch
    {
        < 0.56 => "negligible",
        < 0.64 => "small",
        < 0.71 => "medium",
        _ => "large",
    };

    private static string Percent(double share) => $"{QuantityFormat.Significant(100 * share, 2)} %";

    private static string Short(double value) => QuantityFormat.Significant(value, 4);
}
