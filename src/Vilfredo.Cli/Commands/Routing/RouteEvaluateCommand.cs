using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Metrics;
using Vilfredo.Inference.Routing.Records;

namespace Vilfredo.Cli.Commands.Routing;

/// <summary>The command <c>vilfredo route evaluate</c>.</summary>
internal static class RouteEvaluateCommand
{
    private static readonly string[] Parts = ["test", "calibration", "training", "all"];

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("evaluate", "Judge a router on recorded answers, against each candidate, draws between them, and an oracle.")
        {
            Details = "Nothing is asked: what each candidate answers is recorded. The router is judged on the test part, on which it was neither trained nor calibrated. Draws between candidates reach every point on the "
                + "hull of the candidates, so that is what a router must beat; the oracle knows the answers. Intervals are 95 % bootstrap intervals over prompts.",
            Examples =
            [
                new("vilfredo route evaluate router.json eval.yaml", "On the test part"),
                new("vilfredo route evaluate router.json eval.yaml --part training --json", "How much of it is memory, for machines"),
            ],
        };
        var router = new Argument<string>("router") { HelpName = "ROUTER.json", Description = "A router that 'vilfredo route train' wrote." };
        var file = RecordedInput.EvaluationFile();
        var storage = RecordedInput.Storage();
        var part = new Option<string>("--part") { HelpName = "PART", Description = "Which prompts.", DefaultValueFactory = _ => Parts[0] };
        part.AcceptOnlyFromAmong(Parts);
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of the bootstrap.", DefaultValueFactory = _ => 1 };
        var json = OutputOptions.Json();
        command.Add(router);
        command.Add(file);
        foreach (var option in new Option[] { storage, part, seed, json }) command.Add(option);
        command.Handle(async (parse, cancellation) =>
        {
            var trained = RecordedInput.Router(parse.GetRequiredValue(router));
            var all = await RecordedInput.AnswersForAsync(trained, parse.GetRequiredValue(file), parse.GetRequiredValue(storage)).ConfigureAwait(false);
            var name = parse.GetRequiredValue(part);
            var table = name == "all" ? all : all.Where(prompt => trained.Split.PartOf(prompt.Id) == Enum.Parse<PromptPart>(name, ignoreCase: true));
            if (table.Prompts.Count < 2)
                throw new UserErrorException($"{table.Prompts.Count} prompts of the part '{name}' have an answer of every candidate; at least 2 are needed", "Answer more problems, or take another --part.");
            var predictions = await RouterFactory.PredictAsync(trained, table, cancellation: cancellation).ConfigureAwait(false);
            var report = RouterReport.Of(table, predictions, trained.Measures, trained.Rule, new(parse.GetValue(seed)));
            var output = new RouterOutput(trained, report, name);
            if (parse.GetValue(json)) terminal.WriteJson(output.WriteJson);
            else output.Write(terminal);
            return ExitCode.Success;
        });
        return command;
    }
}
