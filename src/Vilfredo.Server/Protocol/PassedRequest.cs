using System.Text.Json;
using Vilfredo.Inference.Strategies.Sampling;

namespace Vilfredo.Server.Protocol;

/// <summary>Writes the request of a caller as one of ours to an endpoint: with the endpoint's name of the model, and otherwise as it came, unknown fields too.</summary>
internal static class PassedRequest
{
    /// <summary>Writes it.</summary>
    /// <param name="request">The caller's request.</param>
    /// <param name="model">The endpoint's name of the model.</param>
    /// <param name="temperature">The temperature where the caller sets none; null leaves the model's own.</param>
    /// <param name="choice">Which of the caller's choices this is for: each is a request of its own.</param>
    /// <returns>Memory of its own: over HTTP/2 it may still be read when the answer is there.</returns>
    public static ReadOnlyMemory<byte> Write(ChatCompletionRequest request, string model, double? temperature, int choice)
    {
        using var buffer = JsonBuffer.Rent();
        var json = buffer.Json;
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        WriteFields(json, request.Body.Span);
        if (temperature is { } given && request.Options.Temperature is null)
            json.WriteNumber("temperature"u8, given);
        if (request.Options.Seed is { } seed)
            json.WriteNumber("seed"u8, SingleStrategy.SeedOfCall(unchecked(seed + choice))); // the same seed would give the same answer each time
        if (request.Streams)
        {
            json.WriteBoolean("stream"u8, true);
            json.WriteStartObject("stream_options"u8);
            json.WriteBoolean("include_usage"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        return buffer.Written().ToArray();
    }

    private static void WriteFields(Utf8JsonWriter json, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
            reader.Skip();
            if (!IsPassedOn(name, kind))
                continue;
            json.WritePropertyName(name);
            json.WriteRawValue(body[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }

    private static bool IsPassedOn(string name, JsonTokenType kind) => name switch
    {
        "model" or "n" or "seed" or "stream" or "stream_options" or "metadata" or "vilfredo" or "optillm_approach" => false,
        "store" or "logprobs" when kind == JsonTokenType.False => false,
        _ => kind != JsonTokenType.Null && !ChatRequestReader.IsWithoutEffect(name),
    };
}
