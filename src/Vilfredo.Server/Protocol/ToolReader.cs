using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Vilfredo.Server.Protocol;

/// <summary>Reads tools and the form that an answer is to have.</summary>
internal static class ToolReader
{
    private static readonly JsonElement NoParameters = JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement.Clone();

    public static DeclaredTool Read(JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object || !tool.TryGetProperty("type", out var type) || type.GetString() != "function"
            || !tool.TryGetProperty("function", out var function) || !function.TryGetProperty("name", out var name) || name.GetString() is not { Length: > 0 } given)
            throw ApiError.Field("tools", "Each of 'tools' must be {\"type\": \"function\", \"function\": {\"name\": ..., \"parameters\": ...}}.");
        var description = function.TryGetProperty("description", out var text) ? text.GetString() : null;
        bool? isStrict = function.TryGetProperty("strict", out var strict) && strict.ValueKind is JsonValueKind.True or JsonValueKind.False ? strict.GetBoolean() : null;
        return new(given, description, function.TryGetProperty("parameters", out var parameters) ? parameters.Clone() : NoParameters, isStrict);
    }

    public static ChatToolMode ReadChoice(JsonElement choice)
    {
        if (choice.ValueKind == JsonValueKind.String)
        {
            return choice.GetString() switch
            {
                "auto" => ChatToolMode.Auto,
                "none" => ChatToolMode.None,
                "required" => ChatToolMode.RequireAny,
                var other => throw ApiError.Field("tool_choice", $"'tool_choice' is '{other}'; it must be auto, none, required, or name a function."),
            };
        }

        return choice.ValueKind == JsonValueKind.Object && choice.TryGetProperty("function", out var function) && function.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } given
            ? ChatToolMode.RequireSpecific(given)
            : throw ApiError.Field("tool_choice", "'tool_choice' must be auto, none, required, or {\"type\": \"function\", \"function\": {\"name\": ...}}.");
    }

    /// <summary>Whether the form asks that its schema be followed exactly.</summary>
    public static bool IsStrict(JsonElement format) =>
        format.TryGetProperty("json_schema", out var given) && given.ValueKind == JsonValueKind.Object && given.TryGetProperty("strict", out var strict) && strict.ValueKind == JsonValueKind.True;

    public static ChatResponseFormat ReadFormat(JsonElement format)
    {
        var type = format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var name) ? name.GetString() : null;
        switch (type)
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema" when format.TryGetProperty("json_schema", out var given) && given.TryGetProperty("schema", out var schema):
                return ChatResponseFormat.ForJsonSchema(
                    schema.Clone(),
                    given.TryGetProperty("name", out var title) ? title.GetString() : null,
                    given.TryGetProperty("description", out var description) ? description.GetString() : null);
            default:
                throw ApiError.Field("response_format", $"'response_format' has the type '{type}'; it must be text, json_object, or json_schema with a schema.");
        }
    }
}
