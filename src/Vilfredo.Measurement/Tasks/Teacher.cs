using System.Text;

namespace Vilfredo.Measurement.Tasks;

/// <summary>Writes worked solutions of a chosen length.</summary>
/// <param name="Style">How much is written per step.</param>
/// <param name="ExtraPasses">
/// How often the whole trace is written again after a line <c>Wait, once more.</c>: redundant thinking, which methods
/// that shorten reasoning should remove at no loss. No effect on <see cref="TeacherStyle.Direct"/>.
/// </param>
public sealed record Teacher(TeacherStyle Style = TeacherStyle.Verbose, int ExtraPasses = 0)
{
    /// <summary>The most extra passes, so that a solution's length stays bounded.</summary>
    public const int MaximumExtraPasses = 100;

    /// <summary>How often the whole trace is written again, from 0 to <see cref="MaximumExtraPasses"/>.</summary>
    public int ExtraPasses { get; init; } = ExtraPasses is >= 0 and <= MaximumExtraPasses
        ? ExtraPasses
        : throw new ArgumentOutOfRangeException(
            nameof(ExtraPasses), ExtraPasses, $"The number of extra passes must be from 0 to {MaximumExtraPasses}.");

    internal string Write(IReadOnlyList<TeacherStep> steps, string answer)
    {
        var text = new StringBuilder();
        if (Style != TeacherStyle.Direct)
        {
            for (var pass = 0; pass <= ExtraPasses; pass++)
            {
                if (pass > 0) text.Append("Wait, once more.\n");
                foreach (var step in steps)
                    text.Append(Style == TeacherStyle.Terse ? step.Result : step.Explanation).Append('\n');
            }
        }

        return text.Append(AnswerText.Mark).Append(' ').Append(answer).ToString();
    }
}
