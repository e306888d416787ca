using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;

namespace Vilfredo.Inference.Running;

/// <summary>A response that a strategy has in hand.</summary>
/// <param name="Call">The account of the call that gave it.</param>
/// <param name="Response">The response.</param>
public sealed record Candidate(CallRecord Call, ChatResponse Response)
{
    /// <summary>Its text.</summary>
    public string Text => Response.Text;

    /// <summary>Whether the model was cut off by the limit of tokens.</summary>
    public bool IsTruncated => Response.FinishReason == ChatFinishReason.Length;

    /// <summary>Whether there is nothing in it: no text and no call of a tool, or a refusal by the provider's filter.</summary>
    public bool IsEmpty => Response.FinishReason == ChatFinishReason.ContentFilter
        || (string.IsNullOrWhiteSpace(Text) && !Response.Messages.SelectMany(message => message.Contents).Any(content => content is FunctionCallContent));
}
