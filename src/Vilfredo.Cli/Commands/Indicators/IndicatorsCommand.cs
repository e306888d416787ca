using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The command group <c>vilfredo indicators</c>.</summary>
internal static class IndicatorsCommand
{
    /// <summary>Builds the group.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("indicators", "Measure how good sets of points are: hypervolume, epsilon, IGD+ and others.")
        {
            Examples = [new("vilfredo indicators hypervolume points.txt --reference 1.1,1.1", "One number per data set")],
        };
        command.Add(HypervolumeCommand.Create(terminal));
        command.Add(ContributionsCommand.Create(terminal));
        command.Add(EpsilonCommand.Create(terminal));
        command.Add(DistanceCommands.CreateIgdPlus(terminal));
        command.Add(DistanceCommands.CreateIgd(terminal));
        command.Add(DistanceCommands.CreateGdPlus(terminal));
        command.Add(DistanceCommands.CreateGd(terminal));
        command.Add(R2Command.Create(terminal));
        command.Add(SpacingCommand.Create(terminal));
        command.Add(AttainmentCommand.Create(terminal));
        return command;
    }
}
