using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Features;

/// <summary>Counts lengths and markers of responses (Wang et al., arXiv 2504.14047), the thinking and the rest apart.</summary>
/// <remarks>Thinking is what a client gives as <see cref="TextReasoningContent"/>, and what stands between <see cref="ThinkingStart"/> (or the beginning) and <see cref="ThinkingEnd"/> of a text.</remarks>
public sealed class ResponseFeatureReader
{
    private readonly (string Name, Regex Pattern)[] _families;

    /// <summary>A reader of families.</summary>
    /// <param name="families">Null means <see cref="MarkerFamily.English"/>.</param>
    public ResponseFeatureReader(IReadOnlyList<MarkerFamily>? families = null) => _families =
    [
        .. (families ?? MarkerFamily.English).Select(family => (family.Name, new Regex(
            // Longer phrases first, so that one is not counted as a part of itself.
            @"(?<![\p{L}\p{N}'])(?:" + string.Join('|', family.Phrases.OrderByDescending(phrase => phrase.Length).Select(phrase => Regex.Escape(phrase).Replace(@"\ ", @"\s+", StringComparison.Ordinal))) + @")(?![\p{L}\p{N}])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)))),
    ];

    /// <summary>The mark with which models begin to think.</summary>
    public string ThinkingStart { get; init; } = "<think>";

    /// <summary>The mark with which models end their thinking.</summary>
    public string ThinkingEnd { get; init; } = "</think>";

    /// <summary>Counts the tokens of a segment for the rates.</summary>
    public ITokenCounter Tokens { get; init; } = new CharacterTokenCounter();

    /// <summary>The features of a candidate, with the tokens that its call reported.</summary>
    public ResponseFeatures Read(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var thought = string.Concat(candidate.Response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
        return Read(thought, candidate.Text, candidate.Call.Usage.OutputTokens, candidate.Call.ReasoningTokens);
    }

    /// <summary>The features of a text.</summary>
    /// <param name="text">The response.</param>
    /// <param name="outputTokens">Its tokens; null has them counted.</param>
    public ResponseFeatures Read(string text, long? outputTokens = null) => Read("", text, outputTokens ?? Tokens.Count(text), 0);

    private ResponseFeatures Read(string thought, string text, long outputTokens, long reasoningTokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.LastIndexOf(ThinkingEnd, StringComparison.Ordinal);
        if (end >= 0)
        {
            var inside = text[..end];
            var start = inside.IndexOf(ThinkingStart, StringComparison.Ordinal);
            thought += start < 0 ? inside : inside[(start + ThinkingStart.Length)..];
            text = text[(end + ThinkingEnd.Length)..];
        }

        var (inThinking, inAnswer) = (Counts(thought), Counts(text));
        var (thinkingTokens, answerTokens) = (thought.Length == 0 ? 0 : Tokens.Count(thought), Tokens.Count(text));
        return new(
            outputTokens, reasoningTokens > 0 ? reasoningTokens : thinkingTokens, reasoningTokens > 0 && thought.Length == 0,
            Rates(inThinking, thinkingTokens), Rates(inAnswer, answerTokens),
            Rates(inThinking.ToDictionary(pair => pair.Key, pair => pair.Value + inAnswer[pair.Key]), thinkingTokens + answerTokens));
    }

    private Dictionary<string, int> Counts(string text) => _families.ToDictionary(family => family.Name, family => family.Pattern.Count(text));

    private static Dictionary<string, double> Rates(Dictionary<string, int> counts, long tokens) =>
        counts.ToDictionary(pair => pair.Key, pair => tokens == 0 ? 0 : 1000.0 * pair.Value / tokens);
}
