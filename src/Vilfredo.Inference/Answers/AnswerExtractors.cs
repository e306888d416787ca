using System.Globalization;
using System.Text.RegularExpressions;

namespace Vilfredo.Inference.Answers;

/// <summary>Extractors by name.</summary>
public static partial class AnswerExtractors
{
    private static readonly OrderedDictionary<string, IAnswerExtractor> Known = new(StringComparer.Ordinal)
    {
        ["auto"] = Of(text => Line(text) ?? Boxed(text) ?? LastNumber(text) ?? Whole(text)),
        ["line"] = Of(Line),
        ["boxed"] = Of(Boxed),
        ["number"] = Of(LastNumber),
        ["choice"] = Of(Choice),
        ["text"] = Of(Whole),
    };

    /// <summary>
    /// <c>auto</c> (the first of the next three that finds something, else the text), <c>line</c> (behind the last <c>Answer:</c>), <c>boxed</c> (the last <c>\boxed{...}</c>),
    /// <c>number</c> (the last number), <c>choice</c> (the letter of the choice), <c>text</c> (all of it).
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    /// <summary>The extractor of a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static IAnswerExtractor Named(string name) =>
        Known.TryGetValue(name, out var extractor) ? extractor : throw new FormatException($"There is no extractor '{name}'; there are {string.Join(", ", Names)}.");

    /// <summary>An extractor that a function does.</summary>
    public static IAnswerExtractor Of(Func<string, string?> extract) => new Delegated(extract);

    /// <summary>An extractor of the first group of the last match of a pattern, or of the whole match where it has no group.</summary>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public static IAnswerExtractor Pattern(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return Of(text => regex.Matches(text) is [.., { } last] ? Normalize(last.Groups.Count > 1 ? last.Groups[1].Value : last.Value) : null);
    }

    /// <summary>The form in which equal answers are equal texts: numbers as numbers (<c>1,000</c> = <c>1000.0</c>, <c>1/2</c> = <c>0.5</c>), words without case, outer punctuation and double spaces.</summary>
    public static string? Normalize(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var trimmed = Spaces().Replace(answer, " ").Trim().Trim('$', '*', '`', '"', '\'').TrimEnd('.', '!', ';', ':', ',').Trim();
        if (trimmed.Length == 0)
            return null;
        return Number(trimmed) is { } number ? number : trimmed.ToLowerInvariant();
    }

    private static string? Number(string text)
    {
        var plain = text.Replace("−", "-", StringComparison.Ordinal).TrimEnd('%').Replace("\\%", "", StringComparison.Ordinal);
        if (ThousandsSeparated().IsMatch(plain))
            plain = plain.Replace(",", "", StringComparison.Ordinal);
        if (decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return Written(value);
        if (Fraction().Match(plain) is not { Success: true } fraction)
            return null;
        var (above, below) = (Part(2) ?? Part(4)!.Value, Part(3) ?? Part(5)!.Value);
        return below == 0 ? null : Written(decimal.Round((fraction.Groups[1].Length > 0 ? -above : above) / below, 12));

        decimal? Part(int group) => fraction.Groups[group] is { Success: true } found ? decimal.Parse(found.Value, CultureInfo.InvariantCulture) : null;
    }

    private static string Written(decimal value) => (value == 0 ? 0 : value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    private static string? Line(string text)
    {
        var start = text.LastIndexOf("Answer:", StringComparison.OrdinalIgnoreCase);
        return start < 0 ? null : Normalize(text[(start + "Answer:".Length)..].TrimStart(' ', '*').Split('\n', 2)[0]);
    }

    private static string? Boxed(string text)
    {
        var start = text.LastIndexOf("\\boxed{", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var depth = 0;
        for (var i = start + "\\boxed".Length; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return Normalize(text[(start + "\\boxed{".Length)..i]);
        }

        return null;
    }

    private static string? LastNumber(string text) => Numbers().Matches(text) is [.., { } last] ? Normalize(last.Value) : null;

    private static string? Choice(string text)
    {
        if (Line(text) is { } line && Letter().Match(line.ToUpperInvariant()) is { Success: true } first)
            return first.Groups[1].Value.ToLowerInvariant();
        return LoneLetters().Matches(text) is [.., { } last] ? last.Groups[1].Value.ToLowerInvariant() : null;
    }

    private static string? Whole(string text) => Normalize(text);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^-?\d{1,3}(,\d{3})+(\.\d+)?$")]
    private static partial Regex ThousandsSeparated();

    [GeneratedRegex(@"^(-?)(?:(\d{1,12})/(\d{1,12})|\\[dt]?frac\{(\d{1,12})\}\{(\d{1,12})\})$")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"-?\d[\d,]*(?:\.\d+)?(?:/\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^\(?([A-J])\)?(?![A-Z0-9])")]
    private static partial Regex Letter();

    [GeneratedRegex(@"(?<![A-Za-z0-9])\(?([A-J])\)?(?![A-Za-z0-9'])")]
    private static partial Regex LoneLetters();

    private sealed class Delegated(Func<string, string?> extract) : IAnswerExtractor
    {
        public string? Extract(string response)
        {
            ArgumentNullException.ThrowIfNull(response);
            return extract(response);
        }
    }
}
