using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilfredo;

/// <summary>Writes a configuration as a JSON object of texts; reads numbers and booleans as values too.</summary>
internal sealed class ConfigurationKeyJsonConverter : JsonConverter<ConfigurationKey>
{
    public override ConfigurationKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A configuration is a JSON object of names and values.");

        var entries = new List<(string, object)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            entries.Add((name, reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : reader.GetDouble(),
                _ => throw new JsonException($"The value of '{name}' in a configuration is a text, a number or a boolean."),
            }));
        }

        try
        {
            return ConfigurationKey.Of(entries);
        }
        catch (ArgumentException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, ConfigurationKey value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value) writer.WriteString(name, text);
        writer.WriteEndObject();
    }
}
