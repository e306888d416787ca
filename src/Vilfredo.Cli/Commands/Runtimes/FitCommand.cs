using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;
using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.IdealizedRuntime.Comparison;

namespace Vilfredo.Cli.Commands.Runtimes;

/// <summary>The command <c>vilfredo runtime fit</c>.</summary>
internal static class FitCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("fit", "Fit a runtime profile to timed generations.")
        {
            Details = "PROFILE is a CSV file with the columns prompt_tokens, output_tokens and seconds, one line per trial of exact length (early stop "
                + "disabled), with outputs of one token and of several. The fit is T(p, o) = F(p) + b (o - 1) + overhead (Narayanan et al., arXiv 2305.02440). "
                + "With --json the profile is written in the form that 'vilfredo runtime estimate' and HELM read.",
            Examples =
            [
                new("vilfredo runtime fit profile.csv --model tiny --query 300,64", "Fit, and what a request of 300 prompt and 64 output tokens takes"),
                new("vilfredo runtime fit calls.csv --denoise --model gpt --json > gpt.json", "An endpoint with other users: contention and overhead taken out"),
            ],
        };
        var file = new Argument<string>("profile") { HelpName = "PROFILE", Description = "The trials; - is standard input." };
        var model = new Option<string>("--model") { HelpName = "NAME", Description = "The model's name.", DefaultValueFactory = _ => "model" };
        var hardware = new Option<string>("--hardware") { HelpName = "TEXT", Description = "What it ran on.", DefaultValueFactory = _ => "" };
        var software = new Option<string>("--software") { HelpName = "TEXT", Description = "With what.", DefaultValueFactory = _ => "" };
        var denoise = new Option<bool>("--denoise") { Description = "Take the minimum over trials, and overhead out of the prompt's time." };
        var line = new Option<bool>("--line") { Description = "Read the first token's time off a line instead of from outputs of one token." };
        var statistic = new Option<string?>("--statistic") { HelpName = "mean|median|minimum", Description = "What stands for the trials of a pair of lengths: the minimum with --denoise, else the mean." };
        var rounded = new Option<bool>("--milliseconds") { Description = "Round times as the published profiles are; destroys profiles of fast models." };
        statistic.AcceptOnlyFromAmong("mean", "median", "minimum");
        command.Add(file);
        foreach (var option in new Option[] { model, hardware, software, denoise, line, statistic, rounded }) command.Add(option);
        var requests = new RuntimeOptions(command);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle(parse =>
        {
            if (parse.GetValue(denoise) && parse.GetValue(line)) throw new UserErrorException("--denoise and --line exclude each other", "Give one of them.");
            var name = parse.GetRequiredValue(model);
            if (string.IsNullOrWhiteSpace(name)) throw new UserErrorException("--model: the name is empty");
            var queries = requests.Queries(parse);
            var machine = requests.Machine(parse, known: 1);
            if (parse.GetValue(json) && queries.Count > 0)
                throw new UserErrorException("--json writes the profile, which has no requests", "Leave out --query, or cost them with 'vilfredo runtime estimate'.");
            var path = parse.GetRequiredValue(file);
            var cells = InputFile.Open(path, p =>
            {
                using var reader = CsvReader.Open(p);
                return ProfileFile.ReadCells(reader);
            });
            var options = new RuntimeFitOptions
            {
                Mode = parse.GetValue(denoise) ? FitMode.Denoised : parse.GetValue(line) ? FitMode.FirstTokenFromLine : FitMode.FirstToken,
                Statistic = parse.GetValue(statistic) is { } word ? Enum.Parse<CellStatistic>(word, ignoreCase: true) : null,
                RoundToMilliseconds = parse.GetValue(rounded),
            };
            var profile = UserInput.Checked(path, () => RuntimeFit.Fit(name, parse.GetRequiredValue(hardware), parse.GetRequiredValue(software), cells, options));
            if (parse.GetValue(json)) WriteJson(terminal, profile);
            else WriteTables(terminal, profile, queries, requests.Rule(parse), machine);
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteJson(Terminal terminal, RuntimeProfile profile) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        ProfileFile.Write(json, profile);
        json.WriteEndObject();
    });

    private static void WriteTables(Terminal terminal, RuntimeProfile profile, List<TokenQuery> queries, PromptRule rule, AcceleratorSetup? machine)
    {
        var fit = profile.Fit!;
        var table = new TextTable(new("prompt [tokens]", true), new("first token [s]", true), new("per further token [s]", true))
        {
            Title = FormattableString.Invariant($"{profile.Model}: {fit.Trials} trials of {fit.Cells} pairs of lengths"),
        };
        for (var i = 0; i < profile.PromptLengths.Count; i++)
        {
            var length = profile.PromptLengths[i];
            table.Add([$"{length}", Seconds(profile.PromptSeconds[i]), fit.SecondsPerOutputTokenByPrompt.TryGetValue(length, out var slope) ? Seconds(slope) : "-"]);
        }

        table.Add(["all", "", Seconds(profile.SecondsPerOutputToken)], emphasized: true);
        table.Write(terminal);
        if (profile.Overhead is { } overhead) terminal.Output.WriteLine($"overhead {Seconds(overhead)} s per request");
        terminal.Output.WriteLine(FormattableString.Invariant(
            $"R^2 {fit.RSquared:0.0000}, root mean squared error {Math.Sqrt(fit.MeanSquaredError):G3} s, largest error {Math.Sqrt(fit.MaximumSquaredError):G3} s"));
        if (queries.Count == 0) return;
        terminal.Output.WriteLine();
        WriteQueries(terminal, profile, queries, rule, machine);
    }

    private static void WriteQueries(Terminal terminal, RuntimeProfile profile, List<TokenQuery> queries, PromptRule rule, AcceleratorSetup? machine)
    {
        List<TextTable.Column> columns = [new("prompt [tokens]", true), new("output [tokens]", true), new("requests", true), new("each [s]", true), new("all [s]", true)];
        if (machine is not null) columns.Add(new($"all [{machine.Currency}]", true));
        var table = new TextTable([.. columns]);
        foreach (var query in queries)
        {
            var each = profile.Estimate(query.PromptTokens, query.OutputTokens, rule);
            List<string> cells = [$"{query.PromptTokens}", $"{query.OutputTokens}", $"{query.Count}", Seconds(each), Seconds(each * query.Count)];
            if (machine is not null) cells.Add(Seconds(machine.Cost(each * query.Count).Amount));
            table.Add(cells);
        }

        table.Write(terminal);
    }

    private static string Seconds(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
