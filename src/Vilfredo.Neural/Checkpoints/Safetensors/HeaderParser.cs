using System.Text.Json;
using System.Text.Unicode;

namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>Reads the JSON text of a header in one pass and checks it against the rules of the format.</summary>
internal ref struct HeaderParser
{
    private const string MetadataKey = "__metadata__";
    private const int MaximumDepth = 8; // an entry's shape is at depth 3
    private const int MaximumRank = 64; // of tensors in libtorch; the format names no limit

    private readonly string _source;
    private Utf8JsonReader _json;

    private HeaderParser(ReadOnlySpan<byte> json, string source)
    {
        _source = source;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
    }

    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength, string source)
    {
        if (json.Length == 0 || json[0] != '{')
            throw new SafetensorsFormatException(source, "the header does not begin with {; this is probably no safetensors file");
        if (!Utf8.IsValid(json))
            throw new SafetensorsFormatException(source, "the header is not UTF-8 text");
        try
        {
            return new HeaderParser(json, source).Parse(json.Length, dataLength);
        }
        catch (JsonException error)
        {
            throw new SafetensorsFormatException(source, $"the header is not valid JSON (byte {error.BytePositionInLine + SafetensorsHeader.LengthBytes}): {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // What the JSON reader throws for an escaped half of a surrogate pair.
            throw new SafetensorsFormatException(source, "the header contains a text that is not Unicode", error);
        }
    }

    private SafetensorsHeader Parse(int length, long dataLength)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<SafetensorsEntry>();
        Dictionary<string, string>? metadata = null;
        _json.Read();
        while (Next() == JsonTokenType.PropertyName)
        {
            var name = _json.GetString()!;
            if (!names.Add(name))
                throw Error($"the name {Quote(name)} occurs twice");
            Next();
            if (name == MetadataKey)
                metadata = ReadMetadata();
            else
                entries.Add(ReadEntry(name));
        }

        while (_json.Read())
        {
            // Anything but white space after the object makes the reader throw.
        }

        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)) is var order and not 0 ? order : string.CompareOrdinal(a.Name, b.Name));
        CheckPlaces(entries, dataLength);
        return new SafetensorsHeader(entries, metadata ?? [], length);
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        var what = $"the tensor {Quote(name)}";
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Error($"{what} is described by {Token()}, not by an object with dtype, shape and data_offsets");
        ElementType? type = null;
        List<long>? shape = null, offsets = null;
        while (Next() == JsonTokenType.PropertyName)
        {
            var key = _json.GetString()!;
            Next();
            switch (key)
            {
                case "dtype" when type is null:
                    type = ReadType(what);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(what, key);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(what, key);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Error($"{what} has {key} twice");
                default:
                    _json.Skip(); // room for later versions of the format
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
            throw Error($"{what} has no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        if (offsets is not [var begin, var end])
            throw Error($"{what} has {offsets.Count} data_offsets; there must be two, begin and end");
        var entry = new SafetensorsEntry(name, type.Value, shape.ToArray(), begin, end);
        CheckSize(entry, what);
        return entry;
    }

    private ElementType ReadType(string what)
    {
        if (_json.TokenType != JsonTokenType.String)
            throw Error($"{what} has {Token()} for dtype, not a text");
        var name = _json.GetString()!;
        return ElementTypes.TryParse(name, out var type) ? type : throw Error($"{what} has the unknown dtype {Quote(name)}; known are {ElementTypes.Names}");
    }

    private List<long> ReadNumbers(string what, string key)
    {
        if (_json.TokenType != JsonTokenType.StartArray)
            throw Error($"{what} has {Token()} for {key}, not an array");
        var numbers = new List<long>();
        while (Next() != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var number) || number < 0)
                throw Error($"{what} has {Token()} in {key}; allowed are whole numbers from 0 to {long.MaxValue}");
            if (numbers.Count == MaximumRank)
                throw Error($"{what} has more than {MaximumRank} numbers in {key}");
            numbers.Add(number);
        }

        return numbers;
    }

    private Dictionary<string, string> ReadMetadata()
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Error($"{MetadataKey} is {Token()}, not an object of texts");
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Next() == JsonTokenType.PropertyName)
        {
            var key = _json.GetString()!;
            if (Next() != JsonTokenType.String)
                throw Error($"{MetadataKey} has {Token()} under {Quote(key)}; only texts are allowed");
            if (!metadata.TryAdd(key, _json.GetString()!))
                throw Error($"{MetadataKey} has the key {Quote(key)} twice");
        }

        return metadata;
    }

    private readonly void CheckSize(SafetensorsEntry entry, string what)
    {
        if (entry.End < entry.Begin)
            throw Error($"{what} ends at byte {entry.End}, before it begins at {entry.Begin}");
        long size = entry.Type.Width();
        foreach (var dimension in entry.Shape)
        {
            if (dimension != 0 && size > long.MaxValue / dimension)
                throw Error($"{what} has a shape whose size overflows");
            size *= dimension;
        }

        if (size != entry.ByteCount)
            throw Error($"{what} has {entry.ByteCount} bytes, but its shape and type need {size}");
    }

    private readonly void CheckPlaces(List<SafetensorsEntry> entries, long dataLength)
    {
        long end = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
                throw Error($"the tensor {Quote(entry.Name)} begins at byte {entry.Begin} of the data, but the one before it ends at {end}: {(entry.Begin < end ? "they overlap" : "there is a hole")}");
            end = entry.End;
        }

        if (end != dataLength)
            throw Error($"the tensors take {end} bytes, but {dataLength} follow the header; the file {(end > dataLength ? "is truncated" : "has surplus bytes")}");
    }

    private JsonTokenType Next() => _json.Read() ? _json.TokenType : throw Error("the header ends in the middle");

    private readonly string Token() => _json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => _json.ValueSpan.Length > 40 ? "a long number" : System.Text.Encoding.UTF8.GetString(_json.ValueSpan),
        _ => System.Text.Encoding.UTF8.GetString(_json.ValueSpan),
    };

    private readonly SafetensorsFormatException Error(string problem) => new(_source, problem);

    /// <summary>A name of unknown origin, safe and short enough for a message.</summary>
    private static string Quote(string name)
    {
        var shown = name.Length > 100 ? name[..100] + "..." : name;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}'";
    }
}
