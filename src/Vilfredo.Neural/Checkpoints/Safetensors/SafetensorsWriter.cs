using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vilfredo.IO;

namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>Writes safetensors files: the same tensors and metadata always give the same bytes.</summary>
/// <remarks>
/// Tensors are ordered by decreasing alignment, then by name (ordinal), metadata by key; the header is padded with blanks to a multiple of eight bytes,
/// so that every tensor is aligned to its element size. A file appears complete or not at all.
/// </remarks>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced when it is complete.</param>
    /// <param name="items">The tensors in any order; each is written when its turn comes, so that they need not be in memory together.</param>
    /// <param name="metadata">Free texts, or <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, a shape is negative, or the header would be longer than the format allows.</exception>
    /// <exception cref="InvalidOperationException">A tensor wrote more or fewer bytes than its shape and type need.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<SafetensorsItem> items, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        var ordered = Order(items);
        var header = Header(ordered, metadata);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            var position = (long)header.Length;
            foreach (var item in ordered)
            {
                item.Write(stream);
                position += item.ByteCount;
                if (stream.Position != position)
                    throw new InvalidOperationException($"The tensor '{item.Name}' wrote {stream.Position - position + item.ByteCount} bytes; its shape and type need {item.ByteCount}.");
            }
        });
    }

    private static SafetensorsItem[] Order(IEnumerable<SafetensorsItem> items)
    {
        var ordered = items.OrderByDescending(item => item.Type).ThenBy(item => item.Name, StringComparer.Ordinal).ToArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in ordered)
        {
            if (item.Name == "__metadata__" || !names.Add(item.Name))
                throw new ArgumentException($"The tensor name '{item.Name}' {(names.Contains(item.Name) ? "occurs twice" : "is reserved")}.", nameof(items));
            if (item.Shape.Any(dimension => dimension < 0))
                throw new ArgumentException($"The tensor '{item.Name}' has a negative dimension.", nameof(items));
        }

        return ordered;
    }

    private static byte[] Header(SafetensorsItem[] items, IReadOnlyDictionary<string, string>? metadata)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteHeader(json, items, metadata);
        var padded = (text.WrittenCount + Alignment - 1) / Alignment * Alignment;
        if (padded > SafetensorsHeader.MaximumLength)
            throw new ArgumentException($"The header would have {padded} bytes; the format allows {SafetensorsHeader.MaximumLength}. Use fewer tensors or shorter names per file.", nameof(items));

        var header = new byte[SafetensorsHeader.LengthBytes + padded];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)padded);
        text.WrittenSpan.CopyTo(header.AsSpan(SafetensorsHeader.LengthBytes));
        header.AsSpan(SafetensorsHeader.LengthBytes + text.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void WriteHeader(Utf8JsonWriter json, SafetensorsItem[] items, IReadOnlyDictionary<string, string>? metadata)
    {
        json.WriteStartObject();
        if (metadata is { Count: > 0 })
        {
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
        }

        long begin = 0;
        foreach (var item in items)
        {
            var end = checked(begin + item.ByteCount);
            json.WriteStartObject(item.Name);
            json.WriteString("dtype", item.Type.Name());
            json.WriteStartArray("shape");
            foreach (var dimension in item.Shape)
                json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(begin);
            json.WriteNumberValue(end);
            json.WriteEndArray();
            json.WriteEndObject();
            begin = end;
        }

        json.WriteEndObject();
    }
}
