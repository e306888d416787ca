using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.IdealizedRuntime.Comparison;

namespace Vilfredo.Cli.Commands.Runtimes;

/// <summary>The command <c>vilfredo runtime estimate</c>.</summary>
internal static class EstimateCommand
{
    private const string Idealized = "idealized";
    private const string Denoised = "denoised";

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("estimate", "Rank the models of profiles by what requests take on them.")
        {
            Details = "PROFILES is a JSON file as 'vilfredo runtime fit --json' or HELM writes it, or one of the published sets of HELM: idealized (19 models of "
                + "2022 on A100-80GB under the same software) or denoised (18 endpoints of 2022 without contention).",
            Examples =
            [
                new("vilfredo runtime estimate idealized --query 512,64", "19 models, the fastest first"),
                new("vilfredo runtime estimate mine.json --queries mix.csv --accelerators 8 --price 4.096", "A mix of requests, with money"),
                new("vilfredo runtime estimate idealized --query 512,64 --price 4.096", "Money on the published numbers of accelerators"),
                new("vilfredo runtime estimate idealized denoised --query 512,64 --model openai/davinci", "How much faster the endpoint was"),
            ],
        };
        var files = new Argument<string[]>("profiles") { HelpName = "PROFILES", Description = "Files of profiles; idealized and denoised are the published ones.", Arity = ArgumentArity.OneOrMore };
        var model = new Option<string?>("--model") { HelpName = "NAME", Description = "Only this model." };
        command.Add(files);
        command.Add(model);
        var requests = new RuntimeOptions(command);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle(parse =>
        {
            var queries = requests.Queries(parse);
            if (queries.Count == 0) throw new UserErrorException("there are no requests", "Give some with --query PROMPT,OUTPUT or --queries FILE.");
            if (queries.All(query => query.Count == 0)) throw new UserErrorException("every request has a count of 0", "Give at least one request.");
            var hasPrice = requests.HasPrice(parse);
            var rule = requests.Rule(parse);
            var rows = new List<Row>();
            foreach (var source in parse.GetRequiredValue(files))
            {
                rows.AddRange(Named(source, parse.GetValue(model)).Select(profile =>
                {
                    var machine = requests.Machine(parse, source == Idealized ? PublishedArchitectures.Of(profile.Model)?.A100Count : source == Denoised ? null : 1);
                    var seconds = profile.Total(queries, rule);
                    return new Row(source, profile, seconds, machine?.Count, machine?.Cost(seconds).Amount);
                }));
            }

            rows = [.. rows.OrderBy(row => row.Seconds)];
            var count = queries.Sum(query => query.Count);
            if (parse.GetValue(json)) WriteJson(terminal, rows, count);
            else WriteTable(terminal, rows, count, hasPrice);
            return ExitCode.Success;
        });
        return command;
    }

    private sealed record Row(string Source, RuntimeProfile Profile, double Seconds, int? Accelerators, double? Dollars);

    private static IReadOnlyList<RuntimeProfile> Named(string source, string? model)
    {
        var set = source switch
        {
            Idealized => PublishedProfiles.Idealized(),
            Denoised => PublishedProfiles.Denoised(),
            _ => InputFile.Open(source, path => ProfileFile.Read(File.ReadAllBytes(path), path)),
        };
        if (model is null) return set.Profiles;
        if (set.TryGet(model, out var profile)) return [profile];
        var known = set.Profiles.Select(each => each.Model).ToArray();
        throw new UserErrorException($"{source} has no profile of \"{model}\"", Suggestion.For(model, known) ?? $"It has {string.Join(", ", known)}.");
    }

    private static void WriteTable(Terminal terminal, List<Row> rows, long count, bool hasPrice)
    {
        List<TextTable.Column> columns = [new("model"), new("profile"), new("hardware"), new("mean [s]", true), new("all [s]", true)];
        if (hasPrice) columns.AddRange([new("accelerators", true), new("all [USD]", true)]);
        var table = new TextTable([.. columns]) { Title = count == 1 ? "1 request" : $"{count} requests" };
        foreach (var row in rows)
        {
            List<string> cells = [row.Profile.Model, row.Source, row.Profile.Hardware.Length > 0 ? row.Profile.Hardware : "-", Number(row.Seconds / count), Number(row.Seconds)];
            if (hasPrice) cells.AddRange([row.Accelerators?.ToString(CultureInfo.InvariantCulture) ?? "-", row.Dollars is { } dollars ? Number(dollars) : "-"]);
            table.Add(cells);
        }

        table.Write(terminal);
    }

    private static void WriteJson(Terminal terminal, List<Row> rows, long count) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("requests", count);
        json.WriteStartArray("models");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("model", row.Profile.Model);
            json.WriteString("profile", row.Source);
            json.WriteString("hardware", row.Profile.Hardware);
            json.WriteString("software", row.Profile.Software);
            json.WriteNumber("seconds", row.Seconds);
            if (row.Accelerators is { } accelerators) json.WriteNumber("accelerators", accelerators);
            if (row.Dollars is { } dollars) json.WriteNumber("usd", dollars);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
