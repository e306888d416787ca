using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>The command group <c>vilfredo pool-bets</c>.</summary>
internal static class PoolBetsCommand
{
    /// <summary>Builds the group.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("pool-bets", "Size entries to pools that want k of m right: chance, price, profit.")
        {
            Examples = [new("vilfredo pool-bets urn --hit-rate 1/2", "Columns for a safety, and what real columns reach instead")],
        };
        command.Add(UrnCommand.Create(terminal));
        command.Add(SystemsCommand.Create(terminal));
        command.Add(CoverageCommand.Create(terminal));
        command.Add(BacktestCommand.Create(terminal));
        return command;
    }
}
