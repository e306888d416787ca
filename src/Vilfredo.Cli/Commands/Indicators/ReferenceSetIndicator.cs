using System.Text.Json;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>Builds the commands whose only parameter is a reference set.</summary>
internal static class ReferenceSetIndicator
{
    /// <summary>An indicator of points (first) and a reference set (second), both minimised.</summary>
    public delegate double Measure(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives);

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal, string name, string description, Measure measure)
    {
        var command = new CliCommand(name, description)
        {
            Examples =
            [
                new($"vilfredo indicators {name} runs.txt --reference-set front.txt", "One number per run of runs.txt"),
                new($"vilfredo indicators {name} a.csv b.csv -r front.csv --maximise accuracy --json", "Larger accuracy is better"),
            ],
        };
        var referenceSet = ReferenceSet.Option();
        command.Add(referenceSet);
        var indicator = new Indicator(command, terminal);
        command.Handle(parse =>
        {
            var path = parse.GetValue(referenceSet);
            var reference = ReferenceSet.Read(path);
            return indicator.WriteNumbers(
                parse,
                indicator.Read(parse),
                set => measure(set.Minimised, reference.For(set, set.Orientation.Flip), set.Objectives),
                json => json.WriteString("referenceSet", path));
        });
        return command;
    }
}
