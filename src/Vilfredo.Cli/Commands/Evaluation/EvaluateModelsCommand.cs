using System.CommandLine;
using Vilfredo.Cli.Commands.Studies;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Recording;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Studies;
using Vilfredo.Studies.Yaml;

namespace Vilfredo.Cli.Commands.Evaluation;

/// <summary>The command <c>vilfredo evaluate</c>.</summary>
internal static class EvaluateModelsCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("evaluate", "Measure models and inference strategies on tasks, and draw the frontier of quality against cost.")
        {
            Details = "An evaluation file names models, strategies with values of their knobs, and tasks. Every answer is on disk as soon as it is there: stop with Ctrl-C, or lose the machine, and give the "
                + "same command again; what has been paid for is not paid twice, also when the file was changed. The folder of the report then holds the frontier as NAME.frontier.json, which "
                + "'vilfredo serve' answers from, a page and pictures; 'vilfredo show', 'pick', 'compare' and 'export' work on the points as on any study.",
            Examples =
            [
                new("vilfredo evaluate examples/reasoning/eval.yaml", "The frontier of small local models, offline"),
                new("vilfredo evaluate eval.yaml --dry-run", "What it would ask and cost at most, without asking"),
                new("vilfredo evaluate eval.yaml --json --output results", "For machines, with the report in another folder"),
            ],
        };
        var file = new Argument<string>("evaluation file") { HelpName = "EVAL.yaml", Description = "The evaluation file; docs/evaluation.md lists its keys." };
        var storage = StudyStore.Option();
        storage.Description = "The file in which answers are kept, beside studies.";
        var output = new Option<string>("--output") { HelpName = "FOLDER", Description = "Where the frontier and the report go.", DefaultValueFactory = _ => "vilfredo-report" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print calls, tokens and money at most, and ask nothing." };
        var fresh = new Option<bool>("--fresh") { Description = "Forget the answers of this evaluation and begin anew." };
        var json = OutputOptions.Json();
        command.Add(file);
        foreach (var option in new Option[] { storage, output, dryRun, fresh, json }) command.Add(option);
        command.Handle(async (parse, cancellation) =>
        {
            var definition = Load(parse.GetRequiredValue(file));
            try
            {
                return parse.GetValue(dryRun)
                    ? await PlanAsync(terminal, definition, parse.GetRequiredValue(storage), parse.GetValue(json)).ConfigureAwait(false)
                    : await RunAsync(terminal, definition, parse.GetRequiredValue(storage), parse.GetRequiredValue(output), parse.GetValue(fresh), parse.GetValue(json), cancellation).ConfigureAwait(false);
            }
            catch (StudyStorageException error)
            {
                throw StudyStore.Explain(error);
            }
        });
        return command;
    }

    private static EvaluationDefinition Load(string path)
    {
        try
        {
            return InputFile.Open(path, EvaluationFile.Load);
        }
        catch (YamlFileException error)
        {
            throw new UserErrorException(string.Join("\nvilfredo: ", error.Mistakes), "The keys of an evaluation file are listed in docs/evaluation.md.");
        }
    }

    private static async Task<int> PlanAsync(Terminal terminal, EvaluationDefinition definition, string storage, bool json)
    {
        var recorded = 0;
        // Nothing is made by a plan, not even the file of answers.
        if (File.Exists(storage) && definition.Search is null)
        {
            await using var store = new EvaluationStore(storage, definition.Name);
            recorded = EvaluationRun.CountRecorded(definition, definition.Points, store);
        }

        PlanOutput.Write(terminal, definition, EvaluationPlan.Of(definition, ModelOpening.Tokens, recorded), json);
        return ExitCode.Success;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, EvaluationDefinition definition, string storage, string folder, bool fresh, bool json, CancellationToken cancellation)
    {
        EvaluationOutcome outcome;
        ModelOpening.Check(definition);
        await using (var store = new EvaluationStore(storage, definition.Name))
        {
            if (fresh)
                await ForgetAsync(definition, store).ConfigureAwait(false);
            var display = new EvaluationDisplay(terminal);
            outcome = display.Show(progress => EvaluationRun.RunAsync(definition, ModelOpening.Open, store, new() { Progress = progress, Tokens = ModelOpening.Tokens }, cancellation).GetAwaiter().GetResult());
        }

        var result = EvaluationAnalysis.Of(definition, outcome);
        if (result.Points.Count > 0)
            EvaluationStudy.Save(result, storage);
        var written = new EvaluationReport(folder).Write(result);
        if (json)
            terminal.WriteJson(writer => EvaluationJson.Write(writer, result, written));
        else
            new EvaluationOutput(terminal, result).Write();
        foreach (var path in written)
            terminal.WriteNote($"wrote {path}");
        return End(terminal, result, cancellation);
    }

    private static async Task ForgetAsync(EvaluationDefinition definition, EvaluationStore store)
    {
        await store.ForgetAsync().ConfigureAwait(false);
        using var studies = new SqliteStorage(store.Path);
        if (studies.List().Contains(definition.Name))
            studies.Delete(definition.Name);
    }

    private static int End(Terminal terminal, EvaluationResult result, CancellationToken cancellation)
    {
        var failures = result.Outcome.Failures;
        foreach (var group in failures.GroupBy(failure => failure.Message).OrderByDescending(group => group.Count()).Take(3))
            terminal.WriteNote($"{group.Count()} failed: {group.Key} (first: {group.First().Point} on {group.First().Problem})");
        switch (result.Outcome.End)
        {
            case EvaluationEnd.Interrupted:
                terminal.WriteNote("interrupted; the same command goes on");
                throw new OperationCanceledException(cancellation);
            case EvaluationEnd.Budget:
                terminal.WriteNote("the evaluation's total budget is used up; raise 'total' in the file and give the same command to go on");
                return ExitCode.Success;
            case EvaluationEnd.Failures:
                throw new CommandFailedException("answers failed one after another, so the evaluation was stopped", "Mend the cause above and give the same command: what was answered is kept.");
            default:
                return failures.Count == 0
                    ? ExitCode.Success
                    : throw new CommandFailedException(failures.Count == 1 ? "1 answer failed and is missing from the result" : $"{failures.Count} answers failed and are missing from the result", "Give the same command to ask for them again.");
        }
    }
}
