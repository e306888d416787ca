using System.Globalization;
using Vilfredo.Inference.Answers;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>Compares the answer that is found in a response with a given one.</summary>
public sealed class TextGrader : IAnswerGrader
{
    private readonly IAnswerExtractor _extractor;
    private readonly string _extraction;
    private readonly string _expected;
    private readonly double? _tolerance;

    /// <summary>A grader.</summary>
    /// <param name="expected">The right answer.</param>
    /// <param name="extraction">The extractor's name, see <see cref="AnswerExtractors.Names"/>.</param>
    /// <param name="tolerance">Where it is given, numbers are right that differ by at most this share of the right one; texts must be equal in normal form otherwise.</param>
    /// <exception cref="FormatException">There is no such extractor, or the right answer is empty or, with a tolerance, no number.</exception>
    public TextGrader(string expected, string extraction = "auto", double? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        _extractor = AnswerExtractors.Named(extraction);
        _expected = AnswerExtractors.Normalize(expected) ?? throw new FormatException("The right answer is empty.");
        if (tolerance is not null && !TryNumber(_expected, out _))
            throw new FormatException($"The right answer '{expected}' is no number.");
        (_extraction, _tolerance) = (extraction, tolerance);
    }

    /// <inheritdoc/>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"text {_extraction} {_tolerance}: {_expected}");

    /// <inheritdoc/>
    public Task<Grade> GradeAsync(string response, CancellationToken cancellation) => Task.FromResult(Judge(response));

    private Grade Judge(string response)
    {
        if (_extractor.Extract(response) is not { } answer)
            return Grade.IllFormed;
        if (_tolerance is not { } tolerance)
            return answer == _expected ? Grade.Correct : Grade.Wrong;
        if (!TryNumber(answer, out var given))
            return Grade.IllFormed;
        _ = TryNumber(_expected, out var right);
        return Math.Abs(given - right) <= tolerance * Math.Abs(right) ? Grade.Correct : Grade.Wrong;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text.TrimEnd('%').TrimStart('$'), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
