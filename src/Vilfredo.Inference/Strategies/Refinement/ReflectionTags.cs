using System.Text.RegularExpressions;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Finds the answer in a response that was to put it in <c>&lt;output&gt;</c> behind <c>&lt;thinking&gt;</c>.</summary>
internal static partial class ReflectionTags
{
    /// <summary>
    /// The thinking and the answer; null when there is no answer of that form. The answer begins at the first <c>&lt;output&gt;</c> behind the end of the thinking and goes to the last
    /// <c>&lt;/output&gt;</c>, or to the end where that is missing, so that tags inside the answer are part of it.
    /// </summary>
    public static (string Thinking, string Output, bool IsClosed)? Split(string text)
    {
        var begin = Begin(text);
        if (begin is not { } mark)
            return null;
        var start = mark.Index + mark.Length;
        var end = text.LastIndexOf("</output>", StringComparison.OrdinalIgnoreCase);
        var isClosed = end >= start;
        var output = (isClosed ? text[start..end] : text[start..]).Trim();
        var thinking = Marks().Replace(text[..mark.Index], "").Trim();
        return output.Length == 0 ? null : (thinking, output, isClosed);
    }

    private static (int Index, int Length)? Begin(string text)
    {
        if (AfterThinking().Match(text) is { Success: true } after)
            return (after.Groups[1].Index, after.Groups[1].Length);
        // Thinking that was not closed may speak of the tags; the last one is the likeliest to be meant.
        if (text.TrimStart().StartsWith("<thinking>", StringComparison.OrdinalIgnoreCase))
            return text.LastIndexOf("\n<output>", StringComparison.OrdinalIgnoreCase) is >= 0 and var last ? (last + 1, "<output>".Length) : null;
        return AtBeginning().Match(text) is { Success: true } first ? (first.Groups[1].Index, first.Groups[1].Length) : null;
    }

    [GeneratedRegex(@"</thinking>\s*(<output>)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AfterThinking();

    [GeneratedRegex(@"^\s*(<output>)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AtBeginning();

    [GeneratedRegex(@"^\s*<thinking>|</thinking>\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
