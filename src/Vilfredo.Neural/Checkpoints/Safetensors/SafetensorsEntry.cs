namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>One tensor of a safetensors file, as its header describes it.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">The size of each dimension, none for a scalar; not negative.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last.</param>
public sealed record SafetensorsEntry(string Name, ElementType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>The size in bytes.</summary>
    public long ByteCount => End - Begin;

    /// <summary>The number of elements.</summary>
    public long ElementCount => ByteCount / Type.Width();

    /// <summary>The shape as text, such as <c>[32, 128]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
