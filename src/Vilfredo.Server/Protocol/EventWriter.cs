using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Vilfredo.Server.Protocol;

/// <summary>Writes server-sent events, with one buffer for all of a response.</summary>
internal sealed class EventWriter(HttpResponse response) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private Utf8JsonWriter? _json;

    /// <summary>Whether an event has gone out.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Adds an event to what <see cref="SendAsync"/> sends.</summary>
    public void Add(Action<Utf8JsonWriter> write)
    {
        _buffer.Write("data: "u8);
        if (_json is null)
            _json = new(_buffer, CompletionWriter.Options);
        else
            _json.Reset(_buffer);
        write(_json);
        _json.Flush();
        _buffer.Write("\n\n"u8);
    }

    /// <summary>Adds the mark of the end.</summary>
    public void AddEnd() => _buffer.Write("data: [DONE]\n\n"u8);

    /// <summary>Forgets what was added and not sent.</summary>
    public void Discard() => _buffer.ResetWrittenCount();

    /// <summary>Sends what was added.</summary>
    public async ValueTask SendAsync(CancellationToken cancellation)
    {
        if (!HasBegun)
        {
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
            HasBegun = true;
        }

        await response.BodyWriter.WriteAsync(_buffer.WrittenMemory, cancellation).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }

    public void Dispose() => _json?.Dispose();
}
