using System.Text.Json;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;
using Vilfredo.Reproductions;

namespace Vilfredo.Cli.Commands.Reproductions;

/// <summary>Judged claims as tables and JSON.</summary>
internal static class ClaimOutput
{
    private const int StatementWidth = 72;

    /// <summary>The records of a root.</summary>
    /// <exception cref="UserErrorException">A file there is not a record.</exception>
    public static IReadOnlyList<RecordedRun> Load(ResultsFolder folder)
    {
        try
        {
            return folder.Load();
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException(error.Message, "Record it anew with vilfredo reproduce SLUG --record, or move the file away.");
        }
    }

    /// <summary>Writes the claims of runs: a table each, or one JSON value.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<RecordedRun> records, bool asJson)
    {
        if (asJson) WriteJson(terminal, records);
        else foreach (var record in records) WriteTable(terminal, record);
    }

    private static void WriteTable(Terminal terminal, RecordedRun record)
    {
        var table = new TextTable(new("claim"), new("paper"), new("ours"), new("allowed"), new("verdict"), new("statement"))
        {
            Title = FormattableString.Invariant(
                $"{record.Slug}, {record.Scale.ToName()}, {record.Seeds} {(record.Seeds == 1 ? "seed" : "seeds")}, {record.Seconds:0.#} s of units"),
        };
        foreach (var claim in record.Claims)
        {
            table.Add(
                [claim.Id, claim.PaperFigure ?? "-", claim.Ours.Replace('–', '-'), claim.Bound ?? "-", Name(claim.Verdict), Shortened(claim.Statement)],
                claim.Verdict == Verdict.Holds);
        }

        table.Write(terminal);
        foreach (var claim in record.Claims.Where(claim => claim.Reason is not null)) terminal.Output.WriteLine($"{claim.Id}: {claim.Reason}");
    }

    private static void WriteJson(Terminal terminal, IReadOnlyList<RecordedRun> records) => terminal.WriteJson(json =>
    {
        json.WriteStartArray();
        foreach (var record in records)
        {
            foreach (var claim in record.Claims) Write(json, record, claim);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, RecordedRun record, ClaimResult claim)
    {
        json.WriteStartObject();
        json.WriteString("paper", record.Slug);
        json.WriteString("claim", claim.Id);
        json.WriteString("statement", claim.Statement);
        if (claim.PaperFigure is not null) json.WriteString("paperFigure", claim.PaperFigure);
        json.WriteString("verdict", Name(claim.Verdict));
        if (claim.Estimate is { } estimate) json.WriteNumber("estimate", estimate);
        if (claim.Lower is { } lower) json.WriteNumber("lower", lower);
        if (claim.Upper is { } upper) json.WriteNumber("upper", upper);
        if (claim.Bound is not null) json.WriteString("allowed", claim.Bound);
        if (claim.Reason is not null) json.WriteString("reason", claim.Reason);
        json.WriteString("scale", record.Scale.ToName());
        json.WriteNumber("seeds", record.Seeds);
        json.WriteNumber("seconds", record.Seconds);
        json.WriteString("recorded", record.Recorded);
        json.WriteEndObject();
    }

    private static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Fails => "fails",
        _ => "not measurable",
    };

    private static string Shortened(string text) => text.Length <= StatementWidth ? text : text[..(StatementWidth - 1)] + "…";
}
