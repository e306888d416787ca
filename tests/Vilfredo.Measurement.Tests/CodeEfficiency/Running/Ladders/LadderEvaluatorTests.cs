using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running.Ladders;

/// <summary>The published order of events, run for real. The cost is allocated bytes where a score must be exact: a meter that counts.</summary>
public sealed class LadderEvaluatorTests(Samples samples) : IClassFixture<Samples>
{
    // The program of a size n answers n; the reference allocates about n bytes on its way.
    private const string Reference = "int F(int n) { var a = new byte[n]; return a.Length; }";
    private const string Generator = "static object[] Inputs(long size, int test, Random random) => [(int)size];";
    private static readonly long[] Sizes = [800, 100000, 200000, 400000];

    private static readonly RunnableProblem Problem = new("p", "F", [])
    {
        Reference = Reference,
        Ladder = new InputLadder(Generator, Sizes) { TestsPerLevel = [3, 2, 2, 2] },
    };

    private static readonly LadderOptions Counting = new()
    {
        Axis = CostAxis.AllocatedBytes,
        Repeats = 2,
        Scoring = new LevelScoreOptions { KillTolerance = 1000 },
        Limits = Samples.Limits with { CpuTime = TimeSpan.FromSeconds(1) },
    };

    private async Task<LadderEvaluation> Evaluate(string source, LadderOptions? options = null)
    {
        var evaluator = new LadderEvaluator(samples.Runner, Problem, options ?? Counting);
        return await evaluator.EvaluateAsync(source);
    }

    [Fact]
    public async Task The_reference_scores_exactly_one_with_a_meter_that_counts()
    {
        var evaluation = await Evaluate(Reference);
        Assert.True(evaluation.Score.Passed);
        Assert.Equal(1, evaluation.Score.Score, 6);
        Assert.Equal(SampleVerdict.Correct, evaluation.Verdict);
        Assert.All(evaluation.Score.Levels.Skip(1), level => Assert.Equal(1, level, 6));
    }

    [Fact]
    public async Task The_scores_are_those_of_the_formula()
    {
        // T = 2 · 400,000. Twice the bytes: f = (T − 200,000)/(T − 100,000) = 6/7, 4/6 and 0; no bytes: 8/7, 8/6 and 2.
        var twice = await Evaluate("int F(int n) { var a = new byte[2 * n]; return a.Length / 2; }");
        Assert.Equal([0, 6 / 7.0, 4 / 6.0, 0], twice.Score.Levels, (a, b) => Math.Abs(a - b) < 0.001);
        Assert.Equal((3 * 6 / 7.0 + 3 * 4 / 6.0) / 10, twice.Score.Score, 0.001);
        Assert.True(twice.Score.Passed);
        var none = await Evaluate("int F(int n) => n;");
        Assert.Equal([0, 8 / 7.0, 8 / 6.0, 2], none.Score.Levels, (a, b) => Math.Abs(a - b) < 0.001);
    }

    [Fact]
    public async Task A_run_within_the_tolerance_is_not_stopped_and_scores_nothing_there()
    {
        // Level 2 takes T + 500 bytes, level 3 as much as the reference.
        var evaluation = await Evaluate("int F(int n) { var a = new byte[n == 200000 ? 800400 : n]; return a.Length > n ? n : a.Length; }");
        Assert.True(evaluation.Score.Passed);
        Assert.Equal(SampleVerdict.Correct, evaluation.Verdict);
        Assert.Equal([0, 1, 0, 1], evaluation.Score.Levels, (a, b) => Math.Abs(a - b) < 0.001);
        var beyond = await Evaluate("int F(int n) { var a = new byte[n == 200000 ? 802000 : n]; return a.Length > n ? n : a.Length; }");
        Assert.True(beyond.Score.Passed);
        Assert.Equal(SampleVerdict.TimeLimit, beyond.Verdict);
        Assert.Equal([0, 1, 0, 0], beyond.Score.Levels, (a, b) => Math.Abs(a - b) < 0.001);
    }

    [Fact]
    public async Task A_late_wrong_answer_wipes_everything_and_a_late_exhaustion_keeps_what_was_scored()
    {
        var wrong = await Evaluate("int F(int n) { var a = new byte[n]; return n == 400000 ? -1 : a.Length; }");
        Assert.False(wrong.Score.Passed);
        Assert.Equal(0, wrong.Score.Score);
        Assert.All(wrong.Score.Levels, level => Assert.Equal(0, level));
        Assert.Contains("level 3, test 0", wrong.Message);

        var thrown = await Evaluate("int F(int n) { var a = new byte[n]; return n == 400000 ? throw new InvalidOperationException(\"no\") : a.Length; }");
        Assert.False(thrown.Score.Passed);
        Assert.Equal("System.InvalidOperationException: no", thrown.Message);

        foreach (var end in new[] { "throw new OverflowException()", "Enumerable.Range(0, n).Select(i => new byte[n]).ToList().Count" })
        {
            var exhausted = await Evaluate($"int F(int n) {{ var a = new byte[n]; return n == 400000 ? {end} : a.Length; }}");
            Assert.True(exhausted.Score.Passed, $"{end}: {exhausted.Verdict} {exhausted.Message}");
            Assert.Equal([0, 1, 1, 0], exhausted.Score.Levels, (a, b) => Math.Abs(a - b) < 0.001);
        }
    }

    [Fact]
    public async Task A_loop_without_end_in_level_2_keeps_level_1_and_in_level_0_the_sample_is_wrong()
    {
        const string loops = "int F(int n) { if (n == SIZE) { while (true) { } } return n; }";
        var options = new LadderOptions { Limits = Samples.Limits, Repeats = 1, Scoring = new LevelScoreOptions { KillTolerance = 0.2 } };
        var timed = await Evaluate(loops.Replace("SIZE", "200000"), options);
        Assert.True(timed.Score.Passed);
        Assert.Equal(SampleVerdict.TimeLimit, timed.Verdict);
        Assert.True(timed.Score.Levels[1] > 0);
        Assert.Equal([0, 0], timed.Score.Levels.Skip(2));
        Assert.True(timed.Run.Costs[2][0].IsCensored);
        var wrong = await Evaluate(loops.Replace("SIZE", "800"), options);
        Assert.False(wrong.Score.Passed);
        Assert.Equal(0, wrong.Score.Score);
    }

    [Fact]
    public async Task What_does_not_compile_or_may_not_run_is_wrong_and_nothing_is_run_twice()
    {
        var evaluator = new LadderEvaluator(samples.Runner, Problem, Counting);
        var broken = await evaluator.EvaluateAsync("int F(");
        Assert.Equal(SampleVerdict.CompileError, broken.Verdict);
        Assert.False(broken.Score.Passed);
        Assert.Equal(SampleVerdict.PolicyViolation, (await evaluator.EvaluateAsync("int F(int n) => System.IO.File.Exists(\"x\") ? 1 : n;")).Verdict);
        Assert.Same(broken, await evaluator.EvaluateAsync("int F("));
    }

    [Fact]
    public async Task A_smaller_factor_afterwards_gives_what_a_run_with_it_would_have()
    {
        const string source = "int F(int n) { var a = new byte[n + n / 3]; return n; }";
        var options = Counting with { Scoring = Counting.Scoring with { TimeoutFactor = 4 } };
        var evaluator = new LadderEvaluator(samples.Runner, Problem, options);
        var wide = await evaluator.EvaluateAsync(source);
        var narrow = await Evaluate(source);
        Assert.Equal(narrow.Score.Levels, LevelScoring.Score(wide.Run, evaluator.ReferenceCosts, Counting.Scoring).Levels, (a, b) => Math.Abs(a - b) < 0.001);
    }

    [Fact]
    public async Task Generators_and_references_that_fail_are_named_with_their_problem()
    {
        var bad = Problem with { Ladder = Problem.Ladder! with { Generator = "static object[] Inputs(long size, int test, Random random) => throw new Exception(\"none\");" } };
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => new LadderEvaluator(samples.Runner, bad, Counting).PrepareAsync());
        Assert.Contains("the generator of problem p gave nothing for level 0, test 0: Exception (none)", error.Message);
        var failing = Problem with { Reference = "int F(int n) => n > 1000 ? throw new Exception(\"big\") : n;" };
        error = await Assert.ThrowsAsync<InvalidDataException>(() => new LadderEvaluator(samples.Runner, failing, Counting).PrepareAsync());
        Assert.Contains("the reference of problem p fails in level 1: Exception (big)", error.Message);
        Assert.Throws<ArgumentException>(() => new LadderEvaluator(samples.Runner, Problem with { Reference = null }));
        Assert.Throws<ArgumentException>(() => new LadderEvaluator(samples.Runner, Problem with { Ladder = new InputLadder(Generator, [1, 2]) }));
    }

    [Fact]
    public async Task Inputs_depend_on_the_seed_alone_and_the_screen_grows_from_one()
    {
        var problem = Problem with { Ladder = new InputLadder("static object[] Inputs(long size, int test, Random random) => [size, random.Next()];", [15, 100]) { TestsPerLevel = [8, 2] } };
        var first = await LadderInputs.GenerateAsync(samples.Runner, problem);
        var again = await LadderInputs.GenerateAsync(samples.Runner, problem);
        var other = await LadderInputs.GenerateAsync(samples.Runner, problem, seed: 5);
        string Text(IReadOnlyList<IReadOnlyList<System.Text.Json.JsonElement>> inputs) => string.Join(' ', inputs.SelectMany(level => level).Select(input => input.GetRawText()));
        Assert.Equal(Text(first), Text(again));
        Assert.NotEqual(Text(first), Text(other));
        Assert.Equal([1, 3, 5, 7, 9, 11, 13, 15], first[0].Select(input => input[0].GetInt32()));
        Assert.Equal([100, 100], first[1].Select(input => input[0].GetInt32()));
    }

    [Fact]
    public async Task From_programs_to_the_efficiency_at_k_of_a_problem_of_the_library()
    {
        // Three kinds of samples in known numbers: the curve is that of their scores.
        var problem = LadderProblemFile.Library.Single(one => one.Id == "best-stretch");
        var evaluator = new LadderEvaluator(samples.Runner, problem, new LadderOptions { Limits = Samples.Limits with { MemoryBytes = 512 << 20 }, Repeats = 3 });
        string[] sources = [problem.Reference!, problem.Solutions[0].Source, problem.Solutions.First(solution => !solution.IsRight).Source, problem.Reference!];
        var scores = new List<LadderEvaluation>();
        foreach (var source in sources) scores.Add(await evaluator.EvaluateAsync(source));
        Assert.Equal([true, true, false, true], scores.Select(score => score.Score.Passed));
        Assert.InRange(scores[0].Score.Score, 0.5, 1.8);
        Assert.True(scores[1].Score.Score < 0.5 * scores[0].Score.Score, $"{scores[1].Score.Score} of {scores[0].Score.Score}");
        Assert.Equal(SampleVerdict.TimeLimit, scores[1].Verdict);
        var curve = EfficiencyAtK.Evaluate([new ProblemScores(problem.Id, [.. scores.Select(score => score.Score.Score)], scores.Count(score => score.Score.Passed))], [1, 4], new RandomGenerator(1));
        Assert.Equal(scores.Average(score => score.Score.Score), curve[0].Efficiency.Estimate, 12);
        Assert.Equal(scores.Max(score => score.Score.Score), curve[1].Efficiency.Estimate, 12);
        Assert.Equal(0.75, curve[0].Pass.Estimate, 12);
    }
}
