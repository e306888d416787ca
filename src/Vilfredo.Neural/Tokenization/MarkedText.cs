using System.Text.RegularExpressions;

namespace Vilfredo.Neural.Tokenization;

/// <summary>Splits text at names of tokens: at each place the longest name that is there.</summary>
internal sealed class MarkedText
{
    /// <summary>Keeps what is around it from being read as a name, and is left out of marked text then: U+FDD0, which Unicode sets aside for such uses and which is no character of any text.</summary>
    public const string Break = "\uFDD0";

    private readonly IReadOnlyDictionary<string, int> _tokens;
    private readonly Regex? _names;

    public MarkedText(IReadOnlyDictionary<string, int> tokens)
    {
        _tokens = tokens;
        if (tokens.Count > 0)
            _names = new Regex(string.Join('|', tokens.Keys.OrderByDescending(name => name.Length).Select(Regex.Escape)), RegexOptions.CultureInvariant);
    }

    /// <summary>The parts in order: text (never empty) where the token is null, else the token of that name.</summary>
    public IEnumerable<(string Text, int? Token)> Split(string text)
    {
        var start = 0;
        for (var match = _names?.Match(text); match is { Success: true }; match = match.NextMatch())
        {
            if (match.Index > start)
                yield return (text[start..match.Index], null);
            yield return (match.Value, _tokens[match.Value]);
            start = match.Index + match.Length;
        }

        if (start < text.Length)
            yield return (text[start..], null);
    }

    /// <summary>The text, with breaks in every name of a token, so that in marked text it is the same text and names none.</summary>
    public string Disarm(string text) => _names?.Replace(text, match => string.Join(Break, match.Value.AsEnumerable())) ?? text;

    /// <summary>The ids of a text with names of tokens in it; the parts in between are encoded by <paramref name="encode"/>.</summary>
    public int[] Encode(string text, Func<string, int[]> encode) =>
        [.. Split(text).SelectMany(part => part.Token is { } token ? [token] : encode(part.Text.Replace(Break, "", StringComparison.Ordinal)))];
}
