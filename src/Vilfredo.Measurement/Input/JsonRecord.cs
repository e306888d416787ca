using System.Text.Json;
using Vilfredo.IO;

namespace Vilfredo.Measurement.Input;

/// <summary>An object of a JSON text; what is wrong with a property is said with file, line and name.</summary>
internal sealed class JsonRecord
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonElement element;
    private readonly string source;
    private readonly long line;
    private readonly string path;

    private JsonRecord(JsonElement element, string source, long line, string path) =>
        (this.element, this.source, this.line, this.path) = (element, source, line, path);

    /// <summary>Parses a text that shall be one object.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <param name="line">The line of the text in its file; <see langword="null"/> when the text is the file.</param>
    public static JsonRecord Parse(ReadOnlyMemory<char> json, string source, long? line = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonRecord(document.RootElement.Clone(), source, line ?? 1, "")
                : throw new InputFormatException(source, line ?? 1, $"read {Kind(document.RootElement)}, expected an object");
        }
        catch (JsonException error)
        {
            throw new InputFormatException(source, line ?? (error.LineNumber ?? 0) + 1, $"this is not JSON: {JsonLines.Reason(error)}");
        }
    }

    public bool Has(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public string Text(string name) => Required(name, JsonValueKind.String, "a text").GetString()!;

    public string? OptionalText(string name) => Has(name) ? Text(name) : null;

    public double Number(string name) => Finite(name, Required(name, JsonValueKind.Number, "a number"));

    public double? OptionalNumber(string name) => Has(name) ? Number(name) : null;

    public bool Boolean(string name) => Required(name, null, "true or false") is { ValueKind: JsonValueKind.True or JsonValueKind.False } value
        ? value.GetBoolean()
        : throw Wrong(name, element.GetProperty(name), "true or false");

    public bool? OptionalBoolean(string name) => Has(name) ? Boolean(name) : null;

    public int Integer(string name) => Required(name, JsonValueKind.Number, "a whole number").TryGetInt32(out var value)
        ? value
        : throw Wrong(name, element.GetProperty(name), "a whole number");

    /// <summary>A value of any kind, as it is.</summary>
    public JsonElement Value(string name) => Required(name, null, "a value");

    public bool IsNumber(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number;

    public JsonRecord Object(string name) => new(Required(name, JsonValueKind.Object, "an object"), source, line, $"{path}{name}.");

    public string[] Texts(string name) => [.. Elements(name).Select((item, i) => item.ValueKind == JsonValueKind.String
        ? item.GetString()!
        : throw Wrong($"{name}[{i}]", item, "a text"))];

    public int[] Integers(string name) => [.. Elements(name).Select((item, i) => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var value)
        ? value
        : throw Wrong($"{name}[{i}]", item, "a whole number"))];

    public long[] LongIntegers(string name) => [.. Elements(name).Select((item, i) => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var value)
        ? value
        : throw Wrong($"{name}[{i}]", item, "a whole number"))];

    public bool[] Booleans(string name) => [.. Elements(name).Select((item, i) => item.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? item.GetBoolean()
        : throw Wrong($"{name}[{i}]", item, "true or false"))];

    /// <summary>A list of lists of numbers.</summary>
    public double[][] NumberRows(string name) => [.. Elements(name).Select((row, i) => row.ValueKind == JsonValueKind.Array
        ? (double[])[.. row.EnumerateArray().Select(item => Finite($"{name}[{i}]", item))]
        : throw Wrong($"{name}[{i}]", row, "a list of numbers"))];

    /// <summary>A list of objects.</summary>
    public JsonRecord[] Objects(string name) => [.. Elements(name).Select((item, i) => item.ValueKind == JsonValueKind.Object
        ? new JsonRecord(item, source, line, $"{path}{name}[{i}].")
        : throw Wrong($"{name}[{i}]", item, "an object"))];

    /// <summary>The names of the properties, in the order of the text.</summary>
    public IEnumerable<string> Names => element.EnumerateObject().Select(property => property.Name);

    /// <summary>Passes the values on; what the library says of them is a problem of the record.</summary>
    public T Checked<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException error)
        {
            throw Problem(ArgumentMessages.FirstSentence(error));
        }
    }

    public InputFormatException Problem(string problem, string? mend = null) => new(source, line, problem, mend);

    private double Finite(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number) throw Wrong(name, value, "a number");
        return value.GetDouble() is var number && double.IsFinite(number) ? number : throw Wrong(name, value, "a number within the range of a double");
    }

    private JsonElement.ArrayEnumerator Elements(string name) => Required(name, JsonValueKind.Array, "a list").EnumerateArray();

    private JsonElement Required(string name, JsonValueKind? kind, string expected)
    {
        if (!element.TryGetProperty(name, out var value))
            throw Problem($"there is no \"{path}{name}\"", $"Needed is {expected}; the object has {string.Join(", ", Names.Take(12))}.");
        return kind is null || value.ValueKind == kind ? value : throw Wrong(name, value, expected);
    }

    private InputFormatException Wrong(string name, JsonElement value, string expected) => Problem($"\"{path}{name}\" is {Kind(value)}, expected {expected}");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => value.GetRawText() is { Length: <= 30 } text ? text : "a number",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };
}
