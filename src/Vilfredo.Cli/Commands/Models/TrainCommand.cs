using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies.Reporting;
using Vilfredo.Studies.Yaml;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>The command <c>vilfredo train</c>.</summary>
internal static class TrainCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("train", "Train a small language model as a file describes.")
        {
            Details = "A training that is interrupted, or killed, goes on from its last checkpoint when the command is given again, and ends with the same "
                + "weights to the bit. The model's folder then holds config.json, model.safetensors, the tokenizer and a card with what it cost and "
                + "what it can do; the folder training in it holds the checkpoint, log.jsonl and log.csv.",
            Examples =
            [
                new("vilfredo train examples/training/first.yaml", "A first model of verifiable problems, within a minute or two"),
                new("vilfredo train my.yaml --output /tmp/trial --fresh", "Begin anew, in another folder"),
            ],
        };
        var file = new Argument<string>("FILE") { Description = "The training file; docs/training.md lists its keys." };
        var output = new Option<string?>("--output") { HelpName = "FOLDER", Description = "The folder of the model, in place of the file's." };
        var fresh = new Option<bool>("--fresh") { Description = "Begin anew, even where a checkpoint is." };
        var json = OutputOptions.Json();
        command.Add(file);
        foreach (var option in new Option[] { output, fresh, json }) command.Add(option);
        command.Handle((parse, cancellation) =>
        {
            var recipe = Load(parse.GetRequiredValue(file));
            if (parse.GetValue(output) is { } folder)
                recipe = recipe with { Output = Path.GetFullPath(folder) };
            var trained = new TrainingRun(terminal, recipe).Run(parse.GetValue(fresh), cancellation);
            ModelCard.Write(trained, CommandLine.Version(), DateOnly.FromDateTime(DateTime.UtcNow));
            if (parse.GetValue(json))
                WriteJson(terminal, trained);
            else
                WriteTables(terminal, trained);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static TrainingRecipe Load(string path)
    {
        try
        {
            return InputFile.Open(path, TrainingFile.Load);
        }
        catch (YamlFileException error)
        {
            throw new UserErrorException(string.Join("\nvilfredo: ", error.Mistakes), "The keys of a training file are listed in docs/training.md.");
        }
    }

    private static void WriteTables(Terminal terminal, TrainedModel trained)
    {
        terminal.Output.WriteLine($"{Path.GetRelativePath(Environment.CurrentDirectory, trained.Recipe.Output)}: {trained.Recipe.Steps} steps, {trained.Cost}");
        foreach (var (name, loss) in trained.Last.Evaluation ?? new Dictionary<string, double>())
            terminal.Output.WriteLine($"{name} loss {QuantityFormat.Significant(loss, 4)} nats per token");
        if (trained.Scores.Count == 0)
            return;
        var table = new TextTable(new("family"), new("difficulty", true), new("problems", true), new("right %", true), new("95 % interval"), new("tokens per answer", true))
        {
            Title = "Answers to test problems",
        };
        foreach (var score in trained.Scores)
        {
            table.Add(
            [
                score.Family, Whole(score.Difficulty), Whole(score.Problems), Percent(score.Accuracy), $"{Percent(score.Interval.Lower)} to {Percent(score.Interval.Upper)}",
                score.MeanTokens.ToString("0.0", CultureInfo.InvariantCulture),
            ]);
        }

        table.Add(["all", "", Whole(trained.Scores.Sum(score => score.Problems)), Percent(trained.Accuracy!.Value), "", ""], emphasized: true);
        table.Write(terminal);
    }

    private static void WriteJson(Terminal terminal, TrainedModel trained) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("output", trained.Recipe.Output);
        json.WriteNumber("steps", trained.Recipe.Steps);
        json.WritePropertyName("cost");
        System.Text.Json.JsonSerializer.Serialize(json, trained.Cost);
        json.WriteStartObject("loss");
        foreach (var (name, loss) in trained.Last.Evaluation ?? new Dictionary<string, double>())
            json.WriteMeasurement(name, loss);
        json.WriteEndObject();
        if (trained.Accuracy is { } accuracy)
            json.WriteMeasurement("accuracy", accuracy);
        json.WriteStartArray("scores");
        foreach (var score in trained.Scores)
        {
            json.WriteStartObject();
            json.WriteString("family", score.Family);
            json.WriteNumber("difficulty", score.Difficulty);
            json.WriteNumber("problems", score.Problems);
            json.WriteNumber("correct", score.Correct);
            json.WriteNumber("ill_formed", score.IllFormed);
            json.WriteNumber("unfinished", score.Unfinished);
            json.WriteNumber("tokens", score.Tokens);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
