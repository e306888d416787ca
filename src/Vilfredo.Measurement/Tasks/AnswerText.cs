using System.Globalization;
using System.Numerics;

namespace Vilfredo.Measurement.Tasks;

/// <summary>Reads answers out of responses.</summary>
internal static class AnswerText
{
    /// <summary>What stands before an answer.</summary>
    public const string Mark = "Answer:";

    /// <summary>Longer answers are ill-formed: no family needs more, and checking stays cheap on hostile text.</summary>
    public const int MaximumLength = 4096;

    /// <summary>The rest of the line after the last mark, trimmed.</summary>
    public static bool TryRead(string? response, out string answer)
    {
        answer = "";
        if (response is null) return false;
        var start = response.LastIndexOf(Mark, StringComparison.Ordinal);
        if (start < 0) return false;
        var rest = response.AsSpan(start + Mark.Length);
        var end = rest.IndexOfAny('\r', '\n');
        if (end >= 0) rest = rest[..end];
        rest = rest.Trim();
        if (rest.IsEmpty || rest.Length > MaximumLength) return false;
        answer = rest.ToString();
        return true;
    }

    /// <summary>A whole number in plain decimal digits with an optional minus.</summary>
    public static bool TryInteger(string text, out BigInteger number)
    {
        number = default;
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        return !digits.IsEmpty && digits.IndexOfAnyExceptInRange('0', '9') < 0
            && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Judges a whole number.</summary>
    public static Grade CompareIntegers(string answer, string expected) =>
        !TryInteger(answer, out var given) ? Grade.IllFormed
        : TryInteger(expected, out var right) && given == right ? Grade.Correct : Grade.Wrong;
}
