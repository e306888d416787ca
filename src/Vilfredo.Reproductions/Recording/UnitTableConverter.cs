using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilfredo.Reproductions;

/// <summary>
/// Writes units as one table per method and setting, with a line per seed: the seed, the seconds, and the values in the order of
/// the table's head. Values keep nine digits, seconds microseconds.
/// </summary>
internal sealed class UnitTableConverter : JsonConverter<IReadOnlyList<UnitResult>>
{
    private const string LineStart = "\n        ";
    private const string Method = "method", Setting = "setting", Values = "values", Runs = "runs";

    public override IReadOnlyList<UnitResult> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return
            [
                .. from table in document.RootElement.EnumerateArray()
                   let names = table.GetProperty(Values).EnumerateArray().Select(name => name.GetString()!).ToArray()
                   from run in table.GetProperty(Runs).EnumerateArray()
                   select new UnitResult(
                       new RunUnit(table.GetProperty(Method).GetString()!, table.GetProperty(Setting).GetString()!, run[0].GetInt32()),
                       names.Select((name, i) => KeyValuePair.Create(name, run[i + 2].GetDouble())).ToDictionary(),
                       run[1].GetDouble()),
            ];
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new JsonException($"the units are no tables of {Method}, {Setting}, {Values} and {Runs}", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<UnitResult> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var table in value.GroupBy(result => (result.Unit.Method, result.Unit.Setting, Names: JsonSerializer.Serialize(result.Values.Keys, LineOptions(options)))))
        {
            writer.WriteStartObject();
            writer.WriteString(Method, table.Key.Method);
            writer.WriteString(Setting, table.Key.Setting);
            writer.WritePropertyName(Values);
            writer.WriteRawValue(table.Key.Names);
            writer.WriteStartArray(Runs);
            foreach (var result in table)
            {
                IEnumerable<string> line =
                [
                    result.Unit.Seed.ToString(CultureInfo.InvariantCulture), Text(Math.Round(result.Seconds, 6)), .. result.Values.Values.Select(number => Text(Rounded(number))),
                ];
                writer.WriteRawValue($"{LineStart}[{string.Join(", ", line)}]"); // a raw value gets no line of its own
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static JsonSerializerOptions LineOptions(JsonSerializerOptions options) => new() { Encoder = options.Encoder };

    private static double Rounded(double value) => double.Parse(value.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
