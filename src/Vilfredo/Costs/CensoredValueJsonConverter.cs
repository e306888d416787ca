using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilfredo;

/// <summary>Writes an exact value as a JSON number and a censored one as a string such as <c>"&gt;=10"</c>.</summary>
internal sealed class CensoredValueJsonConverter : JsonConverter<CensoredValue>
{
    public override CensoredValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number))
            return CensoredValue.Exactly(number);
        if (reader.TokenType == JsonTokenType.String && CensoredValue.TryParse(reader.GetString(), null, out var value))
            return value;
        throw new JsonException("A cost is a finite JSON number, or a string such as \">=10\" when it was cut off.");
    }

    public override void Write(Utf8JsonWriter writer, CensoredValue value, JsonSerializerOptions options)
    {
        if (value.IsCensored) writer.WriteStringValue(value.ToString());
        else writer.WriteNumberValue(value.Value);
    }
}
