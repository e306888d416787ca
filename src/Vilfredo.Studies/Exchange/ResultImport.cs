using System.Globalization;
using System.Text.Json;
using Vilfredo.IO;
using Vilfredo.Studies.Yaml;

namespace Vilfredo.Studies;

/// <summary>Brings results that were measured elsewhere into a study.</summary>
public static class ResultImport
{
    /// <summary>
    /// Adds the rows of a CSV file as trials. Columns are found by name, with or without <c>[unit, direction]</c>; other
    /// columns are ignored. Nothing is added unless every row is right.
    /// </summary>
    /// <returns>How many trials were added.</returns>
    /// <exception cref="InputFormatException">A column is missing or a row is wrong; the message names the line. The study is unchanged.</exception>
    public static int FromCsv(Study study, CsvReader reader)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(reader);
        var definition = study.Definition;
        if (!reader.Read()) throw new InputFormatException(reader.Source, 1, "the file is empty", "Give a header line with the names of the columns.");
        ColumnHeader[] own = [.. ResultColumn.Of(definition).Select(c => c.Header)];
        var rows = new ImportedRow(definition, reader, [.. reader.Fields.Select(f => ColumnHeader.Parse(f, own))]);
        var trials = new List<ImportedTrial>();
        while (reader.Read())
        {
            if (rows.Read() is { } trial) trials.Add(trial);
        }

        Restore(study, trials);
        return trials.Count;
    }

    /// <summary>Creates the study of a JSON export, with all its trials.</summary>
    /// <param name="text">What <see cref="ResultExport.ToJson"/> wrote.</param>
    /// <param name="source">What to call the text in messages.</param>
    /// <param name="storage">Where the study is created; in memory when not given.</param>
    /// <param name="name">Its name; the exported one's when not given.</param>
    /// <param name="options">Clock and worker name.</param>
    /// <exception cref="InputFormatException">The text is not such an export. Nothing was created.</exception>
    public static Study FromJson(string text, string source, IStudyStorage? storage = null, string? name = null, StudyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            var definition = StudyDocument.Parse(document.RootElement.GetProperty("definition").GetRawText(), source);
            // A trial that was still running was measured by nobody: it is proposed again here, if at all.
            var trials = document.RootElement.GetProperty("trials").EnumerateArray().Where(t => t.TryGetProperty("outcome", out _)).Select(t => new ImportedTrial(
                t.GetProperty("trial").GetInt32(),
                StudyEventJson.ReadConfiguration(t.GetProperty("knobs")),
                StudyEventJson.ReadOutcome(t),
                t.GetProperty("started").GetDateTimeOffset(),
                t.TryGetProperty("finished", out var f) ? f.GetDateTimeOffset() : null,
                t.TryGetProperty("repeatOf", out var r) ? r.GetInt32() : null,
                t.GetProperty("state").GetString() == nameof(TrialState.Late))).ToArray();
            foreach (var trial in trials) trial.Outcome.Validate(definition.Objectives.Count);
            var study = Study.Create(definition with { Name = name ?? definition.Name }, storage, options);
            Restore(study, trials);
            return study;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or (FormatException and not InputFormatException)
            or InvalidResultException or YamlFileException)
        {
            throw new InputFormatException(source, 1, $"not an exported study: {error.Message}", "Export one with 'vilfredo export STUDY --format json'.");
        }
    }

    // The trials have other numbers here, behind the ones that the study has already.
    private static void Restore(Study study, IReadOnlyList<ImportedTrial> trials)
    {
        var numbers = new Dictionary<int, int>();
        foreach (var trial in trials)
        {
            var original = trial.RepeatOf is { } r && numbers.TryGetValue(r, out var number) ? number : (int?)null;
            numbers[trial.Number] = study.Restore(trial.Configuration, trial.Outcome, trial.Started, trial.Finished, original, trial.IsLate).Number;
        }
    }
}
