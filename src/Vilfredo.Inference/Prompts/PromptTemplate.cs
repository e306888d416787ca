using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Prompts;

/// <summary>Fills templates of prompts, and names sets of them.</summary>
public static partial class PromptTemplate
{
    /// <summary>Puts values in the places of their names, such as <c>{question}</c>. Names inside values stay as they are, and so do names without a value.</summary>
    public static string Fill(string template, params ReadOnlySpan<(string Name, string Value)> values)
    {
        ArgumentNullException.ThrowIfNull(template);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            known[name] = value;
        return Place().Replace(template, place => known.GetValueOrDefault(place.Groups[1].Value, place.Value));
    }

    /// <summary>A short name of a set of templates, which changes with every character of them: 12 hexadecimal digits of SHA-256.</summary>
    public static string Hash(params ReadOnlySpan<string> templates)
    {
        var text = new StringBuilder();
        foreach (var template in templates)
            text.Append(CultureInfo.InvariantCulture, $"{template.Length}:{template}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }

    /// <summary>Texts with numbers from 1, each behind a line that names it.</summary>
    public static string Numbered(string name, IEnumerable<string> texts) =>
        string.Join("\n\n", texts.Select((text, i) => string.Create(CultureInfo.InvariantCulture, $"[{name} {i + 1}]\n{text}")));

    /// <summary>The question as text: that of the user's turn, or all turns with their roles where there are more. Turns of the system are left out.</summary>
    public static string QuestionOf(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var turns = messages.Where(message => message.Role != ChatRole.System).ToList();
        return turns.Count == 1 ? turns[0].Text : string.Join("\n", turns.Select(turn => $"{turn.Role.Value}: {turn.Text}"));
    }

    /// <summary>One user turn of a text about the chat, with the chat's images and files.</summary>
    public static ChatMessage Turn(string text, IReadOnlyList<ChatMessage> about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return new(ChatRole.User, [new TextContent(text), .. about.SelectMany(message => message.Contents).Where(content => content is DataContent or UriContent or HostedFileContent)]);
    }

    /// <summary>The chat with a text behind the last turn of the user, so that turns still take turns; the text is a turn of its own where somebody else had the last.</summary>
    public static IReadOnlyList<ChatMessage> Append(IReadOnlyList<ChatMessage> messages, string text)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0 || messages[^1].Role != ChatRole.User)
            return [.. messages, new(ChatRole.User, text)];
        var last = messages[^1];
        var longer = last.Clone();
        longer.Contents = [.. last.Contents, new TextContent("\n\n" + text)];
        return [.. messages.Take(messages.Count - 1), longer];
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Place();
}
