using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.AI;

namespace Vilfredo.Server.Protocol;

/// <summary>Reads the messages of a request. Addresses of images are passed on as they are and never fetched here.</summary>
internal static class MessageReader
{
    /// <summary>Reads messages, except plain ones, with which nothing can be wrong: null for those.</summary>
    /// <exception cref="ApiError">They cannot be passed on.</exception>
    public static IReadOnlyList<ChatMessage>? ReadUnlessPlain(JsonElement list, int most)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            throw ApiError.Field("messages", "'messages' must be a list of at least one message.");
        if (list.GetArrayLength() > most)
            throw ApiError.Field("messages", $"There are {list.GetArrayLength()} messages; at most {most} are taken.");
        return IsPlain(list) ? null : Read(list);
    }

    /// <summary>Reads messages that were looked at before.</summary>
    public static IReadOnlyList<ChatMessage> Read(ReadOnlyMemory<byte> list)
    {
        using var document = JsonDocument.Parse(list);
        return Read(document.RootElement);
    }

    private static ChatMessage[] Read(JsonElement list) => [.. list.EnumerateArray().Select(One)];

    // Who says what, in one text each, as most messages are; so written that each text can be read.
    private static bool IsPlain(JsonElement list)
    {
        foreach (var message in list.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object)
                return false;
            var (hasRole, hasContent) = (false, false);
            foreach (var field in message.EnumerateObject())
            {
                var isRole = field.NameEquals("role"u8);
                if (field.Value.ValueKind != JsonValueKind.String || (isRole ? !IsPlainRole(field.Value) : !field.NameEquals("content"u8)))
                    return false;
                hasRole |= isRole;
                hasContent |= !isRole;
            }

            if (!hasRole || !hasContent)
                return false;
        }

        var written = JsonMarshal.GetRawUtf8Value(list);
        return Utf8.IsValid(written) && written.IndexOf("\\u"u8) < 0;
    }

    private static bool IsPlainRole(JsonElement role) => role.ValueEquals("user"u8) || role.ValueEquals("assistant"u8) || role.ValueEquals("system"u8) || role.ValueEquals("developer"u8);

    private static ChatMessage One(JsonElement message, int place)
    {
        var where = $"messages[{place}]";
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role", out var role))
            throw ApiError.Field(where, $"{where} must be an object with a 'role'.");
        var result = new ChatMessage(
            role.GetString() switch
            {
                "system" or "developer" => ChatRole.System,
                "user" => ChatRole.User,
                "assistant" => ChatRole.Assistant,
                "tool" => ChatRole.Tool,
                var other => throw ApiError.Field(where, $"{where} has the role '{other}'; it must be system, developer, user, assistant or tool."),
            },
            new List<AIContent>());
        if (message.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            result.AuthorName = name.GetString();
        var content = message.TryGetProperty("content", out var given) ? given : default;
        if (result.Role == ChatRole.Tool)
        {
            if (!message.TryGetProperty("tool_call_id", out var call) || call.ValueKind != JsonValueKind.String)
                throw ApiError.Field(where, $"{where} is a tool's answer without 'tool_call_id'.");
            result.Contents.Add(new FunctionResultContent(call.GetString()!, string.Concat(Parts(content, where).OfType<TextContent>().Select(part => part.Text))));
            return result;
        }

        foreach (var part in Parts(content, where))
            result.Contents.Add(part);
        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (var call in calls.EnumerateArray())
                result.Contents.Add(Call(call, where));
        }

        if (result.Contents.Count == 0)
            throw ApiError.Field(where, $"{where} has no content.");
        return result;
    }

    private static IEnumerable<AIContent> Parts(JsonElement content, string where)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                yield break;
            case JsonValueKind.String:
                yield return new TextContent(content.GetString());
                yield break;
            case JsonValueKind.Array:
                foreach (var part in content.EnumerateArray())
                    yield return Part(part, where);
                yield break;
            default:
                throw ApiError.Field(where, $"The content of {where} must be a text or a list of parts.");
        }
    }

    private static AIContent Part(JsonElement part, string where)
    {
        var type = part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var name) ? name.GetString() : null;
        switch (type)
        {
            case "text" when part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String:
                return new TextContent(text.GetString());
            case "refusal" when part.TryGetProperty("refusal", out var refusal) && refusal.ValueKind == JsonValueKind.String:
                return new TextContent(refusal.GetString());
            case "image_url" when part.TryGetProperty("image_url", out var image) && image.ValueKind == JsonValueKind.Object && image.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String:
                try
                {
                    var address = url.GetString()!;
                    return address.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? new DataContent(address) : new UriContent(new Uri(address), "image/*");
                }
                catch (Exception error) when (error is UriFormatException or ArgumentException)
                {
                    throw ApiError.Field(where, $"{where} has an image whose address makes no sense: {error.Message}");
                }

            default:
                throw ApiError.Field(where, $"{where} has a part of the type '{type}' that cannot be passed on; text, image_url and refusal can.");
        }
    }

    private static FunctionCallContent Call(JsonElement call, string where)
    {
        try
        {
            var function = call.GetProperty("function");
            var arguments = function.TryGetProperty("arguments", out var text) && text.GetString() is { Length: > 0 } json
                ? JsonSerializer.Deserialize<Dictionary<string, object?>>(json)
                : null;
            return new(call.GetProperty("id").GetString() ?? "", function.GetProperty("name").GetString() ?? "", arguments);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or JsonException)
        {
            throw ApiError.Field(where, $"{where} has a call of a tool that makes no sense; it needs 'id' and 'function' with 'name' and 'arguments' (a JSON object as text).");
        }
    }
}
