using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Commands.Routing;

/// <summary>The command group <c>vilfredo route</c>.</summary>
internal static class RouteCommand
{
    /// <summary>Builds the group.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("route", "Train routers and fit cascades on recorded answers: which model or strategy should answer which question?")
        {
            Details = "A router is trained on the answers that 'vilfredo evaluate' has recorded, and judged on prompts that it has not seen; nothing is asked again. Its file is what the strategy 'router' of an "
                + "evaluation file, and so 'vilfredo serve', answers with. docs/routing.md is a guide.",
            Examples =
            [
                new("vilfredo route train eval.yaml", "Train on half of the prompts, into router.json"),
                new("vilfredo route evaluate router.json eval.yaml", "Judge it on a quarter that it has not seen"),
            ],
        };
        command.Add(RouteTrainCommand.Create(terminal));
        command.Add(RouteEvaluateCommand.Create(terminal));
        command.Add(RouteCalibrateCommand.Create(terminal));
        command.Add(RouteCascadeCommand.Create(terminal));
        return command;
    }
}
