using System.Globalization;
using System.Text.Json;
using Vilfredo.IO;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>Profiles in the JSON form of HELM, with hardware, software and fit as further keys; measurements and queries as CSV.</summary>
public static class ProfileFile
{
    private const string PerToken = "runtime_per_output_token";
    private const string ForPrompt = "runtime_for_prompt_tokens";
    private const string OverheadKey = "overhead";

    /// <summary>Reads profiles: an object of models, each with runtime_per_output_token, runtime_for_prompt_tokens and, if wanted, overhead.</summary>
    /// <param name="json">The text, UTF-8.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <param name="hardware">The hardware of profiles that do not name one.</param>
    /// <param name="software">The software of profiles that do not name one.</param>
    /// <exception cref="InputFormatException">The text is no such object.</exception>
    public static ProfileSet Read(ReadOnlyMemory<byte> json, string source, string hardware = "", string software = "")
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Problem("expected an object of models");
            return new ProfileSet(document.RootElement.EnumerateObject().Select(model => Profile(model, hardware, software)).ToArray());
        }
        catch (JsonException error)
        {
            throw new InputFormatException(source, (error.LineNumber ?? 0) + 1, $"this is not JSON: {JsonLines.Reason(error)}");
        }
        catch (ArgumentException error)
        {
            throw Problem(ArgumentMessages.FirstSentence(error));
        }

        InputFormatException Problem(string problem) => new(
            source, 1, problem, $"Write {{\"MODEL\": {{\"{PerToken}\": SECONDS, \"{ForPrompt}\": {{\"TOKENS\": SECONDS, ...}}, \"{OverheadKey}\": SECONDS}}}}.");
    }

    /// <summary>Writes a profile as a property of an object of models.</summary>
    public static void Write(Utf8JsonWriter json, RuntimeProfile profile)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(profile);
        json.WriteStartObject(profile.Model);
        json.WriteNumber(PerToken, profile.SecondsPerOutputToken);
        json.WriteStartObject(ForPrompt);
        for (var i = 0; i < profile.PromptLengths.Count; i++)
            json.WriteNumber(profile.PromptLengths[i].ToString(CultureInfo.InvariantCulture), profile.PromptSeconds[i]);
        json.WriteEndObject();
        if (profile.Overhead is { } overhead) json.WriteNumber(OverheadKey, overhead);
        json.WriteString("hardware", profile.Hardware);
        json.WriteString("software", profile.Software);
        if (profile.Fit is { } fit)
        {
            json.WriteStartObject("fit");
            json.WriteNumber("trials", fit.Trials);
            json.WriteNumber("cells", fit.Cells);
            json.WriteNumber("r_squared", fit.RSquared);
            json.WriteNumber("mean_squared_error", fit.MeanSquaredError);
            json.WriteNumber("maximum_squared_error", fit.MaximumSquaredError);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads timed generations: a CSV file with the columns prompt_tokens, output_tokens and seconds, one line per trial.</summary>
    /// <param name="reader">The file; it is not disposed.</param>
    /// <exception cref="InputFormatException">A column is missing, or a record is malformed.</exception>
    public static IReadOnlyList<RuntimeCell> ReadCells(CsvReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var csv = new HeaderedCsv(reader);
        csv.Require("prompt_tokens", "output_tokens", "seconds");
        var cells = new List<RuntimeCell>();
        while (csv.Read())
        {
            var cell = new RuntimeCell(csv.Integer("prompt_tokens"), csv.Integer("output_tokens"), csv.Number("seconds"));
            if (cell.PromptTokens < 1) throw csv.Problem($"prompt_tokens: {cell.PromptTokens} is below 1");
            if (cell.OutputTokens < 1) throw csv.Problem($"output_tokens: {cell.OutputTokens} is below 1");
            if (cell.Seconds <= 0) throw csv.Problem($"seconds: {cell.Seconds} is not above 0");
            cells.Add(cell);
        }

        return cells;
    }

    /// <summary>Reads requests: a CSV file with the columns prompt_tokens and output_tokens and, if wanted, count.</summary>
    /// <param name="reader">The file; it is not disposed.</param>
    /// <exception cref="InputFormatException">A column is missing, or a record is malformed.</exception>
    public static IReadOnlyList<TokenQuery> ReadQueries(CsvReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var csv = new HeaderedCsv(reader);
        csv.Require("prompt_tokens", "output_tokens");
        var queries = new List<TokenQuery>();
        while (csv.Read())
            queries.Add(csv.Checked(() => new TokenQuery(csv.Integer("prompt_tokens"), csv.Integer("output_tokens"), csv.Has("count") ? csv.Integer("count") : 1)));
        return queries;
    }

    private static RuntimeProfile Profile(JsonProperty model, string hardware, string software)
    {
        var value = model.Value;
        if (value.ValueKind != JsonValueKind.Object) throw new ArgumentException($"{model.Name} is no object");
        if (!value.TryGetProperty(ForPrompt, out var prompt) || prompt.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"{model.Name} has no object {ForPrompt}");
        var times = new Dictionary<int, double>();
        foreach (var entry in prompt.EnumerateObject())
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens))
                throw new ArgumentException($"{model.Name}, {ForPrompt}: \"{entry.Name}\" is no number of tokens");
            if (!times.TryAdd(tokens, Number(entry.Value, model.Name, ForPrompt)))
                throw new ArgumentException($"{model.Name}, {ForPrompt}: {tokens} tokens occur twice");
        }

        if (!value.TryGetProperty(PerToken, out var perToken)) throw new ArgumentException($"{model.Name} has no {PerToken}");
        double? overhead = value.TryGetProperty(OverheadKey, out var extra) ? Number(extra, model.Name, OverheadKey) : null;
        return new RuntimeProfile(
            model.Name, Text(value, "hardware") ?? hardware, Text(value, "software") ?? software, Number(perToken, model.Name, PerToken), times, overhead);
    }

    private static double Number(JsonElement value, string model, string key) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : throw new ArgumentException($"{model}, {key}: {value} is no number");

    private static string? Text(JsonElement value, string key) =>
        value.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
