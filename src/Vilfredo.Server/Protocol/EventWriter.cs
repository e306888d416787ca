using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Vilfredo.Server.Protocol;

/// <summary>Writes server-sent events, each flushed at once, with one buffer for all of a response.</summary>
internal sealed class EventWriter(HttpResponse response) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private Utf8JsonWriter? _json;

    /// <summary>Whether an event has gone out.</summary>
    public bool HasBegun { get; private set; }

    public async ValueTask WriteAsync(Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write("data: "u8);
        if (_json is null)
            _json = new(_buffer, CompletionWriter.Options);
        else
            _json.Reset(_buffer);
        write(_json);
        _json.Flush();
        _buffer.Write("\n\n"u8);
        await SendAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask EndAsync(CancellationToken cancellation)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write("data: [DONE]\n\n"u8);
        await SendAsync(cancellation).ConfigureAwait(false);
    }

    public void Dispose() => _json?.Dispose();

    private async ValueTask SendAsync(CancellationToken cancellation)
    {
        if (!HasBegun)
        {
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
            HasBegun = true;
        }

        await response.BodyWriter.WriteAsync(_buffer.WrittenMemory, cancellation).ConfigureAwait(false);
    }
}
