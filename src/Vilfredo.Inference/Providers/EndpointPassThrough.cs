using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Vilfredo.Inference.Providers;

/// <summary>Calls an endpoint with a request as it is written and gives the answer as it is written: for servers that have nothing to change in either. Found as a service of <see cref="EndpointChatClient"/>.</summary>
/// <remarks>Places, retries, time-outs and the meaning of failures are those of <see cref="EndpointChatClient"/>. Thread-safe; lives as long as that client.</remarks>
public sealed class EndpointPassThrough
{
    private const int LargestFirstBuffer = 1 << 20;
    private const int LongestFailure = 64 << 10;

    private static readonly string Agent = $"Vilfredo/{typeof(EndpointPassThrough).Assembly.GetName().Version?.ToString(3)}";

    private readonly HttpMessageInvoker _http;
    private readonly EndpointCalls _calls;
    private readonly TimeProvider _time;
    private readonly Uri _address;
    private readonly string _authorization;

    internal EndpointPassThrough(ModelDefinition model, HttpMessageInvoker http, EndpointCalls calls, string key, TimeProvider time)
    {
        (Model, _http, _calls, _time) = (model, http, calls, time);
        _address = new($"{model.Endpoint!.ToString().TrimEnd('/')}/chat/completions");
        _authorization = new AuthenticationHeaderValue("Bearer", key).ToString();
    }

    /// <summary>The model behind the endpoint.</summary>
    public ModelDefinition Model { get; }

    /// <summary>What the endpoint calls the model; requests must name it.</summary>
    public string ModelId => Model.Id ?? Model.Name;

    /// <summary>Asks for a completion.</summary>
    /// <param name="request">The request, a JSON object in UTF-8 without <c>stream</c>. It must stay as it is until the call has ended.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ModelCallException">The call failed for good.</exception>
    public async Task<RawCompletion> CompleteAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        using var place = await _calls.EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var message = MessageOf(request);
            using var response = await _http.SendAsync(message, cancellation).ConfigureAwait(false);
            await RequireSuccessAsync(response, cancellation).ConfigureAwait(false);
            return RawCompletion.Read(await ReadAsync(response.Content, int.MaxValue, cancellation).ConfigureAwait(false), Model.Name);
        }
        catch (Exception error) when (EndpointFailure.Explain(Model, error, cancellation) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Asks for a completion in chunks.</summary>
    /// <param name="request">The request, a JSON object in UTF-8 with <c>"stream": true</c>. It must stay as it is until the stream has ended.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ModelCallException">The call failed for good, or the stream was cut off.</exception>
    public IAsyncEnumerable<RawCompletion> StreamAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation) =>
        _calls.StreamAsync(leaving => ChunksAsync(request, leaving), chunk => chunk.IsFinished, cancellation);

    private async IAsyncEnumerable<RawCompletion> ChunksAsync(ReadOnlyMemory<byte> request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        HttpResponseMessage opened;
        using (var message = MessageOf(request))
            opened = await _http.SendAsync(message, cancellation).ConfigureAwait(false);
        using var response = opened;
        await RequireSuccessAsync(response, cancellation).ConfigureAwait(false);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(body, (_, data) => data.ToArray()).EnumerateAsync(cancellation).ConfigureAwait(false))
        {
            if (item.Data.AsSpan().SequenceEqual("[DONE]"u8))
                yield break;
            if (item.Data.Length > 0)
                yield return RawCompletion.ReadChunk(item.Data, Model.Name);
        }
    }

    private HttpRequestMessage MessageOf(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body) };
        // As texts they are written as they are, without being read first.
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        return request;
    }

    private async ValueTask RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;
        var said = await ReadAsync(response.Content, LongestFailure, cancellation).ConfigureAwait(false);
        throw EndpointFailure.OfStatus(Model, (int)response.StatusCode, said.Span, response.Headers.RetryAfter?.Delta);
    }

    // What comes after the headers is waited for no longer than they are.
    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int most, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        // One byte more than was said, so that the end is seen without a larger buffer.
        var buffer = new byte[(int)Math.Min(content.Headers.ContentLength + 1 ?? 4096, Math.Min(most, LargestFirstBuffer))];
        var length = 0;
        while (true)
        {
            var reading = stream.ReadAsync(buffer.AsMemory(length), cancellation);
            var read = reading.IsCompleted ? await reading.ConfigureAwait(false) : await reading.AsTask().WaitAsync(Model.Timeout, _time, cancellation).ConfigureAwait(false);
            length += read;
            if (read == 0 || length >= most)
                return buffer.AsMemory(0, length);
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(2L * length, Math.Min(most, Array.MaxLength)));
        }
    }
}
