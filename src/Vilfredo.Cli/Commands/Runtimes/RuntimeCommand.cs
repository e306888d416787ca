using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Commands.Runtimes;

/// <summary>The command group <c>vilfredo runtime</c>.</summary>
internal static class RuntimeCommand
{
    /// <summary>Builds the group.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("runtime", "Runtime of language models by formula: fit a profile once, then cost any requests by their token counts.")
        {
            Examples = [new("vilfredo runtime estimate idealized --query 512,64", "The published profiles of 19 models on the same hardware")],
        };
        command.Add(FitCommand.Create(terminal));
        command.Add(EstimateCommand.Create(terminal));
        command.Add(HardwareCommand.Create(terminal));
        return command;
    }
}
