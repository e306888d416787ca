using System.Text.Json;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>An object of a JSON file with the place where it stands, so that messages can name it.</summary>
internal sealed class JsonSection(string file, string place, JsonElement value)
{
    public string File => file;

    public string Type => Text("type") ?? throw Error("has no \"type\"");

    /// <summary>The names of its properties.</summary>
    public IEnumerable<string> Names => value.EnumerateObject().Select(property => property.Name);

    /// <summary>The root of a file.</summary>
    /// <exception cref="TokenizerFormatException">The file is no JSON object.</exception>
    public static JsonSection Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(file, "the file", document.RootElement.Clone())
                : throw new TokenizerFormatException(file, "it must be a JSON object");
        }
        catch (JsonException error)
        {
            throw new TokenizerFormatException(file, $"it is not JSON: {error.Message.TrimEnd('.')}", error);
        }
    }

    /// <summary>The value of a property; null when it is missing or null.</summary>
    public JsonElement? Value(string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    public string? Text(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Error($"has a \"{name}\" that is not a string"),
    };

    public string RequiredText(string name) => Text(name) ?? throw Error($"has no \"{name}\"");

    public bool Flag(string name, bool otherwise = false) => Value(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Error($"has a \"{name}\" that is neither true nor false"),
    };

    public int Integer(string name) =>
        Value(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var integer) ? integer : throw Error($"has no integer \"{name}\"");

    public JsonSection? Section(string name) => Value(name) is { } found ? Child(name, found) : null;

    /// <summary>The objects of an array; none when it is missing.</summary>
    public IReadOnlyList<JsonSection> Items(string name) => Value(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select((item, index) => Child($"{name}[{index}]", item))],
        _ => throw Error($"has a \"{name}\" that is not an array"),
    };

    /// <summary>The error that this part of the file needs what is not built.</summary>
    public TokenizerFormatException Unsupported(string what, string allowed) =>
        new(file, $"{place} has {what}, which is not supported; it may be {allowed}");

    public TokenizerFormatException Error(string problem) => new(file, $"{place} {problem}");

    private JsonSection Child(string name, JsonElement found) => found.ValueKind == JsonValueKind.Object
        ? new(file, place == "the file" ? $"\"{name}\"" : $"{place[..^1]}.{name}\"", found)
        : throw Error($"has a \"{name}\" that is not an object");
}
