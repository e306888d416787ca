using System.Text.Json;

namespace Vilfredo.Inference.Features;

/// <summary>Families of markers in a JSON file: an object whose properties are the families' names and whose values are lists of phrases.</summary>
public static class MarkerFile
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="json">Such as <c>{"hedging": ["vielleicht", "ich glaube"]}</c>.</param>
    /// <exception cref="FormatException">It is something else; the message says what.</exception>
    public static IReadOnlyList<MarkerFamily> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Wrong("it is no object");
            var families = document.RootElement.EnumerateObject().Select(family => family.Value.ValueKind == JsonValueKind.Array
                ? new MarkerFamily(family.Name, [.. family.Value.EnumerateArray().Select(phrase => phrase.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(phrase.GetString())
                    ? phrase.GetString()!
                    : throw Wrong($"'{family.Name}' holds {phrase.GetRawText()}"))])
                : throw Wrong($"'{family.Name}' is no list")).ToList();
            return families.Count > 0 ? families : throw Wrong("it has no family");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The file of markers is not JSON: {error.Message}", error);
        }
    }

    /// <summary>The text of a file of families, which <see cref="Parse"/> reads.</summary>
    public static string Write(IEnumerable<MarkerFamily> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (var family in families)
            {
                writer.WriteStartArray(family.Name);
                foreach (var phrase in family.Phrases)
                    writer.WriteStringValue(phrase);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static FormatException Wrong(string what) =>
        new($"The file of markers must be an object of lists of phrases, such as {{\"hedging\": [\"perhaps\", \"not sure\"]}}; {what}.");
}
