using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;
using Vilfredo.Sorting;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>The command <c>vilfredo filter</c>.</summary>
internal static class FilterCommand
{
    private const string Keep = "keep";
    private const string Drop = "drop";

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("filter", "Keep the non-dominated points; their lines stay as they are.")
        {
            Details = "Each data set is filtered on its own, and a blank line separates them. The header is kept, comment lines "
                + "are not.",
            Examples =
            [
                new("vilfredo filter points.txt > front.txt", "The frontier of each data set"),
                new("vilfredo filter --union runs/*.txt > best.txt", "The frontier of all runs together"),
                new("vilfredo filter results.csv --maximise accuracy --duplicates drop", "Of equal points only the first"),
            ],
        };
        var files = PointInput.Files();
        var maximise = Orientation.Option();
        var union = new Option<bool>("--union", "-u") { Description = "Treat all data sets of all files as one." };
        var duplicates = new Option<string>("--duplicates")
        {
            HelpName = "keep|drop",
            Description = "What happens to points with equal values: all stay, or only the first.",
            DefaultValueFactory = _ => Keep,
        };
        var json = OutputOptions.Json();
        command.Add(files);
        command.Add(maximise);
        command.Add(union);
        command.Add(duplicates);
        command.Add(json);
        command.Handle(parse =>
        {
            var keepDuplicates = parse.GetValue(duplicates) switch
            {
                Keep => true,
                Drop => false,
                var other => throw new UserErrorException($"--duplicates: \"{other}\" is neither {Keep} nor {Drop}"),
            };
            var read = PointInput.ReadAll(parse.GetRequiredValue(files), new PointFileOptions { KeepText = true });
            var sets = DataSet.Of(read, parse.GetValue(maximise));
            IReadOnlyList<IReadOnlyList<DataSet>> groups = parse.GetValue(union) ? [sets] : [.. sets.Select(set => (DataSet[])[set])];
            var output = new FilterOutput(terminal, parse.GetValue(json));
            return output.Write(groups.Select(group => Frontier(group, keepDuplicates)).ToList());
        });
        return command;
    }

    /// <summary>The non-dominated points of several data sets taken as one.</summary>
    private static FilteredGroup Frontier(IReadOnlyList<DataSet> sets, bool keepDuplicates)
    {
        var objectives = sets[0].Objectives;
        if (sets.FirstOrDefault(set => set.Objectives != objectives) is { } odd)
        {
            throw new UserErrorException(
                $"{odd.File.Source} has {odd.Objectives} columns, but {sets[0].File.Source} has {objectives}",
                "Only points with the same objectives can be compared; leave out --union.");
        }

        var points = sets.Count == 1 ? sets[0].Minimised : sets.SelectMany(set => set.Minimised).ToArray();
        var kept = NonDominatedFilter.Indices(points, objectives, keepDuplicates);
        return new FilteredGroup(sets, kept);
    }
}
