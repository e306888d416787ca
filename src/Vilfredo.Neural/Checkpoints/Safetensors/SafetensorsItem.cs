namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">The name; not <c>__metadata__</c>.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">The size of each dimension, none for a scalar; not negative.</param>
/// <param name="Write">Writes exactly the tensor's bytes, row-major and little endian; called once, when its turn comes.</param>
public sealed record SafetensorsItem(string Name, ElementType Type, IReadOnlyList<long> Shape, Action<Stream> Write)
{
    /// <summary>The size in bytes.</summary>
    /// <exception cref="OverflowException">It is larger than any file.</exception>
    public long ByteCount => Shape.Aggregate((long)Type.Width(), (size, dimension) => checked(size * dimension));

    /// <summary>A tensor whose bytes are at hand.</summary>
    /// <exception cref="ArgumentException">The number of bytes is not what shape and type need.</exception>
    public static SafetensorsItem FromBytes(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
    {
        var item = new SafetensorsItem(name, type, shape, stream => stream.Write(bytes.Span));
        return bytes.Length == item.ByteCount
            ? item
            : throw new ArgumentException($"The tensor '{name}' has {bytes.Length} bytes; its shape and type need {item.ByteCount}.", nameof(bytes));
    }
}
