using System.Buffers.Binary;

namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>
/// What a safetensors file says about itself: its tensors and its metadata. Reading one needs no tensor library and touches the head of the file only.
/// </summary>
/// <remarks>
/// The format: eight bytes with the length N of the header (little endian), N bytes of a JSON object that maps each name to its type, shape and
/// place, then the tensors, row-major, without gaps. A header that breaks a rule is refused with <see cref="SafetensorsFormatException"/>, and
/// costs at most memory in proportion to its own length, which cannot exceed the length of the file.
/// </remarks>
public sealed class SafetensorsHeader
{
    /// <summary>The largest header that the format allows, in bytes.</summary>
    public const int MaximumLength = 100_000_000;

    internal const int LengthBytes = 8;

    private readonly Dictionary<string, SafetensorsEntry> _byName;

    internal SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata, int length)
    {
        Entries = entries;
        Metadata = metadata;
        DataOffset = LengthBytes + length;
        _byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Free texts of the writer, such as <c>format</c>; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where the data begin in the file, in bytes.</summary>
    public int DataOffset { get; }

    /// <summary>The tensor of a name, or <see langword="null"/>.</summary>
    public SafetensorsEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads the header of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsHeader Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Header;
    }

    /// <summary>Reads the header of a file that is in memory.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="source">How messages name it.</param>
    /// <exception cref="SafetensorsFormatException">The bytes break a rule of the format.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> file, string source)
    {
        var length = Length(file[..Math.Min(LengthBytes, file.Length)], file.Length, source);
        return HeaderParser.Parse(file.Slice(LengthBytes, length), file.Length - LengthBytes - length, source);
    }

    /// <summary>The length of the JSON text, from the first bytes of a file.</summary>
    internal static int Length(ReadOnlySpan<byte> head, long fileLength, string source)
    {
        if (head.Length < LengthBytes)
            throw new SafetensorsFormatException(source, $"the file has {fileLength} bytes; a safetensors file begins with the length of its header, {LengthBytes} bytes");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(head);
        if (length > MaximumLength)
            throw new SafetensorsFormatException(source, $"the header would have {length} bytes, more than the {MaximumLength} that the format allows; this is probably no safetensors file");
        if ((long)length > fileLength - LengthBytes)
            throw new SafetensorsFormatException(source, $"the header would have {length} bytes, but only {fileLength - LengthBytes} follow; the file is truncated or no safetensors file");
        return (int)length;
    }
}
