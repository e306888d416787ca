using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Stages;

/// <summary>What later calls are shown of a response.</summary>
internal static class ShownText
{
    private const string ThinkingEnd = "</think>";

    /// <summary>The written text, without thinking that it marks with <c>&lt;/think&gt;</c>, and calls of tools in their canonical form.</summary>
    public static string Shown(this Candidate candidate)
    {
        var text = WithoutThinking(candidate.Text);
        return ToolCallAnswers.Of(candidate.Response) is not { } calls ? text : text.Trim().Length == 0 ? calls : $"{text}\n{calls}";
    }

    /// <summary>What stands behind the thinking that a text marks with <c>&lt;/think&gt;</c>; the whole text where nothing does.</summary>
    public static string WithoutThinking(string text)
    {
        var end = text.LastIndexOf(ThinkingEnd, StringComparison.Ordinal);
        var written = end < 0 ? text : text[(end + ThinkingEnd.Length)..].Trim();
        // Thinking alone is better than nothing.
        return written.Length == 0 ? text : written;
    }
}
