using System.Buffers;
using System.Runtime.InteropServices;
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
    public static ReadOnlyMemory<byte> Write(ChatCompletionRequest request, string model, double? temperature, int choice)
    {
        var buffer = new ArrayBufferWriter<byte>(JsonMarshal.GetRawUtf8Value(request.Body).Length + 128);
        using var json = new Utf8JsonWriter(buffer, CompletionWriter.Options);
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        foreach (var field in request.Body.EnumerateObject())
        {
            var (name, value) = (field.Name, field.Value);
            if (!IsPassedOn(name, value.ValueKind))
                continue;
            json.WritePropertyName(name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }

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
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static bool IsPassedOn(string name, JsonValueKind kind) => name switch
    {
        "model" or "n" or "seed" or "stream" or "stream_options" or "metadata" or "vilfredo" or "optillm_approach" => false,
        "store" or "logprobs" when kind == JsonValueKind.False => false,
        _ => kind != JsonValueKind.Null && !ChatRequestReader.IsWithoutEffect(name),
    };
}
