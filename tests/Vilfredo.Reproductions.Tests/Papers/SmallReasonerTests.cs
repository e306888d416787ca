using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class SmallReasonerTests
{
    private static readonly ResidueProblem Problem = new(3, [('+', 5), ('*', 4)]);

    [Fact]
    public void A_chain_of_operations_has_its_residue() => Assert.Equal(("3A+5B*4", 4), (Problem.Text, Problem.Answer));

    [Fact]
    public void A_right_solution_ends_with_the_answer_and_has_every_residue()
    {
        var random = new RandomGenerator(3);
        for (var i = 0; i < 200; i++)
        {
            var problem = ResidueProblem.Draw(2 + (i % 7), random);
            var trace = ResidueTrace.Right(problem, random);
            Assert.True(ReasonerPool.IsRight(problem, trace));
            var residues = ResidueTrace.Steps(problem, trace);
            var expected = problem.Start;
            foreach (var (step, residue) in problem.Steps.Zip(residues))
                Assert.Equal(ResidueProblem.Residues[expected = ResidueProblem.Apply(expected, step)], residue);
            Assert.True(ReasonerPool.IsRight(problem, ResidueTrace.Of(problem, residues)));
        }
    }

    [Theory]
    [InlineData("A3+51B1*44=4", "4")]
    [InlineData("A3+51B1*4", null)]
    [InlineData("A3+51B1*44=", null)]
    [InlineData("A3+51=4B", null)]
    public void The_answer_stands_behind_the_last_mark_alone(string trace, string? answer) => Assert.Equal(answer, ResidueTrace.Answer(trace));

    [Fact]
    public void A_slip_that_is_noticed_does_not_count() => Assert.Equal(['1', '4'], ResidueTrace.Steps(Problem, "A3+56x1B1*44=4"));

    [Fact]
    public void Drafts_are_wrong_as_often_as_their_steps_err()
    {
        var random = new RandomGenerator(5);
        const int trials = 4000;
        var right = Enumerable.Range(0, trials).Count(_ => ReasonerPool.IsRight(Problem, ResidueTrace.Drafted(Problem, 0.2, random)));
        // Both steps right, or both wrong with the second error undoing the first.
        var expected = 0.8 * 0.8 + 0.2 * 0.2 / 6;
        Assert.Equal(expected, (double)right / trials, 4 * Math.Sqrt(expected * (1 - expected) / trials));
    }

    [Fact]
    public void Training_has_every_role_in_characters_that_the_model_knows()
    {
        var tokenizer = new CharacterTokenizer(ReasonerPrompts.Alphabet);
        foreach (var direct in (bool[])[true, false])
        {
            var batches = new ReasonerBatches(tokenizer, direct, 1);
            for (var i = 0; i < 40; i++)
            {
                TokenBatch batch = batches.At(i);
                Assert.InRange(batch.Length, 8, 320);
                Assert.True(batch.ScoredTokens > 0);
                Assert.Equal(batch.Inputs.ToArray(), batches.At(i).Inputs.ToArray());
            }
        }
    }
}
