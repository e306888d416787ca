using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Decisions;
using Vilfredo.Sorting;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>The command <c>vilfredo frontier</c>.</summary>
internal static class FrontierCommand
{
    private static readonly string[] KneeMethods = ["hyperplane", "bend-angle", "trade-off", "marginal-utility", "none"];

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("frontier", "Show the Pareto frontier of a CSV file of results.")
        {
            Details = "The first line names the columns. Columns that are not objectives are carried along as knobs. Rows without "
                + "a value for an objective are left out and reported.",
            Examples =
            [
                new("vilfredo frontier results.csv --min cost --max accuracy", "A table, best first objective first, the knee marked"),
                new("vilfredo frontier results.csv --min cost,latency --max accuracy --csv > best.csv", "The rows themselves"),
                new("vilfredo frontier results.csv --min cost --max accuracy --json", "For machines"),
            ],
        };
        var file = new Argument<string>("file")
        {
            HelpName = "FILE",
            Description = "Comma-separated values with a header (semicolons and tabs work too); - reads standard input.",
        };
        var minimise = Columns("--min", "Columns in which smaller is better, separated by commas.");
        var maximise = Columns("--max", "Columns in which larger is better, separated by commas.");
        var knee = new Option<string>("--knee")
        {
            HelpName = "METHOD",
            Description = $"How the knee is found: {string.Join(", ", KneeMethods)}.",
            DefaultValueFactory = _ => KneeMethods[0],
        };
        var strict = new Option<bool>("--strict") { Description = "Refuse rows without a value for an objective." };
        var csv = new Option<bool>("--csv") { Description = "Write the rows of the frontier as CSV, in the order of the file." };
        var json = OutputOptions.Json();
        command.Add(file);
        foreach (var option in new Option[] { minimise, maximise, knee, strict, csv, json })
            command.Add(option);
        command.Handle(parse =>
        {
            if (parse.GetValue(csv) && parse.GetValue(json))
                throw new UserErrorException("--csv and --json exclude each other", "Give one of the two.");
            var method = parse.GetRequiredValue(knee);
            var objectives = Objectives(parse.GetValue(minimise), parse.GetValue(maximise));
            CheckKnee(method, objectives.Count);
            var table = ResultTable.Read(parse.GetRequiredValue(file), objectives, parse.GetValue(strict));
            var output = new FrontierOutput(terminal, table, Frontier(table, method));
            if (parse.GetValue(csv))
                output.WriteCsv();
            else if (parse.GetValue(json))
                output.WriteJson();
            else
                output.WriteTable();
            output.WriteSkipped();
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<string[]> Columns(string name, string description) => new(name)
    {
        HelpName = "COLUMNS",
        Arity = ArgumentArity.ZeroOrMore,
        Description = description,
    };

    private static List<Objective> Objectives(string[]? minimised, string[]? maximised)
    {
        var objectives = Names(minimised).Select(name => Objective.Minimize(name))
            .Concat(Names(maximised).Select(name => Objective.Maximize(name)))
            .ToList();
        if (objectives.Count == 0)
        {
            throw new UserErrorException(
                "no objectives: which columns are to be small, which large?", "Name them, for example: --min cost --max accuracy");
        }

        return objectives.GroupBy(objective => objective.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new UserErrorException($"the column \"{twice.Key}\" is named twice", "Name each objective once, in --min or --max.")
            : objectives;
    }

    private static IEnumerable<string> Names(string[]? lists) => (lists ?? [])
        .SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static void CheckKnee(string method, int objectives)
    {
        if (!KneeMethods.Contains(method))
        {
            throw new UserErrorException(
                $"--knee: there is no method \"{method}\"",
                Suggestion.For(method, KneeMethods) ?? $"The methods are: {string.Join(", ", KneeMethods)}.");
        }

        if (method == "bend-angle" && objectives != 2)
        {
            throw new UserErrorException(
                $"--knee bend-angle needs 2 objectives, {objectives} given", "Use hyperplane, trade-off or marginal-utility.");
        }
    }

    private static FrontierRows Frontier(ResultTable table, string method)
    {
        var minimised = table.Minimised();
        var objectives = table.Objectives.Count;
        var rows = NonDominatedFilter.Indices(minimised, objectives, keepDuplicates: true);
        var values = rows.SelectMany(row => minimised.AsSpan(row * objectives, objectives).ToArray()).ToArray();
        return new FrontierRows(rows, Knee(method, values, objectives) is { } knee ? rows[knee] : null);
    }

    private static int? Knee(string method, double[] values, int objectives)
    {
        // One point, or one objective, has nothing to trade.
        if (values.Length <= objectives || objectives < 2)
            return null;
        return method switch
        {
            "hyperplane" => KneePoints.ByHyperplaneDistance(values, objectives).Index,
            "bend-angle" => KneePoints.ByBendAngle(values).Index,
            "trade-off" => KneePoints.ByTradeOff(values, objectives).Index,
            "marginal-utility" => KneePoints.ByMarginalUtility(values, objectives).Index,
            _ => null,
        };
    }
}
