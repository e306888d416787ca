using System.Text.RegularExpressions;
using Vilfredo.Inference.Answers;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>Judges by a regular expression: its last match (its first group, where it has one) is the answer; without a right answer, any match is right.</summary>
public sealed class PatternGrader : IAnswerGrader
{
    private readonly string _pattern;
    private readonly string? _expected;
    private readonly IAnswerExtractor _extractor;

    /// <summary>A grader.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="expected">The right answer; null where a match is all that is asked.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public PatternGrader(string pattern, string? expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        _extractor = AnswerExtractors.Pattern(pattern);
        (_pattern, _expected) = (pattern, expected is null ? null : AnswerExtractors.Normalize(expected));
    }

    /// <inheritdoc/>
    public string Fingerprint => $"pattern {_pattern}: {_expected}";

    /// <inheritdoc/>
    public Task<Grade> GradeAsync(string response, CancellationToken cancellation)
    {
        string? answer;
        try
        {
            answer = _extractor.Extract(response);
        }
        catch (RegexMatchTimeoutException)
        {
            answer = null;
        }

        return Task.FromResult(answer is null ? (_expected is null ? Grade.Wrong : Grade.IllFormed) : _expected is null || answer == _expected ? Grade.Correct : Grade.Wrong);
    }
}
