using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Vilfredo.Inference.Providers;
using Vilfredo.Server.Hosting;
using Vilfredo.Server.Keys;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary><c>POST /v1/embeddings</c>: passed on to the endpoint of the model that it names, under that model's key.</summary>
internal sealed class EmbeddingsEndpoint(FrontierSource source, ServerOptions options, KeyLimits limits) : IDisposable
{
    private readonly ConcurrentDictionary<ModelDefinition, HttpClient> _clients = new();

    public async Task AnswerAsync(HttpContext http, ApiKey? key)
    {
        using var frontier = source.Enter();
        var body = await ReadAsync(http).ConfigureAwait(false);
        var name = body["model"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw ApiError.Field("model", "The field 'model' is missing; name one of the models of the frontier.");
        var models = frontier.File.Models.Where(model => model.Kind == ModelKind.OpenAI).ToList();
        var model = models.Find(model => model.Name == name)
            ?? throw new ApiError(404, $"There is no model '{name}' with an endpoint; there are {(models.Count == 0 ? "none" : string.Join(", ", models.Select(model => model.Name)))}.", code: "model_not_found");
        var hold = limits.Take(key, 0);
        body["model"] = model.Id ?? model.Name;
        var tokens = 0L;
        try
        {
            tokens = await PassOnAsync(http, model, body).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or Polly.Timeout.TimeoutRejectedException && !http.Response.HasStarted)
        {
            throw new ApiError(502, $"The model '{name}' cannot be reached: {error.Message}", "api_error", "model_failed");
        }
        finally
        {
            hold?.Settle(tokens, model.Price?.Of(new(tokens, 0)) ?? 0);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private async Task<long> PassOnAsync(HttpContext http, ModelDefinition model, JsonObject body)
    {
        var client = _clients.GetOrAdd(model, one => EndpointChatClient.OpenHttp(one, options.Endpoints));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{model.Endpoint!.ToString().TrimEnd('/')}/embeddings"))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Authorization = new("Bearer", EndpointChatClient.KeyOf(model, options.Endpoints));
        using var response = await client.SendAsync(request, http.RequestAborted).ConfigureAwait(false);
        var bytes = await response.Content.ReadAsByteArrayAsync(http.RequestAborted).ConfigureAwait(false);
        http.Response.StatusCode = (int)response.StatusCode is var status && status is >= 300 and < 400 ? 502 : status;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString() ?? "application/json";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? TokensOf(bytes) : 0;
    }

    // Endpoints that say nothing of their usage count as nothing.
    private static long TokensOf(byte[] answer)
    {
        try
        {
            return JsonNode.Parse(answer)?["usage"]?["total_tokens"]?.GetValue<long>() is { } tokens and > 0 ? tokens : 0;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return 0;
        }
    }

    private static async Task<JsonObject> ReadAsync(HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted).ConfigureAwait(false) as JsonObject
                ?? throw new ApiError(400, "The body must be a JSON object with 'model' and 'input'.");
        }
        catch (JsonException error)
        {
            throw new ApiError(400, $"The body is no JSON: {error.Message}");
        }
    }
}
