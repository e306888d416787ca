using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Answers;

/// <summary>Calls of tools in a form in which equal calls are equal texts, so that votes can be taken over them: names with JSON arguments whose keys are sorted and whose numbers are written one way.</summary>
public static class ToolCallAnswers
{
    /// <summary>The calls that a response asks for, in their order; null when it asks for none.</summary>
    public static string? Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(Canonical).ToList();
        return calls.Count == 0 ? null : string.Join('\n', calls);
    }

    /// <summary>One call, such as <c>search({"limit":5,"query":"x"})</c>.</summary>
    public static string Canonical(FunctionCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var text = new StringBuilder(call.Name).Append('(');
        // Arguments come as JSON elements from providers and as plain objects from code.
        Write(text, call.Arguments is null ? null : JsonSerializer.SerializeToNode(call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>))));
        return text.Append(')').ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                text.Append('{').AppendJoin(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => Quoted(member.Key) + ":" + Canonical(member.Value))).Append('}');
                break;
            case JsonArray items:
                text.Append('[').AppendJoin(',', items.Select(Canonical)).Append(']');
                break;
            default:
                text.Append(node.GetValueKind() == JsonValueKind.String ? Quoted(node.GetValue<string>()) : Number(node.ToJsonString()));
                break;
        }
    }

    private static string Canonical(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Number(string written) =>
        decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture) : written;
}
