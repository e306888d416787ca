using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Indicators;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The command <c>vilfredo indicators contributions</c>.</summary>
internal static class ContributionsCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("contributions", "By how much the hypervolume shrinks without each point, one line per point.")
        {
            Details = "Dominated points and duplicates contribute 0. A blank line separates the data sets.",
            Examples =
            [
                new("vilfredo indicators contributions points.txt --reference 1,1", "One number per point"),
                new("paste points.txt <(vilfredo indicators contributions points.txt -r 1,1)", "Beside the points themselves"),
            ],
        };
        var reference = ReferencePoint.Option();
        command.Add(reference);
        var indicator = new Indicator(command, terminal);
        command.Handle(parse =>
        {
            var given = parse.GetValue(reference);
            var sets = indicator.Read(parse);
            return indicator.WriteNumbersPerPoint(
                parse,
                sets,
                set =>
                {
                    var contributions = new double[set.Source.Count];
                    Hypervolume.Contributions(set.Minimised, set.Objectives, ReferencePoint.For(set, given), contributions);
                    return contributions;
                },
                json => json.WriteMeasurements("reference", PointList.Parse("--reference", given!, sets[0].File)));
        });
        return command;
    }
}
