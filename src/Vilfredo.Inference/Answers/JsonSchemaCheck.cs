using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vilfredo.Inference.Answers;

/// <summary>
/// Compares a value with a JSON schema, as far as response formats of models use it: type, enum, const, properties, required, additionalProperties, items, prefixItems, numbers and lengths, minItems, maxItems, anyOf, oneOf, allOf, and
/// references within the schema. Other keywords, such as pattern and format, are not checked.
/// </summary>
public static class JsonSchemaCheck
{
    private const int MostDepth = 64;
    private const int MostProblems = 10;

    /// <summary>What is wrong with a value, each with its place, such as <c>$.items[2].price is a string; it must be a number</c>; none when it fits.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">The schema.</param>
    public static IReadOnlyList<string> Problems(JsonElement value, JsonElement schema)
    {
        var problems = new List<string>();
        Check(value, schema, schema, "$", problems, 0);
        return [.. problems.Take(MostProblems)];
    }

    /// <summary>The value with what can be mended without a doubt: numbers and truth values written as text where the schema wants none, and properties that it does not allow left out. Null when nothing can.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">The schema.</param>
    public static JsonElement? Mend(JsonElement value, JsonElement schema)
    {
        var isMended = false;
        var mended = Mended(value, schema, schema, ref isMended, 0);
        return isMended ? JsonSerializer.SerializeToElement(mended) : null;
    }

    private static JsonNode? Mended(JsonElement value, JsonElement schema, JsonElement root, ref bool isMended, int depth)
    {
        schema = Resolved(schema, root);
        if (depth > MostDepth || schema.ValueKind != JsonValueKind.Object)
            return JsonSerializer.SerializeToNode(value);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = schema.TryGetProperty("properties", out var named) && named.ValueKind == JsonValueKind.Object ? named : default;
                var isClosed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
                var members = new JsonObject();
                foreach (var member in value.EnumerateObject())
                {
                    if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var own))
                        members[member.Name] = Mended(member.Value, own, root, ref isMended, depth + 1);
                    else if (isClosed)
                        isMended = true;
                    else
                        members[member.Name] = JsonSerializer.SerializeToNode(member.Value);
                }

                return members;
            case JsonValueKind.Array when schema.TryGetProperty("items", out var items):
                var list = new JsonArray();
                foreach (var item in value.EnumerateArray())
                    list.Add(Mended(item, items, root, ref isMended, depth + 1));
                return list;
            case JsonValueKind.String when TypesOf(schema) is { Count: > 0 } types && !types.Contains("string"):
                var text = value.GetString()!.Trim();
                if (types.Contains("integer") && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
                {
                    isMended = true;
                    return whole;
                }

                if (types.Contains("number") && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                {
                    isMended = true;
                    return number;
                }

                if (types.Contains("boolean") && bool.TryParse(text, out var truth))
                {
                    isMended = true;
                    return truth;
                }

                return JsonSerializer.SerializeToNode(value);
            default:
                return JsonSerializer.SerializeToNode(value);
        }
    }

    private static void Check(JsonElement value, JsonElement schema, JsonElement root, string place, List<string> problems, int depth)
    {
        schema = Resolved(schema, root);
        if (schema.ValueKind == JsonValueKind.False)
            problems.Add($"{place} is not allowed");
        if (depth > MostDepth || schema.ValueKind != JsonValueKind.Object || problems.Count >= MostProblems)
            return;
        var types = TypesOf(schema);
        if (types.Count > 0 && !types.Any(type => Is(value, type)))
        {
            problems.Add($"{place} is {NameOf(value)}; it must be {string.Join(" or ", types.Select(type => type is "array" or "object" or "integer" ? "an " + type : type == "null" ? type : "a " + type))}");
            return;
        }

        if (schema.TryGetProperty("enum", out var allowed) && allowed.ValueKind == JsonValueKind.Array && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
            problems.Add($"{place} is {Short(value)}; it must be one of {Short(allowed)}");
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            problems.Add($"{place} is {Short(value)}; it must be {Short(constant)}");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Members(value, schema, root, place, problems, depth);
                break;
            case JsonValueKind.Array:
                Items(value, schema, root, place, problems, depth);
                break;
            case JsonValueKind.Number when value.TryGetDouble(out var number):
                Bound(schema, "minimum", least => number < least, least => $"{place} is {Short(value)}; it must be at least {least}", problems);
                Bound(schema, "maximum", most => number > most, most => $"{place} is {Short(value)}; it must be at most {most}", problems);
                Bound(schema, "exclusiveMinimum", least => number <= least, least => $"{place} is {Short(value)}; it must be above {least}", problems);
                Bound(schema, "exclusiveMaximum", most => number >= most, most => $"{place} is {Short(value)}; it must be below {most}", problems);
                break;
            case JsonValueKind.String:
                var length = new StringInfo(value.GetString()!).LengthInTextElements;
                Bound(schema, "minLength", least => length < least, least => $"{place} has {length} characters; it must have at least {least}", problems);
                Bound(schema, "maxLength", most => length > most, most => $"{place} has {length} characters; it must have at most {most}", problems);
                break;
        }

        foreach (var part in Parts(schema, "allOf"))
            Check(value, part, root, place, problems, depth + 1);
        foreach (var (keyword, most) in (ReadOnlySpan<(string, int)>)[("anyOf", int.MaxValue), ("oneOf", 1)])
        {
            var parts = Parts(schema, keyword);
            if (parts.Count == 0)
                continue;
            var misses = parts.Select(part =>
            {
                var own = new List<string>();
                Check(value, part, root, place, own, depth + 1);
                return own;
            }).ToList();
            var fits = misses.Count(own => own.Count == 0);
            if (fits == 0)
                problems.Add(parts.Count == 1 ? misses[0][0] : $"{place} fits none of the {parts.Count} forms that are allowed; of one, {misses.MinBy(own => own.Count)![0]}");
            else if (fits > most)
                problems.Add($"{place} fits {fits} forms of which it must fit one");
        }
    }

    private static void Members(JsonElement value, JsonElement schema, JsonElement root, string place, List<string> problems, int depth)
    {
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!))
            {
                if (!value.TryGetProperty(name, out _))
                    problems.Add($"{place} has no '{name}'");
            }
        }

        var properties = schema.TryGetProperty("properties", out var named) && named.ValueKind == JsonValueKind.Object ? named : default;
        var hasMore = schema.TryGetProperty("additionalProperties", out var more);
        foreach (var member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var own))
                Check(member.Value, own, root, $"{place}.{member.Name}", problems, depth + 1);
            else if (hasMore && more.ValueKind == JsonValueKind.False)
                problems.Add($"{place} must not have '{member.Name}'");
            else if (hasMore)
                Check(member.Value, more, root, $"{place}.{member.Name}", problems, depth + 1);
        }
    }

    private static void Items(JsonElement value, JsonElement schema, JsonElement root, string place, List<string> problems, int depth)
    {
        var count = value.GetArrayLength();
        Bound(schema, "minItems", least => count < least, least => $"{place} has {count} items; it must have at least {least}", problems);
        Bound(schema, "maxItems", most => count > most, most => $"{place} has {count} items; it must have at most {most}", problems);
        var first = Parts(schema, "prefixItems");
        var hasItems = schema.TryGetProperty("items", out var items);
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (index < first.Count)
                Check(item, first[index], root, $"{place}[{index}]", problems, depth + 1);
            else if (hasItems)
                Check(item, items, root, $"{place}[{index}]", problems, depth + 1);
        }
    }

    private static void Bound(JsonElement schema, string keyword, Func<double, bool> isOut, Func<string, string> say, List<string> problems)
    {
        if (schema.TryGetProperty(keyword, out var bound) && bound.ValueKind == JsonValueKind.Number && isOut(bound.GetDouble()))
            problems.Add(say(bound.GetRawText()));
    }

    private static List<JsonElement> Parts(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var parts) && parts.ValueKind == JsonValueKind.Array ? [.. parts.EnumerateArray()] : [];

    private static List<string> TypesOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)] : [];

    // A reference to another place of the schema: #, #/$defs/NAME and the like. References to references are followed a few times.
    private static JsonElement Resolved(JsonElement schema, JsonElement root)
    {
        for (var step = 0; step < 8 && schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String; step++)
        {
            var path = reference.GetString()!;
            if (!path.StartsWith('#'))
                return default;
            var place = root;
            foreach (var part in path[1..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
            {
                if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(part, out place))
                    return default;
            }

            schema = place;
        }

        return schema;
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsInteger(number),
        _ => true,
    };

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Number => "a number",
        _ => "null",
    };

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "..." : value.GetRawText();
}
