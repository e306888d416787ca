using CsCheck;
using Vilfredo.Measurement.Tasks;
using Vilfredo.Measurement.Tasks.Families;

namespace Vilfredo.Measurement.Tests.Tasks;

public class AnswerTests
{
    [Theory]
    [InlineData("2 * 3 + 4", Grade.Correct)]
    [InlineData("(4 + 2*3)", Grade.Correct)]
    [InlineData("4 / 2 * 5", Grade.Wrong)] // 5 is not given
    [InlineData("4 + 3 + 3", Grade.Wrong)] // 3 is given once
    [InlineData("2 * 3 - 4", Grade.Wrong)]
    [InlineData("10", Grade.Wrong)]
    [InlineData("2 * (3 + 4", Grade.IllFormed)]
    [InlineData("2 / (3 - 3)", Grade.IllFormed)]
    [InlineData("2 ** 3", Grade.IllFormed)]
    [InlineData("2 3", Grade.IllFormed)]
    [InlineData("-2 + 3", Grade.IllFormed)]
    public void Countdown_takes_every_expression_with_the_exact_value(string answer, Grade expected) =>
        Assert.Equal(expected, Check(new Countdown(), "2 3 4 -> 10", answer));

    [Fact]
    public void Countdown_values_are_fractions_and_not_rounded()
    {
        Assert.Equal(Grade.Correct, Check(new Countdown(), "3 3 8 8 -> 24", "8 / (3 - 8 / 3)"));
        Assert.Equal(Grade.Wrong, Check(new Countdown(), "1 3 9999 -> 3333", "(9999 + 1) / 3"));
    }

    [Fact]
    public void Deep_nesting_is_ill_formed_and_not_a_crash() => Assert.Equal(
        Grade.IllFormed, Check(new Countdown(), "1 -> 1", new string('(', 200) + "1" + new string(')', 200)));

    [Theory]
    [InlineData("A B D", Grade.Correct)]
    [InlineData("A -> C -> D", Grade.Correct)]
    [InlineData("A B C D", Grade.Wrong)] // a path, but not a shortest
    [InlineData("A D", Grade.Wrong)]
    [InlineData("B D", Grade.Wrong)]
    [InlineData("A", Grade.Wrong)]
    [InlineData("A ? D", Grade.IllFormed)]
    public void Paths_are_checked_edge_by_edge_and_every_shortest_is_right(string answer, Grade expected) =>
        Assert.Equal(expected, Check(new GraphPath(), "A -> D | A-B A-C B-C B-D C-D", answer));

    [Fact]
    public void The_difficulty_of_a_path_is_the_distance() => Gen.Select(Gen.ULong, Gen.Int[1, 10]).Sample((seed, difficulty) =>
    {
        var item = new GraphPath().Generate(difficulty, new RandomGenerator(seed));
        Assert.Equal(difficulty, item.Steps);
        Assert.Equal(difficulty, item.Answer.Split(' ').Length - 1);
    }, iter: 300);

    [Fact]
    public void Arithmetic_agrees_with_plain_integers()
    {
        var random = new RandomGenerator(2);
        for (var i = 0; i < 500; i++)
        {
            var item = new MultiDigitArithmetic().Generate(1 + i % 9, random);
            var parts = item.Problem.Split(' ');
            var (a, b) = (long.Parse(parts[0]), long.Parse(parts[2]));
            Assert.Equal(parts[1] switch { "+" => a + b, "-" => a - b, _ => a * b }, long.Parse(item.Answer));
        }
    }

    [Fact]
    public void A_chain_agrees_with_working_through_its_problem()
    {
        var random = new RandomGenerator(2);
        for (var i = 0; i < 500; i++)
        {
            var item = new ModularChain(7).Generate(1 + i % 20, random);
            var words = item.Problem.Split(' ')[2..];
            var value = long.Parse(words[0]);
            foreach (var word in words[1..])
                value = word[0] switch { '+' => value + word[1] - '0', '-' => value - word[1] + '0', _ => value * (word[1] - '0') } % 7;
            Assert.Equal((value + 7) % 7, long.Parse(item.Answer));
        }
    }

    [Fact]
    public void Distractors_change_the_prompt_and_not_the_problem()
    {
        var without = new ModularChain(distractors: 0).Generate(6, new RandomGenerator(4));
        Assert.DoesNotContain(" has ", without.Prompt, StringComparison.Ordinal);
        Assert.Equal(6, new ModularChain(distractors: 1).Generate(6, new RandomGenerator(4)).Prompt.Split(" has ").Length - 1);
        Assert.Equal(3, new KnowledgeLookup(0).Generate(3, new RandomGenerator(4)).Prompt.Split(". ").Length - 1);
    }

    [Fact]
    public void A_wrong_whole_number_list_or_name_is_wrong()
    {
        foreach (var family in TaskFamilies.All)
        {
            var random = new RandomGenerator(9);
            for (var i = 0; i < 100; i++)
            {
                var item = family.Generate(1 + i % 5, random);
                var wrong = family.Name switch
                {
                    "arithmetic" or "chain" => $"{long.Parse(item.Answer) + 1}",
                    "list" => item.Answer[..^1] + (item.Answer[^1] == '0' ? '1' : '0'),
                    "countdown" => item.Answer + " + 1",
                    "path" => item.Answer + " " + item.Answer[^1],
                    _ => item.Answer + "a",
                };
                Assert.Equal(Grade.Wrong, family.Check(item, "Answer: " + wrong));
            }
        }
    }

    [Theory]
    [InlineData("1 2 3", "1, 2,3", Grade.Correct)]
    [InlineData("1 2 3", "1 3 2", Grade.Wrong)]
    [InlineData("1 2 3", "1 2", Grade.Wrong)]
    [InlineData("1 2 3", "[1 2 3]", Grade.IllFormed)]
    public void Lists_may_have_commas(string right, string answer, Grade expected)
    {
        var item = new ListOperations().Generate(1, new RandomGenerator(1)) with { Answer = right };
        Assert.Equal(expected, new ListOperations().Check(item, "Answer: " + answer));
    }

    private static Grade Check(TaskFamily family, string problem, string answer) =>
        family.Check(family.Generate(1, new RandomGenerator(1)) with { Problem = problem }, "Answer: " + answer);
}
