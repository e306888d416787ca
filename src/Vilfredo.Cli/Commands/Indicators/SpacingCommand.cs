using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Indicators;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The command <c>vilfredo indicators spacing</c>.</summary>
internal static class SpacingCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("spacing", "How unevenly the points are spaced: 0 when each is equally far from its neighbour.")
        {
            Examples = [new("vilfredo indicators spacing runs.txt", "Schott's spacing of each run")],
        };
        var indicator = new Indicator(command, terminal);
        command.Handle(parse => indicator.WriteNumbers(
            parse,
            indicator.Read(parse, allowInfinity: false),
            set => Spacing.Compute(set.Minimised, set.Objectives)));
        return command;
    }
}
