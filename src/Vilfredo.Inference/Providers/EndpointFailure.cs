using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using System.Text.Json;
using Polly.Timeout;

namespace Vilfredo.Inference.Providers;

/// <summary>Says what a failed call of an endpoint means, alike for every way in which it was made.</summary>
internal static class EndpointFailure
{
    private const int LongestMessage = 1000;

    /// <summary>What an error means; null for one that already says so, for a cancellation by the caller, and for what has nothing to do with the endpoint.</summary>
    public static ModelCallException? Explain(ModelDefinition model, Exception error, CancellationToken cancellation) => error switch
    {
        ModelCallException => null,
        OperationCanceledException when cancellation.IsCancellationRequested => null,
        ClientResultException { Status: > 0 } result => Explain(model, result),
        TimeoutException or TimeoutRejectedException or OperationCanceledException => new(model.Name, $"no answer within {model.Timeout.TotalSeconds:G4} s.", (int)HttpStatusCode.RequestTimeout, error),
        HttpRequestException or IOException or ClientResultException => new(model.Name, $"the endpoint cannot be reached or broke off: {FirstLine(error.Message)}", null, error),
        // The SDK has no one type for answers that are not what the protocol says.
        JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException =>
            new(model.Name, $"the endpoint's answer is no chat completion: {FirstLine(error.Message)}", null, error),
        _ => null,
    };

    /// <summary>The failure that an answer with a status of an error is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The answer's body.</param>
    /// <param name="retryAfter">How long the endpoint asks to wait; null when it does not say.</param>
    /// <param name="inner">What led to it.</param>
    public static ModelCallException OfStatus(ModelDefinition model, int status, ReadOnlySpan<byte> body, TimeSpan? retryAfter, Exception? inner = null) =>
        new(model.Name, $"the endpoint answered {status}: {FirstLine(MessageOf(body) ?? ((HttpStatusCode)status).ToString())}", status, inner) { RetryAfter = retryAfter };

    /// <summary>The failure that is written where an answer should be.</summary>
    public static ModelCallException InAnswer(string model, ReadOnlySpan<byte> answer) => new(model, $"the endpoint answered with an error: {FirstLine(MessageOf(answer) ?? "it does not say which")}");

    private static ModelCallException Explain(ModelDefinition model, ClientResultException error)
    {
        var response = error.GetRawResponse();
        TimeSpan? wait = response is not null && response.Headers.TryGetValue("retry-after", out var text) && int.TryParse(text, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        return OfStatus(model, error.Status, BodyOf(response), wait, error);
    }

    private static ReadOnlySpan<byte> BodyOf(PipelineResponse? response)
    {
        try
        {
            return response is null ? default : response.Content.ToMemory().Span;
        }
        catch (InvalidOperationException)
        {
            // It was not read to its end.
            return default;
        }
    }

    // OpenAI's form {"error": {"message": ...}}, those of others ({"error": "..."}, {"message": ...}, {"detail": ...}), or else the text itself.
    private static string? MessageOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            if (JsonElement.TryParseValue(ref reader, out var answer) && answer is { ValueKind: JsonValueKind.Object } root)
            {
                foreach (var place in (JsonElement[])[root.TryGetProperty("error", out var error) ? error : root, root])
                {
                    if (place.ValueKind == JsonValueKind.String)
                        return place.GetString();
                    foreach (var name in (ReadOnlySpan<string>)["message", "detail"])
                    {
                        if (place.ValueKind == JsonValueKind.Object && place.TryGetProperty(name, out var message) && message is { ValueKind: JsonValueKind.String } && message.GetString() is { Length: > 0 } text)
                            return text;
                    }
                }

                return null;
            }
        }
        catch (JsonException)
        {
            // Pages of gateways are no JSON.
        }

        return body.IsEmpty ? null : Encoding.UTF8.GetString(body.Length <= 4 * LongestMessage ? body : body[..(4 * LongestMessage)]);
    }

    private static string FirstLine(string text)
    {
        var line = string.Join(" ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "...";
    }
}
