using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Tests.Evaluation;

public class GaiaGraderTests
{
    [Theory]
    [InlineData("$1,234.0", "1234", true)]
    [InlineData("12 %", "12", true)]
    [InlineData("about 12", "12", false)]
    [InlineData("sea gull!", "Seagull", true)]
    [InlineData("gull", "seagull", false)]
    [InlineData("a; b", "A,b", true)]
    [InlineData("a, b, c", "a, b", false)]
    [InlineData("b, a", "a, b", false)]
    [InlineData("a, 3.0", "a, 3", true)]
    // Punctuation counts within lists, and not outside of them.
    [InlineData("a., b", "a, b", false)]
    [InlineData("a.", "a", true)]
    // The published quirks.
    [InlineData("no idea", "inf", true)]
    [InlineData("1000", "1,000", false)]
    [InlineData("1,0", "1,000", true)]
    public void Answers_match_by_the_published_rule(string answer, string expected, bool matches) => Assert.Equal(matches, GaiaGrader.Matches(answer, expected));

    [Theory]
    [InlineData("I think so.\nAnswer: Paris.\nBye", Grade.Correct)]
    [InlineData("paris", Grade.Correct)]
    [InlineData("Answer: ", Grade.IllFormed)]
    [InlineData("The answer is Paris", Grade.Wrong)]
    public async Task The_answer_is_behind_its_mark_or_the_whole_response(string response, Grade grade) => Assert.Equal(grade, await new GaiaGrader("Paris").GradeAsync(response, default));

    [Fact]
    public void A_file_of_questions_can_ask_for_it()
    {
        using var folder = new EvaluationFolder();
        var file = new QuestionFile { Path = folder.With("q.jsonl", """{"question": "?", "answer": "Rome; Oslo"}""").PathOf("q.jsonl"), Check = "gaia" };
        Assert.IsType<GaiaGrader>(Assert.Single(file.Read()).Grader);
    }
}
