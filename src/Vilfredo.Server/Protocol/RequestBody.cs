using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Vilfredo.Server.Protocol;

/// <summary>The body of a request, in memory that is lent for as long as the request is being answered.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int UsualLength = 4096;
    private const int LargestFirst = 1 << 16;

    private byte[] _buffer;
    private int _start;
    private int _end;

    private RequestBody(int length) => _buffer = ArrayPool<byte>.Shared.Rent(length);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(_start.._end);

    /// <summary>Reads it to its end.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext http)
    {
        // One byte more than was said, so that the end is seen without a larger buffer; but what is only said takes no memory.
        var body = new RequestBody((int)Math.Min(http.Request.ContentLength + 1 ?? UsualLength, LargestFirst));
        try
        {
            while (await http.Request.Body.ReadAsync(body._buffer.AsMemory(body._end), http.RequestAborted).ConfigureAwait(false) is var read and > 0)
                body.Advance(read);
        }
        catch
        {
            body.Dispose();
            throw;
        }

        // A mark of the byte order is none of the text's.
        body._start = body.Bytes.Span.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        return body;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end) = (0, 0);
    }

    private void Advance(int read)
    {
        _end += read;
        if (_end < _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
