using System.CommandLine;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Indicators;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The command <c>vilfredo indicators epsilon</c>.</summary>
internal static class EpsilonCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand(
            "epsilon", "By how much the points must improve to cover the reference set; smaller is better.")
        {
            Details = "Additive: the amount to subtract from every objective. Multiplicative: the factor, for positive values.",
            Examples =
            [
                new("vilfredo indicators epsilon runs.txt --reference-set front.txt", "Additive epsilon of each run"),
                new("vilfredo indicators epsilon runs.txt -r front.txt --multiplicative", "As a factor"),
            ],
        };
        var referenceSet = ReferenceSet.Option();
        var multiplicative = new Option<bool>("--multiplicative") { Description = "The factor instead of the difference." };
        command.Add(referenceSet);
        command.Add(multiplicative);
        var indicator = new Indicator(command, terminal);
        command.Handle(parse =>
        {
            var path = parse.GetValue(referenceSet);
            var reference = ReferenceSet.Read(path);
            var asFactor = parse.GetValue(multiplicative);
            return indicator.WriteNumbers(
                parse,
                indicator.Read(parse),
                set => asFactor ? Multiplicative(set, reference) : Additive(set, reference),
                json =>
                {
                    json.WriteString("referenceSet", path);
                    json.WriteBoolean("multiplicative", asFactor);
                });
        });
        return command;
    }

    private static double Additive(DataSet set, ReferenceSet reference) =>
        EpsilonIndicator.Additive(set.Minimised, reference.For(set, set.Orientation.Flip), set.Objectives);

    private static double Multiplicative(DataSet set, ReferenceSet reference) => EpsilonIndicator.Multiplicative(
        set.Orientation.Invert(set.Source.Values), reference.For(set, set.Orientation.Invert), set.Objectives);
}
