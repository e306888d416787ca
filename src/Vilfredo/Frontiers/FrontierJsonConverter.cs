using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilfredo;

/// <summary>Lets a frontier be part of a larger JSON document, in the form of <see cref="Frontier.ToJson"/>.</summary>
internal sealed class FrontierJsonConverter : JsonConverter<Frontier>
{
    public override Frontier Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return FrontierJson.Read(document.RootElement);
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, Frontier value, JsonSerializerOptions options) => FrontierJson.Write(writer, value);
}
