using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;
using Vilfredo.Sorting;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>The command <c>vilfredo sort</c>.</summary>
internal static class SortCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("sort", "Rank points by non-dominated sorting, one rank per line.")
        {
            Details = "Rank 0 is the frontier, rank 1 the frontier of what is left without it, and so on. Each data set is "
                + "ranked on its own; a blank line separates them.",
            Examples =
            [
                new("vilfredo sort points.txt", "The rank of each point, in the order of the file"),
                new("vilfredo sort results.csv --maximise accuracy --json", "Larger accuracy is better; as JSON"),
                new("paste -d ' ' <(vilfredo sort points.txt) points.txt | sort -n", "Points with their ranks, best first"),
            ],
        };
        var file = PointInput.File();
        var maximise = Orientation.Option();
        var json = OutputOptions.Json();
        command.Add(file);
        command.Add(maximise);
        command.Add(json);
        command.Handle(parse =>
        {
            var sets = DataSet.Of([PointInput.Read(parse.GetRequiredValue(file))], parse.GetValue(maximise));
            var ranks = sets.Select(set => NonDominatedSorting.Rank(set.Minimised, set.Objectives)).ToList();
            if (parse.GetValue(json))
                WriteJson(terminal, sets, ranks);
            else
                WriteText(terminal, ranks);
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteText(Terminal terminal, List<int[]> ranks)
    {
        for (var set = 0; set < ranks.Count; set++)
        {
            if (set > 0)
                terminal.Output.WriteLine();
            foreach (var rank in ranks[set])
                terminal.Output.WriteLine(rank);
        }
    }

    private static void WriteJson(Terminal terminal, IReadOnlyList<DataSet> sets, List<int[]> ranks) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var (set, rank) in sets.Zip(ranks))
        {
            json.WriteStartObject();
            json.WriteString("file", set.File.Source);
            json.WriteNumber("set", set.Number);
            json.WriteNumber("points", set.Source.Count);
            json.WriteNumber("fronts", rank.Max() + 1);
            json.WriteStartArray("ranks");
            foreach (var value in rank)
                json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
