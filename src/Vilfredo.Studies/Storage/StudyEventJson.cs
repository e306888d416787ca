using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Vilfredo.Studies;

/// <summary>The JSON form in which storage keeps events. Numbers round-trip to the last bit.</summary>
internal static class StudyEventJson
{
    /// <summary>The name under which a kind of event is stored.</summary>
    public static string KindOf(StudyEvent entry) => entry switch
    {
        StudyDefined => "defined",
        TrialStarted => "started",
        TrialRestarted => "restarted",
        LeasesExtended => "extended",
        TrialReported => "reported",
        TrialTold => "told",
        _ => throw new ArgumentException($"Unknown event {entry.GetType().Name}.", nameof(entry)),
    };

    /// <summary>The event without its time and kind.</summary>
    public static string Write(StudyEvent entry)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            switch (entry)
            {
                case StudyDefined e:
                    json.WriteString("note", e.Note);
                    json.WritePropertyName("definition");
                    json.WriteRawValue(StudyDocument.Serialize(e.Definition));
                    break;
                case TrialStarted e:
                    json.WriteNumber("trial", e.Trial);
                    WriteConfiguration(json, "knobs", e.Configuration);
                    if (e.RepeatOf is { } original) json.WriteNumber("repeatOf", original);
                    json.WriteString("worker", e.Worker);
                    json.WriteNumber("lease", e.LeaseUntil.UtcTicks);
                    break;
                case TrialRestarted e:
                    json.WriteNumber("trial", e.Trial);
                    json.WriteNumber("attempt", e.Attempt);
                    json.WriteString("worker", e.Worker);
                    json.WriteNumber("lease", e.LeaseUntil.UtcTicks);
                    break;
                case LeasesExtended e:
                    json.WriteString("worker", e.Worker);
                    json.WriteNumber("lease", e.LeaseUntil.UtcTicks);
                    break;
                case TrialReported e:
                    json.WriteNumber("trial", e.Trial);
                    json.WriteNumber("attempt", e.Attempt);
                    json.WriteNumber("step", e.Report.Step);
                    WriteNumbers(json, "values", [.. e.Report.Values]);
                    break;
                case TrialTold e:
                    json.WriteNumber("trial", e.Trial);
                    json.WriteNumber("attempt", e.Attempt);
                    WriteOutcome(json, e.Outcome);
                    if (e.Chosen is not null) WriteConfiguration(json, "chosen", e.Chosen);
                    break;
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads an event back.</summary>
    /// <exception cref="JsonException">The text is damaged.</exception>
    public static StudyEvent Read(string kind, DateTimeOffset time, string text)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement;
        try
        {
            return kind switch
            {
                "defined" => new StudyDefined(
                    time, StudyDocument.Parse(json.GetProperty("definition").GetRawText(), "stored definition"), json.GetProperty("note").GetString()!),
                "started" => new TrialStarted(
                    time, json.GetProperty("trial").GetInt32(), ReadConfiguration(json.GetProperty("knobs")),
                    json.TryGetProperty("repeatOf", out var original) ? original.GetInt32() : null,
                    json.GetProperty("worker").GetString()!, TimeOf(json.GetProperty("lease"))),
                "restarted" => new TrialRestarted(
                    time, json.GetProperty("trial").GetInt32(), json.GetProperty("attempt").GetInt32(),
                    json.GetProperty("worker").GetString()!, TimeOf(json.GetProperty("lease"))),
                "extended" => new LeasesExtended(time, json.GetProperty("worker").GetString()!, TimeOf(json.GetProperty("lease"))),
                "reported" => new TrialReported(
                    time, json.GetProperty("trial").GetInt32(), json.GetProperty("attempt").GetInt32(),
                    new StepReport(json.GetProperty("step").GetInt64(), ReadNumbers(json.GetProperty("values")))),
                "told" => new TrialTold(
                    time, json.GetProperty("trial").GetInt32(), json.GetProperty("attempt").GetInt32(), ReadOutcome(json),
                    json.TryGetProperty("chosen", out var chosen) ? ReadConfiguration(chosen) : null),
                _ => throw new JsonException($"unknown kind of event '{kind}'"),
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"an event of kind '{kind}' is damaged: {error.Message}", error);
        }
    }

    internal static void WriteConfiguration(Utf8JsonWriter json, string property, Configuration configuration)
    {
        json.WriteStartObject(property);
        foreach (var (name, value) in configuration)
        {
            json.WritePropertyName(name);
            if (value.Type == KnobType.Categorical) json.WriteStringValue(value.Text);
            else json.WriteRawValue(NumberText(value), skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    // A float knob's whole value is written as 3.0, so that it reads back as a float.
    private static string NumberText(KnobValue value)
    {
        var text = value.ToString();
        return value.Type == KnobType.Float && text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    internal static Configuration ReadConfiguration(JsonElement json)
    {
        var count = json.GetPropertyCount();
        var names = new string[count];
        var values = new KnobValue[count];
        var i = 0;
        foreach (var property in json.EnumerateObject())
        {
            names[i] = string.Intern(property.Name);
            values[i++] = property.Value.ValueKind switch
            {
                JsonValueKind.String => KnobValue.Choice(property.Value.GetString()!),
                _ when property.Value.GetRawText().AsSpan().IndexOfAny('.', 'E') < 0 => KnobValue.Integer(property.Value.GetInt64()),
                _ => KnobValue.Float(property.Value.GetDouble()),
            };
        }

        return new Configuration(names, values);
    }

    internal static void WriteOutcome(Utf8JsonWriter json, TrialOutcome outcome)
    {
        json.WriteString("outcome", outcome.Kind.ToString());
        if (outcome.HasValues)
        {
            WriteNumbers(json, "values", outcome.Values);
            if (outcome.Samples.Length > 1)
            {
                json.WriteStartArray("samples");
                foreach (var row in outcome.Samples) WriteNumbers(json, null, row);
                json.WriteEndArray();
            }
        }

        if (outcome.LowerBounds.Length > 0) WriteNumbers(json, "atLeast", outcome.LowerBounds);
        if (outcome.Violations.Length > 0) WriteNumbers(json, "violations", outcome.Violations);
        if (outcome.Metrics.Count > 0)
        {
            json.WriteStartObject("metrics");
            foreach (var (name, value) in outcome.Metrics) json.WriteNumber(name, value);
            json.WriteEndObject();
        }

        if (outcome.Gradients.Length > 0)
        {
            json.WriteStartArray("gradients");
            foreach (var row in outcome.Gradients) WriteNumbers(json, null, row);
            json.WriteEndArray();
        }

        if (outcome.Reason is not null) json.WriteString("reason", outcome.Reason);
        if (outcome.Output is not null) json.WriteString("output", outcome.Output);
        if (outcome.Duration > TimeSpan.Zero) json.WriteNumber("durationTicks", outcome.Duration.Ticks);
    }

    internal static TrialOutcome ReadOutcome(JsonElement json)
    {
        var kind = Enum.Parse<OutcomeKind>(json.GetProperty("outcome").GetString()!);
        var values = json.TryGetProperty("values", out var v) ? ReadNumbers(v) : [];
        double[][] samples = json.TryGetProperty("samples", out var s) ? [.. s.EnumerateArray().Select(ReadNumbers)]
            : values.Length > 0 ? [values] : [];
        var outcome = TrialOutcome.Restore(kind, values, samples, json.TryGetProperty("atLeast", out var b) ? ReadNumbers(b) : []);
        return outcome with
        {
            Violations = json.TryGetProperty("violations", out var x) ? ReadNumbers(x) : [],
            Metrics = json.TryGetProperty("metrics", out var m)
                ? m.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble(), StringComparer.Ordinal)
                : outcome.Metrics,
            Gradients = json.TryGetProperty("gradients", out var g) ? [.. g.EnumerateArray().Select(ReadNumbers)] : [],
            Reason = json.TryGetProperty("reason", out var r) ? r.GetString() : null,
            Output = json.TryGetProperty("output", out var o) ? o.GetString() : null,
            Duration = json.TryGetProperty("durationTicks", out var d) ? new TimeSpan(d.GetInt64()) : TimeSpan.Zero,
        };
    }

    private static void WriteNumbers(Utf8JsonWriter json, string? property, double[] numbers)
    {
        if (property is null) json.WriteStartArray();
        else json.WriteStartArray(property);
        foreach (var number in numbers)
        {
            // NaN stands for "nothing known" among lower bounds.
            if (double.IsNaN(number)) json.WriteNullValue();
            else json.WriteRawValue(number.ToString("R", CultureInfo.InvariantCulture), skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static double[] ReadNumbers(JsonElement json)
    {
        var numbers = new double[json.GetArrayLength()];
        var i = 0;
        foreach (var item in json.EnumerateArray())
            numbers[i++] = item.ValueKind == JsonValueKind.Null ? double.NaN : item.GetDouble();
        return numbers;
    }

    private static DateTimeOffset TimeOf(JsonElement json) => new(json.GetInt64(), TimeSpan.Zero);
}
