using System.Text.RegularExpressions;

namespace Vilfredo.Inference.Tests.Strategies;

/// <summary>Replies of scripted judges.</summary>
internal static partial class Judges
{
    /// <summary>Picks the shown answer that has a text.</summary>
    public static string Best(string prompt, string text) => $$"""{"best": {{Shown(prompt).FindIndex(answer => answer.Contains(text, StringComparison.Ordinal)) + 1}}}""";

    /// <summary>The answers in a prompt, in the order shown.</summary>
    public static List<string> Shown(string prompt) =>
        [.. Entries().Matches(prompt).Select(match => match.Groups[1].Value.Trim())];

    [GeneratedRegex(@"\[Answer (?:\d+|[AB])\]\n(.*?)(?=\n\n\[Answer|\n\nReply)", RegexOptions.Singleline)]
    private static partial Regex Entries();
}
