using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.Inference.Pools;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Pools;

public class SamplePoolTests
{
    private static PooledProblem Problem(string answers, string id = "p") => new(
        id, [.. answers.Select((answer, i) => new PooledSample($"text {i}", answer == '-' ? null : $"{answer}", answer == 'a', new(10, 5 + i)) { Scores = new Dictionary<string, double> { ["s"] = (i * 7) % 5 } })]);

    // All subsets of k, in all that matters to a rule.
    private static double BruteForce(PooledProblem problem, int k, Func<List<PooledSample>, double> accuracy)
    {
        var (sum, count) = (0.0, 0);
        for (var mask = 0; mask < 1 << problem.Samples.Count; mask++)
        {
            if (int.PopCount(mask) != k)
                continue;
            sum += accuracy([.. problem.Samples.Where((_, i) => (mask >> i & 1) == 1)]);
            count++;
        }

        return sum / count;
    }

    private static double Voted(List<PooledSample> samples)
    {
        var classes = samples.Where(sample => sample.Answer is not null).GroupBy(sample => sample.Answer).ToList();
        if (classes.Count == 0)
            return samples.Average(sample => sample.IsCorrect ? 1.0 : 0);
        var most = classes.Max(group => group.Count());
        return classes.Where(group => group.Count() == most).Average(group => group.First().IsCorrect ? 1.0 : 0);
    }

    public static TheoryData<string> Pools => ["aabbc", "aaabbbcc-", "abcdefgh", "bbbbaaa--", "--a", "---", "aaaa", "bbccddaaee-f"];

    [Theory]
    [MemberData(nameof(Pools))]
    public void Every_estimate_is_the_mean_over_all_subsets(string answers)
    {
        var problem = Problem(answers);
        for (var k = 1; k <= answers.Length; k++)
        {
            Assert.Equal(BruteForce(problem, k, Voted), PoolEstimates.Majority(problem, k), 10);
            Assert.Equal(BruteForce(problem, k, samples => samples.Exists(sample => sample.IsCorrect) ? 1 : 0), PoolEstimates.PassAtK(problem, k), 10);
            Assert.Equal(BruteForce(problem, k, samples => samples.Max(sample => (double)sample.Tokens)), PoolEstimates.PathTokens(problem, k), 8);
            Assert.Equal(BruteForce(problem, k, samples => samples.Sum(sample => sample.Tokens)), PoolEstimates.Tokens(problem, k), 8);
            Assert.Equal(
                BruteForce(problem, k, samples => samples.Where(sample => sample.Score("s") == samples.Max(other => other.Score("s"))).Average(sample => sample.IsCorrect ? 1.0 : 0)),
                PoolEstimates.BestOf(problem, k, sample => sample.Score("s")), 10);
            Assert.Equal(
                BruteForce(problem, k, samples => samples.MinBy(sample => sample.Usage.OutputTokens)!.IsCorrect ? 1 : 0),
                PoolEstimates.Of(problem, k, samples => samples.MinBy(sample => sample.Usage.OutputTokens)!, new(1)), 10);
        }
    }

    [Fact]
    public void One_sample_has_the_mean_accuracy_and_all_of_them_the_pools_plurality()
    {
        var problem = Problem("aaabbbbcc-");
        Assert.Equal(0.3, PoolEstimates.Majority(problem, 1), 12);
        Assert.Equal(0.3, PoolEstimates.BestOf(problem, 1, sample => sample.Score("s")), 12);
        Assert.Equal(0, PoolEstimates.Majority(problem, 10), 12);
        Assert.Equal(0, PoolEstimates.ModeIsRight(problem), 12);
        Assert.Equal(0.5, PoolEstimates.ModeIsRight(Problem("aabb")), 12);
    }

    [Fact]
    public void Votes_win_with_size_where_the_right_answer_leads_and_lose_where_another_does()
    {
        double[] Curve(params double[] p) => [.. Enumerable.Range(0, 40).Select(i => VoteProbability.Independent(p, 0, 2 * i + 1))];
        var (leads, trails) = (Curve(0.4, 0.35, 0.25), Curve(0.30, 0.45, 0.25));
        Assert.Equal((0.4, 0.3), (leads[0], trails[0]));
        Assert.All(leads.Zip(leads.Skip(1)), pair => Assert.True(pair.Second > pair.First));
        Assert.All(trails.Zip(trails.Skip(1)), pair => Assert.True(pair.Second < pair.First));
    }

    [Fact]
    public void Winning_probabilities_of_all_answers_sum_to_one_and_agree_with_enumeration()
    {
        double[] p = [0.4, 0.3, 0.2];
        foreach (var k in (int[])[1, 2, 3, 5])
        {
            var wins = new double[4];
            for (var code = 0; code < Math.Pow(4, k); code++)
            {
                var draws = Enumerable.Range(0, k).Select(i => code / (int)Math.Pow(4, i) % 4).ToList();
                var chance = draws.Aggregate(1.0, (product, draw) => product * (draw < 3 ? p[draw] : 0.1));
                var counts = Enumerable.Range(0, 3).Select(answer => draws.Count(draw => draw == answer)).ToList();
                var most = counts.Max();
                if (most == 0)
                    wins[3] += chance;
                else
                    for (var answer = 0; answer < 3; answer++)
                        wins[answer] += counts[answer] == most ? chance / counts.Count(count => count == most) : 0;
            }

            for (var answer = 0; answer < 3; answer++)
                Assert.Equal(wins[answer], VoteProbability.Independent(p, answer, k), 12);
            Assert.Equal(1, wins.Sum(), 12);
        }

        Assert.Equal(1, Enumerable.Range(0, 3).Sum(answer => VoteProbability.InPool([50, 30, 40], 3, answer, 60)), 6);
    }

    [Fact]
    public void Random_subsets_agree_with_the_exact_vote()
    {
        var problem = Problem("aaaaaaabbbbbbcccdd------");
        var estimate = PoolEstimates.Of(problem, 8, samples => samples.GroupBy(sample => sample.Answer).Where(group => group.Key is not null).MaxBy(group => group.Count())?.First() ?? samples[0], new(4), 20_000);
        Assert.Equal(PoolEstimates.Majority(problem, 8), estimate, 4 * Math.Sqrt(0.25 / 20_000));
    }

    [Fact]
    public void Pooling_confounds_length_with_difficulty_and_comparing_within_problems_does_not()
    {
        // Long problems are wrong and short ones right; within each, length says nothing.
        PooledProblem Of(string id, int length, int right) => new(id, [.. Enumerable.Range(0, 10).Select(i => new PooledSample("", "x", i < right, new(0, length + i % 2)))]);
        PooledProblem[] problems = [Of("easy", 10, 8), Of("hard", 100, 2)];
        Assert.Equal((64 + 0.5 * (16 + 16)) / 100, PoolAssociation.Pooled(problems, sample => -sample.Usage.OutputTokens), 12);
        Assert.Equal(0.5, PoolAssociation.WithinProblems(problems, sample => -sample.Usage.OutputTokens), 12);
        Assert.True(double.IsNaN(PoolAssociation.WithinProblems([Of("all", 1, 10)], sample => -sample.Usage.OutputTokens)));
    }

    [Fact]
    public void A_file_gives_the_pool_back()
    {
        var path = Path.GetTempFileName();
        try
        {
            var pool = new SamplePool([Problem("aab-", "p1") with { Group = "g", Answer = "a" }, Problem("ab", "p2")]);
            pool.Save(path);
            var read = SamplePool.Load(path);
            Assert.Equal(pool.Problems.Select(SamplePool.Format), read.Problems.Select(SamplePool.Format));
            Assert.Equal((2, 2), (read.Problems.Count, read.Size));
            Assert.Equal(pool.Problems[0].Samples[1].Usage, read.Problems[0].Samples[1].Usage);
            Assert.Null(read.Problems[0].Samples[3].Answer);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Pools_of_other_tools_are_graded_by_the_problems_answer()
    {
        var pool = SamplePool.Read(new StringReader("""
            {"id": "1", "answer": "0.5", "samples": [{"text": "so Answer: 1/2", "usage": {"input_tokens": 3, "output_tokens": 4}, "finish": "stop"}, {"text": "Answer: .5", "usage": {"input_tokens": 3, "output_tokens": 4}, "finish": "length"}]}
            """));
        Assert.Equal([("0.5", true), (null, false)], pool.Problems[0].Samples.Select(sample => (sample.Answer, sample.IsCorrect)));
    }

    [Theory]
    [InlineData("""{"id": "1"}""", "line 1: a problem has")]
    [InlineData("""{"id": "1", "samples": [{"text": "x", "usage": {"input_tokens": 1, "output_tokens": 1}}]}""", "does not say whether it is \"correct\"")]
    [InlineData("""{"id": "1", "answer": "x", "samples": [{"text": "x", "usage": {"input_tokens": -1, "output_tokens": 1}}]}""", "\"usage\"")]
    [InlineData("nonsense", "not a problem")]
    public void A_wrong_line_is_told_with_its_number(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => SamplePool.Read(new StringReader(line))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Recorded_samples_are_those_that_strategies_of_the_same_seed_draw()
    {
        // The answer follows from the seed, as with a local model.
        static ScriptedChatClient Model() => new(call => Task.FromResult(Say($"Answer: {call.Options!.Seed!.Value % 3}", output: (int)(call.Options.Seed.Value % 50))));
        EvaluationProblem problem = new("one", "g", "why", new TextGrader("1"));
        PoolRecording recording = new() { Samples = 9, Seed = 4, LogProbabilities = false };
        var told = new List<string>();
        var pool = await PoolRecorder.RecordAsync(Model(), [problem], recording, recorded: done => told.Add(done.Id));
        using var vote = new StrategyChatClient(Model(), new MajorityVotingStrategy(5), new() { Seed = PoolRecorder.SeedOf(recording, problem) });
        var answer = StrategyAnswer.Of(await vote.GetResponseAsync(problem.Messages))!;
        Assert.Equal(answer.Outcome.Candidates.OrderBy(candidate => candidate.Call.Sibling).Select(candidate => candidate.Text), pool.Problems[0].Samples.Take(5).Select(sample => sample.Text));
        Assert.All(pool.Problems[0].Samples, sample => Assert.Equal(sample.Answer == "1", sample.IsCorrect));
        Assert.Equal(["one"], told);
        var asked = Model();
        await PoolRecorder.RecordAsync(asked, [problem], recording, pool);
        Assert.Empty(asked.Calls);
    }
}
