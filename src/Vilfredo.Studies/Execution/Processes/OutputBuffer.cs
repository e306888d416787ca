namespace Vilfredo.Studies.Execution;

/// <summary>Collects an output stream of any length in bounded memory: its first bytes, and its last in a ring.</summary>
internal sealed class OutputBuffer(int limit, Action<string>? onLine = null)
{
    private readonly int _headLimit = limit - limit / 2;
    private readonly int _ringLimit = limit / 2;
    private readonly LineReader? _lines = onLine is null ? null : new(onLine);
    private byte[] _head = [];
    private int _headLength;
    private byte[]? _ring;
    private int _ringNext;
    private int _ringLength;

    /// <summary>Bytes kept at most.</summary>
    public int Limit => limit;

    public long TotalBytes { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        TotalBytes += bytes.Length;
        _lines?.Append(bytes);
        var first = Math.Min(bytes.Length, _headLimit - _headLength);
        AppendToHead(bytes[..first]);
        AppendToRing(bytes[first..]);
    }

    /// <summary>Counts bytes that are not kept, such as the middle of a file.</summary>
    public void Skip(long bytes) => TotalBytes += bytes;

    public CapturedOutput ToCapturedOutput()
    {
        var last = new byte[_ringLength];
        if (_ring is not null)
        {
            var start = (_ringNext - _ringLength + _ring.Length) % _ring.Length;
            var untilEnd = Math.Min(_ringLength, _ring.Length - start);
            _ring.AsSpan(start, untilEnd).CopyTo(last);
            _ring.AsSpan(0, _ringLength - untilEnd).CopyTo(last.AsSpan(untilEnd));
        }

        var head = _head.AsSpan(0, _headLength);
        return TotalBytes == _headLength + _ringLength
            ? new CapturedOutput([.. head, .. last], [], TotalBytes)
            : new CapturedOutput(head.ToArray(), last, TotalBytes);
    }

    private void AppendToHead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        var needed = _headLength + bytes.Length;
        if (needed > _head.Length) Array.Resize(ref _head, Math.Min(_headLimit, Math.Max(needed, 2 * _head.Length)));
        bytes.CopyTo(_head.AsSpan(_headLength));
        _headLength = needed;
    }

    private void AppendToRing(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || _ringLimit == 0) return;
        _ring ??= new byte[_ringLimit];
        if (bytes.Length > _ring.Length) bytes = bytes[^_ring.Length..];
        var untilEnd = Math.Min(bytes.Length, _ring.Length - _ringNext);
        bytes[..untilEnd].CopyTo(_ring.AsSpan(_ringNext));
        bytes[untilEnd..].CopyTo(_ring);
        _ringNext = (_ringNext + bytes.Length) % _ring.Length;
        _ringLength = Math.Min(_ring.Length, _ringLength + bytes.Length);
    }
}
