using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Agents.Tools;

/// <summary>Reads arguments of tools, which are JSON elements from providers and plain objects from code.</summary>
internal static class ToolArguments
{
    public static string Text(AIFunctionArguments arguments, string name) =>
        Find(arguments, name) is { Length: > 0 } text ? text : throw new ArgumentException($"The argument '{name}' is missing; give it a text.");

    public static int Integer(AIFunctionArguments arguments, string name, int value) =>
        Find(arguments, name) is not { Length: > 0 } text ? value
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"The argument '{name}' is '{text}'; it must be a whole number.");

    private static string? Find(AIFunctionArguments arguments, string name) => arguments.TryGetValue(name, out var value)
        ? value switch
        {
            null => null,
            string text => text.Trim(),
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!.Trim(),
            JsonElement element => element.GetRawText(),
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        }
        : null;
}
