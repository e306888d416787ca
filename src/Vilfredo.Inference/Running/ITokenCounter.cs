using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Running;

/// <summary>Counts the tokens of texts: before a call, so that its budget can be held, and after it, where a provider reports no usage.</summary>
public interface ITokenCounter
{
    /// <summary>The tokens of a text. At least 0.</summary>
    int Count(string text);

    /// <summary>The tokens of a chat, the marks between its turns included.</summary>
    int Count(IEnumerable<ChatMessage> messages) => messages.Sum(message => 4 + Count(message.Text));
}
