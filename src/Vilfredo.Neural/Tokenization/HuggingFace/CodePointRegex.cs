using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>A regular expression whose character is a whole Unicode character, as in the files' own engine. The one of .NET sees UTF-16 units, to which half of an emoji is a character and an ideograph beyond U+FFFF no letter.</summary>
/// <remarks>Such characters are matched through one of the same general category below U+FFFF.</remarks>
internal sealed class CodePointRegex
{
    private static readonly Dictionary<UnicodeCategory, char> StandIns = Enumerable.Range(0, 0xFFFE)
        .GroupBy(value => CharUnicodeInfo.GetUnicodeCategory((char)value))
        .ToDictionary(group => group.Key, group => (char)group.Max());

    private readonly Regex _regex;

    /// <exception cref="RegexParseException">.NET cannot read the pattern.</exception>
    public CodePointRegex(string pattern) => _regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled);

    /// <summary>Cuts the text into its matches and what is between them, in order; none is empty.</summary>
    public IEnumerable<(string Text, bool IsMatch)> Cut(string text)
    {
        var (units, starts) = Units(text);
        var end = 0;
        for (var match = _regex.Match(units); match.Success; match = match.NextMatch())
        {
            if (match.Length == 0)
                continue;
            if (match.Index > end)
                yield return (text[starts(end)..starts(match.Index)], false);
            end = match.Index + match.Length;
            yield return (text[starts(match.Index)..starts(end)], true);
        }

        if (end < units.Length)
            yield return (text[starts(end)..], false);
    }

    private static (string Units, Func<int, int> Starts) Units(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return (text, index => index);
        var units = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            starts.Add(i);
            units.Append(char.IsSurrogatePair(text, i) ? StandIns.GetValueOrDefault(CharUnicodeInfo.GetUnicodeCategory(text, i), '\uFFFD') : text[i]);
        }

        starts.Add(text.Length);
        return (units.ToString(), index => starts[index]);
    }
}
