using System.Globalization;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>Judges short answers by the rule of GAIA's scorer, as the code of Wang et al. (arXiv 2508.02694, dossier 3.2) has it: numbers as numbers, lists element by element, texts without spaces, punctuation and case.</summary>
/// <remarks>
/// Its quirks are kept: an answer that is no number counts as infinite, so it matches a right answer of <c>inf</c>; a right answer such as <c>1,000</c> is no number as it stands and is taken for a list of two.
/// In lists punctuation counts.
/// </remarks>
public sealed class GaiaGrader : IAnswerGrader
{
    private static readonly char[] ListMarks = [',', ';'];
    private readonly string _expected;

    /// <summary>A grader.</summary>
    /// <param name="expected">The right answer.</param>
    /// <exception cref="FormatException">It is empty.</exception>
    public GaiaGrader(string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        _expected = expected.Trim() is { Length: > 0 } text ? text : throw new FormatException("The right answer is empty.");
    }

    /// <inheritdoc/>
    public string Fingerprint => $"gaia: {_expected}";

    /// <summary>Whether an answer matches the right one.</summary>
    /// <param name="answer">The answer alone.</param>
    /// <param name="expected">The right answer.</param>
    public static bool Matches(string answer, string expected)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(expected);
        if (Number(expected) is { } number)
            return Stripped(answer) == number;
        if (expected.IndexOfAny(ListMarks) < 0)
            return Squeezed(answer, true) == Squeezed(expected, true);
        var (given, right) = (answer.Split(ListMarks), expected.Split(ListMarks));
        return given.Length == right.Length && given.Zip(right).All(pair => Number(pair.Second) is { } element ? Stripped(pair.First) == element : Squeezed(pair.First, false) == Squeezed(pair.Second, false));
    }

    /// <inheritdoc/>
    /// <remarks>The answer is what stands behind the last <c>Answer:</c>, or else the whole response.</remarks>
    public Task<Grade> GradeAsync(string response, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(response);
        const string Mark = "Answer:";
        var start = response.LastIndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        var answer = (start < 0 ? response : response[(start + Mark.Length)..].TrimStart().Split('\n', 2)[0]).Trim();
        return Task.FromResult(answer.Length == 0 ? Grade.IllFormed : Matches(answer, _expected) ? Grade.Correct : Grade.Wrong);
    }

    private static double Stripped(string text) => Number(text.Replace("$", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)) ?? double.PositiveInfinity;

    // What Python's float() reads, but for digits with underscores.
    private static double? Number(string text)
    {
        var trimmed = text.Trim();
        var (sign, word) = trimmed.StartsWith('-') ? (-1, trimmed[1..]) : (1, trimmed.TrimStart('+'));
        return word.ToLowerInvariant() switch
        {
            "inf" or "infinity" => sign * double.PositiveInfinity,
            "nan" => double.NaN,
            _ => double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
    }

    private static string Squeezed(string text, bool dropsPunctuation) =>
        string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && !(dropsPunctuation && char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter))))).ToLowerInvariant();
}
