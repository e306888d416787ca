using System.Text.Json;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Studies;

/// <summary>The key <c>preference</c> of study files.</summary>
internal static class PreferenceDocument
{
    private const string Key = "preference", PointsKey = "reference_points", WeightsKey = "weights", RangesKey = "ranges";

    /// <summary>Reads the preference of a study file, if it has one.</summary>
    public static PreferenceDefinition? Read(YamlMapping file, YamlMistakes mistakes)
    {
        if (file.Find(Key) is not { } node || YamlMapping.Of(node, $"'{Key}'", mistakes) is not { } settings) return null;
        var preference = new PreferenceDefinition
        {
            ReferencePoints = [.. settings.Items(PointsKey).Select(item => Numbers(item, "a reference point", mistakes))],
            Weights = settings.Find(WeightsKey) is { } weights ? Numbers(weights, $"'{WeightsKey}'", mistakes) : [],
            Ranges = Ranges(settings, mistakes),
        };
        settings.RefuseOthers();
        return preference;
    }

    /// <summary>Writes the preference as JSON with the keys of a study file.</summary>
    public static void Write(Utf8JsonWriter json, PreferenceDefinition preference)
    {
        json.WriteStartObject(Key);
        if (preference.ReferencePoints.Count > 0)
        {
            json.WriteStartArray(PointsKey);
            foreach (var point in preference.ReferencePoints) WriteNumbers(json, null, point);
            json.WriteEndArray();
        }

        if (preference.Weights.Count > 0) WriteNumbers(json, WeightsKey, preference.Weights);
        if (preference.Ranges.Count > 0)
        {
            json.WriteStartObject(RangesKey);
            foreach (var (name, range) in preference.Ranges)
            {
                json.WriteStartObject(name);
                if (range.Minimum is { } low) json.WriteNumber("min", low);
                if (range.Maximum is { } high) json.WriteNumber("max", high);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads <c>{ name: number, ... }</c>.</summary>
    public static Dictionary<string, double> Numbers(YamlNode node, string what, YamlMistakes mistakes)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        if (YamlMapping.Of(node, what, mistakes) is not { } mapping) return numbers;
        foreach (var (name, _, value) in mapping.Entries)
        {
            if (mapping.NumberOf(value, $"{what}: '{name}'") is { } number) numbers[name] = number;
        }

        return numbers;
    }

    /// <summary>Writes <c>{ name: number, ... }</c>.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, string? property, IReadOnlyDictionary<string, double> numbers)
    {
        if (property is null) json.WriteStartObject();
        else json.WriteStartObject(property);
        foreach (var (name, value) in numbers) json.WriteNumber(name, value);
        json.WriteEndObject();
    }

    private static Dictionary<string, ObjectiveRange> Ranges(YamlMapping settings, YamlMistakes mistakes)
    {
        var ranges = new Dictionary<string, ObjectiveRange>(StringComparer.Ordinal);
        if (settings.Find(RangesKey) is not { } node || YamlMapping.Of(node, $"'{RangesKey}'", mistakes) is not { } mapping) return ranges;
        foreach (var (name, _, value) in mapping.Entries)
        {
            if (YamlMapping.Of(value, $"the range of '{name}'", mistakes) is not { } range) continue;
            ranges[name] = new ObjectiveRange(range.Number("min"), range.Number("max"));
            range.RefuseOthers();
        }

        return ranges;
    }
}
