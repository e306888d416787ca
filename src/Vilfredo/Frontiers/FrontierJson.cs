using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Vilfredo;

/// <summary>
/// The JSON form of a frontier: <c>{"format":"vilfredo-frontier","version":1,"objectives":[…],"points":[…]}</c>. Numbers are the
/// shortest texts that read back to the same bits. Samples are left out when they are the values themselves.
/// </summary>
internal static class FrontierJson
{
    private const string Format = "vilfredo-frontier";
    private const int Version = 1;

    public static string Write(Frontier frontier, bool indented)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented })) Write(writer, frontier);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void Write(Utf8JsonWriter writer, Frontier frontier)
    {
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteStartArray("objectives");
        foreach (var objective in frontier.Objectives)
        {
            writer.WriteStartObject();
            writer.WriteString("name", objective.Name);
            writer.WriteString("direction", objective.Direction == Direction.Maximize ? "maximize" : "minimize");
            if (objective.Unit is not null) writer.WriteString("unit", objective.Unit);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("points");
        foreach (var point in frontier.Points) WritePoint(writer, point);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static Frontier Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            throw new FormatException($"A frontier is JSON: {error.Message}", error);
        }

        using (document) return Read(document.RootElement);
    }

    public static Frontier Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || TextOf(root, "format", "the frontier") != Format)
            throw new FormatException($"A frontier is a JSON object with \"format\": \"{Format}\".");
        var version = Member(root, "version", JsonValueKind.Number, "the frontier");
        if (!version.TryGetInt32(out var number) || number != Version)
            throw new FormatException($"The frontier has version {version.GetRawText()}; this program reads version {Version}.");

        var objectives = Member(root, "objectives", JsonValueKind.Array, "the frontier").EnumerateArray()
            .Select((element, i) => ReadObjective(element, $"objectives[{i}]")).ToArray();
        var points = Member(root, "points", JsonValueKind.Array, "the frontier").EnumerateArray()
            .Select((element, i) => ReadPoint(element, objectives.Length, $"points[{i}]")).ToArray();
        return Checked(() => new Frontier(objectives, points), "the frontier");
    }

    private static void WritePoint(Utf8JsonWriter writer, MeasuredPoint point)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("configuration");
        JsonSerializer.Serialize(writer, point.Configuration);
        writer.WritePropertyName("values");
        WriteRow(writer, point.Values.AsSpan());
        if (!SameBits(point.Samples.AsSpan(), point.Values.AsSpan()))
        {
            writer.WriteStartArray("samples");
            for (var i = 0; i < point.SampleCount; i++)
                WriteRow(writer, point.Samples.AsSpan().Slice(i * point.Values.Length, point.Values.Length));
            writer.WriteEndArray();
        }

        if (!point.Cost.IsUnknown)
        {
            writer.WritePropertyName("cost");
            JsonSerializer.Serialize(writer, point.Cost);
        }

        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, ReadOnlySpan<double> row)
    {
        writer.WriteStartArray();
        foreach (var value in row) writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }

    private static bool SameBits(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));

    private static Objective ReadObjective(JsonElement element, string place)
    {
        var direction = TextOf(element, "direction", place) switch
        {
            "minimize" => Direction.Minimize,
            "maximize" => Direction.Maximize,
            var other => throw new FormatException($"{place}: the direction is \"{other}\"; write minimize or maximize."),
        };
        var unit = element.TryGetProperty("unit", out _) ? TextOf(element, "unit", place) : null;
        return Checked(() => new Objective(TextOf(element, "name", place), direction, unit), place);
    }

    private static MeasuredPoint ReadPoint(JsonElement element, int objectives, string place)
    {
        var values = ReadRow(Member(element, "values", JsonValueKind.Array, place), objectives, $"{place}.values");
        double[] samples = !element.TryGetProperty("samples", out _)
            ? values
            : [.. Member(element, "samples", JsonValueKind.Array, place).EnumerateArray()
                .SelectMany((row, i) => ReadRow(row, objectives, $"{place}.samples[{i}]"))];
        var configuration = Checked(
            () => Member(element, "configuration", JsonValueKind.Object, place).Deserialize<ConfigurationKey>()!, $"{place}.configuration");
        var cost = element.TryGetProperty("cost", out var costs) ? Checked(() => costs.Deserialize<CostVector>(), $"{place}.cost") : null;
        return Checked(() => new MeasuredPoint(configuration, values, samples, cost), place);
    }

    private static double[] ReadRow(JsonElement element, int objectives, string place)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != objectives)
            throw new FormatException($"{place}: give an array of {objectives} numbers, one per objective.");
        return [.. element.EnumerateArray().Select((number, k) =>
            number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var value) && double.IsFinite(value)
                ? value
                : throw new FormatException($"{place}[{k}] is {number.GetRawText()}; give a finite number."))];
    }

    private static JsonElement Member(JsonElement element, string name, JsonValueKind kind, string place)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == kind) return member;
        throw new FormatException($"{place}: \"{name}\" is missing or not {(kind == JsonValueKind.Array ? "an array" : $"a JSON {kind}")}.");
    }

    private static string TextOf(JsonElement element, string name, string place) => Member(element, name, JsonValueKind.String, place).GetString()!;

    // What the types themselves refuse is an error of the text that was read.
    private static T Checked<T>(Func<T> read, string place)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            throw new FormatException($"{place}: {error.Message}", error);
        }
    }
}
