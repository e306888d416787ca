using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;

namespace Vilfredo.Inference.Agents.Tools;

/// <summary>Calls of tools in plain text, for models that know no function calling: the lines <c>Action:</c> and <c>Input:</c> of ReAct (Yao et al., arXiv 2210.03629), or a <c>&lt;tool_call&gt;</c> with JSON inside.</summary>
public static partial class TextToolProtocol
{
    /// <summary>The line that an observation begins with. What a model writes behind one it has made up.</summary>
    public const string ObservationMark = "Observation";

    /// <summary>What a model is told of its tools.</summary>
    public static string Describe(IReadOnlyList<AIFunctionDeclaration> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        var text = new StringBuilder("You can use these tools:\n");
        foreach (var tool in tools)
            text.Append("- ").Append(tool.Name).Append(": ").Append(tool.Description).Append(" Input: ").Append(Inputs(tool)).Append('\n');
        text.Append("""

            To use a tool, write two lines and then stop; the result follows in the next turn as an observation:
            Action: <name of the tool>
            Input: <one JSON object>

            When you know the answer, use no tool and end with a line "Answer: " and the answer alone.
            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }

    /// <summary>A call as a model would have written it.</summary>
    public static string Write(FunctionCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var canonical = ToolCallAnswers.Canonical(call);
        return $"Action: {call.Name}\nInput: {(call.Arguments is null ? "{}" : canonical[(call.Name.Length + 1)..^1])}";
    }

    /// <summary>An observation as the model is shown it.</summary>
    public static string WriteObservation(string tool, string text) => $"{ObservationMark} of {tool}: {text}";

    /// <summary>The text without an observation that the model has made up, and all behind it.</summary>
    public static string WithoutObservations(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Observation().Match(text) is { Success: true } made ? text[..made.Index].TrimEnd() : text;
    }

    /// <summary>The calls that a text asks for, in their order, and the text before the first. Malformed input is in <see cref="FunctionCallContent.Exception"/>.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="tools">The tools; input that is no JSON is taken for the argument of a tool that has only one.</param>
    public static (string Reasoning, IReadOnlyList<FunctionCallContent> Calls) Read(string text, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tools);
        text = WithoutObservations(text);
        var calls = new List<FunctionCallContent>();
        if (ToolCall().Matches(text) is { Count: > 0 } blocks)
        {
            foreach (Match block in blocks)
                calls.Add(ReadBlock(block.Groups[1].Value, calls.Count, tools));
            return (text[..blocks[0].Index].TrimEnd(), calls);
        }

        var actions = Action().Matches(text);
        for (var i = 0; i < actions.Count; i++)
        {
            var end = i + 1 < actions.Count ? actions[i + 1].Index : text.Length;
            calls.Add(ReadAction(actions[i].Groups[1].Value, text[(actions[i].Index + actions[i].Length)..end], calls.Count, tools));
        }

        return (actions.Count == 0 ? text : text[..actions[0].Index].TrimEnd(), calls);
    }

    private static FunctionCallContent ReadAction(string action, string rest, int place, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var name = action.Trim().Trim('*', '`', '"').Trim();
        var input = Input().Match(rest) is { Success: true } found ? rest[(found.Index + found.Length)..] : rest;
        // The form name(...) or name[...].
        if (Inline().Match(name) is { Success: true } inline)
            (name, input) = (inline.Groups[1].Value, inline.Groups[2].Value);
        // Whatever is said after the answer's line is no input.
        return Call(name, Fence().Replace(input, "").Trim(), place, tools);
    }

    private static FunctionCallContent ReadBlock(string json, int place, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            {
                var arguments = root.TryGetProperty("arguments", out var given) ? given.GetRawText() : "{}";
                return Call(name.GetString()!, arguments, place, tools);
            }
        }
        catch (JsonException)
        {
            // Told below, as any other text that is no call.
        }

        return Malformed("tool_call", place, "It is no JSON object with name and arguments.");
    }

    private static FunctionCallContent Call(string name, string input, int place, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        if (input.Length == 0)
            return new($"call-{place}", name, new Dictionary<string, object?>());
        if (FirstObject(input) is { } arguments)
            return new($"call-{place}", name, arguments);
        if (!input.StartsWith('{') && tools.FirstOrDefault(tool => tool.Name == name) is { } tool && OnlyParameter(tool) is { } parameter)
            return new($"call-{place}", name, new Dictionary<string, object?> { [parameter] = input.Split('\n', 2)[0].Trim().Trim('"') });
        return Malformed(name, place, "They are no JSON object.");
    }

    private static FunctionCallContent Malformed(string name, int place, string message) => new($"call-{place}", name) { Exception = new FormatException(message) };

    private static Dictionary<string, object?>? FirstObject(string text)
    {
        if (!text.StartsWith('{'))
            return null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (object?)group.Last().Value.Clone(), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? OnlyParameter(AIFunctionDeclaration tool) => Parameters(tool) is [var only] ? only.Name : null;

    private static string Inputs(AIFunctionDeclaration tool) => Parameters(tool) is { Count: > 0 } parameters
        ? "{" + string.Join(", ", parameters.Select(parameter => $"\"{parameter.Name}\": {TypeOf(parameter.Value)}")) + "}"
        : "{}";

    private static string TypeOf(JsonElement parameter) => parameter.ValueKind == JsonValueKind.Object && parameter.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "any";

    private static IReadOnlyList<JsonProperty> Parameters(AIFunctionDeclaration tool) =>
        tool.JsonSchema.ValueKind == JsonValueKind.Object && tool.JsonSchema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? [.. properties.EnumerateObject()] : [];

    [GeneratedRegex(@"^[ \t*]*Action[ \t*]*:[ \t*]*(.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Action();

    [GeneratedRegex(@"^[ \t*]*(?:Action )?Input[ \t*]*:[ \t*]*", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Input();

    [GeneratedRegex(@"^[ \t*]*Observation\b.*", RegexOptions.Multiline)]
    private static partial Regex Observation();

    [GeneratedRegex(@"^([\w.-]+)\s*[\(\[](.*)[\)\]]$")]
    private static partial Regex Inline();

    [GeneratedRegex(@"<tool_call>\s*(.*?)\s*(?:</tool_call>|$)", RegexOptions.Singleline)]
    private static partial Regex ToolCall();

    [GeneratedRegex(@"^\s*```\w*\s*|\s*```\s*$")]
    private static partial Regex Fence();
}
