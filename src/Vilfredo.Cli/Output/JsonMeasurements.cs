using System.Text.Json;
using Vilfredo.IO;

namespace Vilfredo.Cli.Output;

/// <summary>Measured values in JSON, which has no infinity.</summary>
internal static class JsonMeasurements
{
    /// <summary>Writes the shortest number that reads back exactly; infinities become <c>"inf"</c> and <c>"-inf"</c>.</summary>
    public static void WriteMeasurement(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(NumberText.Format(value));
    }

    /// <summary>Writes a property as <see cref="WriteMeasurement(Utf8JsonWriter, double)"/> writes its value.</summary>
    public static void WriteMeasurement(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteMeasurement(value);
    }

    /// <summary>Writes an array of measurements.</summary>
    public static void WriteMeasurements(this Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteMeasurement(value);
        json.WriteEndArray();
    }
}
