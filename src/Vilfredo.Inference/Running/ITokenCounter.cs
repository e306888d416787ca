using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;

namespace Vilfredo.Inference.Running;

/// <summary>Counts the tokens of texts: before a call, so that its budget can be held, and after it, where a provider reports no usage.</summary>
public interface ITokenCounter
{
    /// <summary>Counts what a call has used whose response does not say: this counter, unless it is made to be quick rather than close.</summary>
    ITokenCounter OfUsage => this;

    /// <summary>The tokens of a text. At least 0.</summary>
    int Count(string text);

    /// <summary>The tokens of a chat, the marks between its turns included.</summary>
    int Count(IEnumerable<ChatMessage> messages) => messages.Sum(message => 4 + message.Contents.Sum(content => content switch
    {
        TextContent text => Count(text.Text),
        FunctionCallContent call => Count(ToolCallAnswers.Canonical(call)),
        FunctionResultContent { Result: { } result } => Count(result as string ?? JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions)),
        _ => 0,
    }));

    /// <summary>The tokens that descriptions of tools take in a request.</summary>
    int Count(IEnumerable<AITool> tools) => tools.Sum(tool => 8 + Count(tool.Name) + Count(tool.Description) + (tool is AIFunctionDeclaration function ? Count(function.JsonSchema.GetRawText()) : 0));
}
