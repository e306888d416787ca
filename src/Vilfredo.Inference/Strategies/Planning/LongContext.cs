using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>A chat taken apart into one long text and what is asked about it.</summary>
/// <param name="Turn">The place of the turn that has the text.</param>
/// <param name="Content">The place of the text among the turn's contents.</param>
/// <param name="Text">The text.</param>
/// <param name="Behind">What stands behind the text in the same content and stays in the chat.</param>
/// <param name="Question">What is asked.</param>
public sealed record LongContext(int Turn, int Content, string Text, string Behind, string Question)
{
    /// <summary>Finds the longest text of a chat. In the last turn of the user, what stands behind the mark or else the last blank line is the question; a longest text of another turn is context as a whole, and the last turn of the user is the question.</summary>
    /// <param name="messages">The chat.</param>
    /// <param name="mark">What separates context and question, such as <c>&lt;CONTEXT_END&gt;</c>.</param>
    /// <returns>Null where no user has written, or nothing is left when the question is taken away.</returns>
    public static LongContext? Find(IReadOnlyList<ChatMessage> messages, string mark)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentException.ThrowIfNullOrEmpty(mark);
        var texts = messages.Index().SelectMany(turn => turn.Item.Contents.Index().Where(part => part.Item is TextContent).Select(part => (Turn: turn.Index, Content: part.Index, ((TextContent)part.Item).Text))).ToList();
        var last = messages.Index().Where(turn => turn.Item.Role == ChatRole.User).Select(turn => turn.Index).DefaultIfEmpty(-1).Last();
        if (texts.Count == 0 || last < 0)
            return null;
        var (at, content, text) = texts.MaxBy(part => part.Text.Length);
        var others = string.Join("\n\n", messages[last].Contents.Index().Where(part => part.Item is TextContent && (at != last || part.Index != content)).Select(part => ((TextContent)part.Item).Text)).Trim();
        if (at != last || others.Length > 0)
            return text.Length == 0 ? null : new(at, content, text, "", others);
        var (end, start) = Boundary(text, mark);
        var (context, question) = (text[..end].Trim(), text[start..].Trim());
        return context.Length == 0 || question.Length == 0 ? null : new(at, content, context, text[start..].TrimStart(), question);
    }

    /// <summary>The chat with a text in the long one's place. Everything else stays: turns, roles, images.</summary>
    public IReadOnlyList<ChatMessage> Replace(IReadOnlyList<ChatMessage> messages, string text)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var turn = messages[Turn].Clone();
        turn.Contents = [.. turn.Contents.Select((part, place) => place == Content ? new TextContent(Behind.Length == 0 ? text : $"{text}\n\n{Behind}") : part)];
        return [.. messages.Select((message, place) => place == Turn ? turn : message)];
    }

    private static (int End, int Start) Boundary(string text, string mark)
    {
        var at = text.LastIndexOf(mark, StringComparison.Ordinal);
        if (at >= 0)
            return (at, at + mark.Length);
        var trimmed = text.TrimEnd();
        foreach (var line in (string[])["\n\n", "\n"])
        {
            at = trimmed.LastIndexOf(line, StringComparison.Ordinal);
            if (at > 0)
                return (at, at + line.Length);
        }

        return (0, 0);
    }
}
