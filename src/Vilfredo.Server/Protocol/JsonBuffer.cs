using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;

namespace Vilfredo.Server.Protocol;

/// <summary>A buffer that JSON is written into, taken from a pool and given back when it is disposed.</summary>
internal sealed class JsonBuffer : IResettable, IDisposable
{
    private const int LargestKept = 1 << 16;

    // Not from a provider: its pools dispose what they do not keep, which here gives back.
    private static readonly DefaultObjectPool<JsonBuffer> Pool = new(new DefaultPooledObjectPolicy<JsonBuffer>());

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    /// <summary>For the pool; <see cref="Rent"/> takes one from it.</summary>
    public JsonBuffer() => Json = new(_bytes, CompletionWriter.Options);

    /// <summary>Writes into the buffer.</summary>
    public Utf8JsonWriter Json { get; }

    public static JsonBuffer Rent() => Pool.Get();

    /// <summary>What was written, until the buffer is disposed.</summary>
    public ReadOnlyMemory<byte> Written()
    {
        Json.Flush();
        return _bytes.WrittenMemory;
    }

    public void Dispose() => Pool.Return(this);

    /// <inheritdoc/>
    public bool TryReset()
    {
        Json.Reset();
        _bytes.ResetWrittenCount();
        return _bytes.Capacity <= LargestKept;
    }
}
