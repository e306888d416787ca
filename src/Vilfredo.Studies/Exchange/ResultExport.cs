using System.Text.Json;
using Parquet;
using Parquet.Schema;
using Vilfredo.IO;

namespace Vilfredo.Studies;

/// <summary>Writes the trials of a study for other programs: CSV, JSON and Parquet. Numbers are exact.</summary>
public static class ResultExport
{
    /// <summary>
    /// One row per trial, with knobs, objectives (header: <c>name [unit, direction]</c>), metrics and what is known of the
    /// evaluation. <see cref="ResultImport.FromCsv"/> reads it back to the last bit.
    /// </summary>
    public static void ToCsv(Study study, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(writer);
        study.Read(state =>
        {
            var columns = ResultColumn.Of(state.Definition);
            var csv = new CsvWriter(writer);
            csv.Write([.. columns.Select(c => c.Header.ToString())]);
            foreach (var trial in state.Trials) csv.Write([.. columns.Select(c => c.Text(trial))]);
            return 0;
        });
    }

    /// <summary>The definition and every trial as one JSON object; <see cref="ResultImport.FromJson"/> makes the same study of it.</summary>
    public static void ToJson(Study study, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(stream);
        study.Read(state =>
        {
            using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            json.WritePropertyName("definition");
            json.WriteRawValue(StudyDocument.Serialize(state.Definition));
            json.WriteStartArray("trials");
            foreach (var trial in state.Trials) Write(json, trial);
            json.WriteEndArray();
            json.WriteEndObject();
            return 0;
        });
    }

    /// <summary>The columns of <see cref="ToCsv"/> as a Parquet file: numbers as doubles, missing ones as nulls.</summary>
    public static async Task ToParquetAsync(Study study, Stream stream, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(stream);
        var (columns, trials) = study.Read(s => (ResultColumn.Of(s.Definition), s.Trials.ToArray()));
        var fields = columns.Select(c => c.IsNumeric
            ? (DataField)new DataField<double?>(c.Header.ToString())
            : new DataField<string>(c.Header.ToString())).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellation).ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        for (var i = 0; i < fields.Length; i++)
        {
            if (columns[i].IsNumeric)
                await group.WriteAsync<double>(fields[i], trials.Select(columns[i].Number).ToArray(), cancellationToken: cancellation).ConfigureAwait(false);
            else
                await group.WriteAsync(fields[i], trials.Select(columns[i].Text).ToArray()).ConfigureAwait(false);
        }
    }

    private static void Write(Utf8JsonWriter json, TrialRecord trial)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", trial.Number);
        json.WriteString("state", trial.State.ToString());
        if (trial.RepeatOf is { } original) json.WriteNumber("repeatOf", original);
        StudyEventJson.WriteConfiguration(json, "knobs", trial.Configuration);
        json.WriteString("started", trial.Started);
        if (trial.Finished is { } finished) json.WriteString("finished", finished);
        if (trial.Outcome is not null) StudyEventJson.WriteOutcome(json, trial.Outcome);
        json.WriteEndObject();
    }
}
