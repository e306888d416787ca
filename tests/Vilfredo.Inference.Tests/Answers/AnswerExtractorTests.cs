using Vilfredo.Inference.Answers;

namespace Vilfredo.Inference.Tests.Answers;

public class AnswerExtractorTests
{
    [Theory]
    [InlineData("Answer: 42", "42")]
    [InlineData("2+2\nAnswer: 5\nno, wait\nAnswer: 4", "4")]
    [InlineData("**Answer:** 4.", "4")]
    [InlineData("So it is \\boxed{\\frac{1}{2}}.", "0.5")]
    [InlineData("That makes 1,000.50 in all", "1000.5")]
    [InlineData("it is 1/2", "0.5")]
    [InlineData("Paris.", "paris")]
    [InlineData("  ", null)]
    public void Auto_finds_the_answer(string response, string? answer) => Assert.Equal(answer, AnswerExtractors.Named("auto").Extract(response));

    [Theory]
    [InlineData("0.50", "1/2")]
    [InlineData("\\dfrac{3}{4}", ".75")]
    [InlineData("-\\frac{3}{4}", "-0.75")]
    [InlineData("1,234,567", "1234567.0")]
    [InlineData("$12$", "12")]
    [InlineData("The  Cat", "the cat.")]
    public void Equal_answers_have_one_form(string one, string other) => Assert.Equal(AnswerExtractors.Normalize(one), AnswerExtractors.Normalize(other));

    [Theory]
    [InlineData("1/3", "0.3333")]
    [InlineData("1/0", "0")]
    [InlineData("12,34", "1234")]
    public void Different_answers_have_different_forms(string one, string other) => Assert.NotEqual(AnswerExtractors.Normalize(one), AnswerExtractors.Normalize(other));

    [Theory]
    [InlineData("Answer: (B) because of A", "b")]
    [InlineData("I think it is C", "c")]
    [InlineData("It is (D).", "d")]
    [InlineData("no idea", null)]
    public void A_choice_is_a_letter(string response, string? letter) => Assert.Equal(letter, AnswerExtractors.Named("choice").Extract(response));

    [Fact]
    public void An_unknown_extractor_is_refused_with_the_names_of_those_that_exist() =>
        Assert.Contains("boxed", Assert.Throws<FormatException>(() => AnswerExtractors.Named("bracket")).Message, StringComparison.Ordinal);
}
