using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Indicators;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The command <c>vilfredo indicators hypervolume</c>.</summary>
internal static class HypervolumeCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("hypervolume", "Volume that the points dominate up to a reference point; larger is better.")
        {
            Details = "A point counts where it is strictly better than the reference in every objective. The value is exact "
                + "for any number of objectives.",
            Examples =
            [
                new("vilfredo indicators hypervolume points.txt --reference 1.1,1.1", "One number per data set"),
                new("vilfredo indicators hypervolume results.csv -r 0,10 --maximise accuracy", "Larger accuracy is better"),
                new("sort -u points.txt | vilfredo indicators hypervolume - -r 1,1 --json", "From standard input, as JSON"),
            ],
        };
        var reference = ReferencePoint.Option();
        command.Add(reference);
        var indicator = new Indicator(command, terminal);
        command.Handle(parse =>
        {
            var given = parse.GetValue(reference);
            var sets = indicator.Read(parse);
            return indicator.WriteNumbers(
                parse,
                sets,
                set => Compute(set, ReferencePoint.For(set, given), terminal),
                json => json.WriteMeasurements("reference", PointList.Parse("--reference", given!, sets[0].File)));
        });
        return command;
    }

    private static double Compute(DataSet set, double[] reference, Terminal terminal)
    {
        var volume = Hypervolume.Compute(set.Minimised, set.Objectives, reference);
        if (volume == 0)
            terminal.WriteNote($"{set.Place}: no point is better than the reference in every objective, so its hypervolume is 0");
        return volume;
    }
}
