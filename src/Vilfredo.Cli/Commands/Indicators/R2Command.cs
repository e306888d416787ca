using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Indicators;
using Vilfredo.ReferenceDirections;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The command <c>vilfredo indicators r2</c>.</summary>
internal static class R2Command
{
    private const string IdealName = "--ideal";
    private const string WeightsName = "--weights";

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("r2", "Mean over all preferences of the best weighted Tchebycheff value; smaller is better.")
        {
            Details = "Two objectives are computed exactly, over all weights, unless weights are given. More objectives need "
                + "weights: the largest regular lattice of at most N vectors, or a file with one weight vector per line.",
            Examples =
            [
                new("vilfredo indicators r2 runs.txt --ideal 0,0", "Exact R2 of two objectives"),
                new("vilfredo indicators r2 runs.txt --ideal 0,0,0 --weights 100", "Three objectives, at most 100 weight vectors"),
            ],
        };
        var ideal = new Option<string>(IdealName)
        {
            HelpName = "Z1,Z2,...",
            Description = "A point at least as good as every point, in the user's direction. Needed.",
        };
        var weights = new Option<string>(WeightsName)
        {
            HelpName = "N|FILE",
            Description = "The largest number of evenly spread weight vectors, or a file that lists them.",
        };
        command.Add(ideal);
        command.Add(weights);
        var indicator = new Indicator(command, terminal);
        command.Handle(parse =>
        {
            var sets = indicator.Read(parse);
            var objectives = sets[0].Objectives;
            var point = parse.GetValue(ideal) is { } text
                ? PointList.Parse(IdealName, text, sets[0].File)
                : throw MissingIdeal(sets[0]);
            var vectors = Weights(parse.GetValue(weights), sets[0]);
            return indicator.WriteNumbers(
                parse,
                sets,
                set => vectors is null
                    ? R2Indicator.Exact(set.Minimised, set.Orientation.Flip(point))
                    : R2Indicator.Compute(set.Minimised, vectors, set.Orientation.Flip(point), set.Objectives),
                json => WriteSettings(json, point, vectors?.Length / objectives));
        });
        return command;
    }

    /// <summary>The weight vectors, row-major; <see langword="null"/> for the exact value of two objectives.</summary>
    private static double[]? Weights(string? given, DataSet set)
    {
        if (given is null)
        {
            return set.Objectives == 2 ? null : throw new UserErrorException(
                $"{WeightsName} is missing: only two objectives have an exact R2, {set.File.Source} has {set.Objectives}",
                $"Give the number of weight vectors, such as {WeightsName} 100, or a file of them.");
        }

        if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            return Lattice(count, set);

        var file = PointInput.Read(given);
        return file.Columns == set.Objectives
            ? file.Sets.SelectMany(part => part.Values.ToArray()).ToArray()
            : throw new UserErrorException(
                $"{WeightsName}: {given} has {file.Columns} columns, but {set.File.Source} has {set.Objectives}",
                "Give one weight per objective and line.");
    }

    private static double[] Lattice(int most, DataSet set)
    {
        var divisions = most < 1 ? 0 : DasDennisDirections.DivisionsFor(set.Objectives, most);
        return divisions > 0 ? DasDennisDirections.Create(set.Objectives, divisions) : throw new UserErrorException(
            $"{WeightsName}: {most} is too few", $"{set.Objectives} objectives need at least {set.Objectives} weight vectors.");
    }

    private static UserErrorException MissingIdeal(DataSet set) => new(
        $"{IdealName} is missing: R2 measures distances from an ideal point",
        $"Give a point at least as good as all points in every objective: {PointList.Model(IdealName, set.File)}. "
        + "Use the same one for everything you compare.");

    private static void WriteSettings(Utf8JsonWriter json, double[] ideal, int? weights)
    {
        json.WriteMeasurements("ideal", ideal);
        if (weights is { } count)
            json.WriteNumber("weights", count);
        else
            json.WriteString("weights", "all");
    }
}
