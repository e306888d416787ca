using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vilfredo.Attainment;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The command <c>vilfredo indicators eaf</c>.</summary>
internal static class AttainmentCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("eaf", "Empirical attainment function: what the best, the median, any share of the runs reached.")
        {
            Details = "Each data set is one run; 2 or 3 objectives. A line holds a vertex of a surface and the percentage of "
                + "the runs that reached it; a blank line separates the surfaces. With --difference, a line holds a point and "
                + "the share of the runs of the first file that reached it minus that of the second.",
            Examples =
            [
                new("vilfredo indicators eaf runs.txt --percentiles 0,50,100", "Best, median and worst surface"),
                new("vilfredo indicators eaf runs.txt --levels 1", "What at least one run reached"),
                new("vilfredo indicators eaf a.txt b.txt --difference", "Where the runs of a.txt are ahead of b.txt, and behind"),
            ],
        };
        var percentiles = new Option<string>("--percentiles")
        {
            HelpName = "P1,P2,...",
            Description = "Surfaces of these percentages of the runs, from 0 (the best) to 100 (the worst). All levels unless given.",
        };
        var levels = new Option<string>("--levels")
        {
            HelpName = "K1,K2,...",
            Description = "Surfaces that at least so many runs reached.",
        };
        var difference = new Option<bool>("--difference") { Description = "Compare the runs of exactly two files." };
        var rectangles = new Option<bool>("--rectangles")
        {
            Description = "With --difference and 2 objectives: rectangles x0 y0 x1 y1 of equal difference, as plots draw them.",
        };
        command.Add(percentiles);
        command.Add(levels);
        command.Add(difference);
        command.Add(rectangles);
        var indicator = new Indicator(command, terminal);
        command.Handle(parse =>
        {
            var runs = indicator.Read(parse);
            var output = new AttainmentOutput(terminal, indicator.WantsJson(parse), runs[0]);
            if (parse.GetValue(difference))
                return output.Write(Difference(runs), parse.GetValue(rectangles));
            if (parse.GetValue(rectangles))
                throw new UserErrorException("--rectangles needs --difference", "Add --difference and name two files.");
            var function = FunctionOf(runs);
            return output.Write(Choose(function, parse.GetValue(percentiles), parse.GetValue(levels)));
        });
        return command;
    }

    private static AttainmentFunction FunctionOf(IReadOnlyList<DataSet> runs)
    {
        var objectives = runs[0].Objectives;
        if (objectives is not (2 or 3))
        {
            throw new UserErrorException(
                $"{runs[0].File.Source}: attainment surfaces exist for 2 or 3 objectives, not {objectives}",
                "Keep 2 or 3 columns, for example with cut or awk.");
        }

        if (runs.FirstOrDefault(run => run.Objectives != objectives) is { } odd)
        {
            throw new UserErrorException(
                $"{odd.File.Source} has {odd.Objectives} columns, but {runs[0].File.Source} has {objectives}",
                "All runs need the same objectives in the same order.");
        }

        return new AttainmentFunction(runs.Select(run => run.Minimised).ToList(), objectives);
    }

    private static AttainmentDifference Difference(IReadOnlyList<DataSet> runs)
    {
        var groups = runs.GroupBy(run => run.File).Select(group => group.ToList()).ToList();
        if (groups.Count != 2)
        {
            throw new UserErrorException(
                $"--difference compares exactly two files, {groups.Count} given",
                "Put all runs of one method into one file, separated by blank lines.");
        }

        var (first, second) = (FunctionOf(groups[0]), FunctionOf(groups[1]));
        return first.Objectives == second.Objectives
            ? new AttainmentDifference(first, second)
            : throw new UserErrorException(
                $"{groups[1][0].File.Source} has {second.Objectives} columns, but {groups[0][0].File.Source} has {first.Objectives}",
                "Both files need the same objectives in the same order.");
    }

    private static IEnumerable<AttainmentSurface> Choose(AttainmentFunction function, string? percentiles, string? levels)
    {
        if (percentiles is not null && levels is not null)
            throw new UserErrorException("--percentiles and --levels exclude each other", "Give one of the two.");
        if (percentiles is not null)
            return Numbers("--percentiles", percentiles, 0, 100).Select(function.SurfaceAtPercentile).ToList();
        if (levels is null)
            return function.Surfaces;

        // A level counts runs; 1.5 runs reach nothing.
        var counts = Numbers("--levels", levels, 1, function.RunCount);
        return counts.Find(count => count != Math.Floor(count)) is var odd and not 0
            ? throw new UserErrorException($"--levels: {NumberText.Format(odd)} is not a whole number", "A level is a number of runs.")
            : counts.ConvertAll(count => function.Surfaces[(int)count - 1]);
    }

    private static List<double> Numbers(string option, string text, double least, double most)
    {
        var numbers = new List<double>();
        foreach (var part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (NumberText.Parse(part, out var number) != NumberProblem.None || number < least || number > most)
            {
                throw new UserErrorException(string.Create(
                    CultureInfo.InvariantCulture, $"{option}: \"{part}\" is not a number from {least} to {most}"));
            }

            numbers.Add(number);
        }

        return numbers;
    }
}
