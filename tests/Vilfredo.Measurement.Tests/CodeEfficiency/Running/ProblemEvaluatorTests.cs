using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Judging;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

public sealed class ProblemEvaluatorTests(Samples samples) : IClassFixture<Samples>
{
    [Fact]
    public async Task The_reference_says_what_is_expected_where_the_tests_do_not()
    {
        var problem = new RunnableProblem("p", "F", Samples.Calls("[[2], [3]]")) { Reference = "int F(int n) => n * n;" };
        var evaluator = new ProblemEvaluator(samples.Runner, problem, new RunSettings { Limits = Samples.Limits });
        Assert.Equal(SampleVerdict.WrongAnswer, (await evaluator.EvaluateAsync("int F(int n) => n + n;")).Run.Verdict);
        var right = await evaluator.EvaluateAsync("int F(int n) { return n * n; }");
        Assert.True(right.IsCorrect);
        Assert.Same(right, await evaluator.EvaluateAsync("int F(int n) { return n * n; }"));
        Assert.Same(evaluator.Reference, await evaluator.EvaluateAsync(problem.Reference));
        Assert.Equal(2, evaluator.Reference!.Costs.Count);
    }

    [Fact]
    public async Task A_reference_that_fails_its_own_tests_is_an_error()
    {
        var problem = new RunnableProblem("p", "F", Samples.Calls("[[2]]")) { Reference = "int F(int n) => n * n;", Expected = Samples.Calls("[5]") };
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => new ProblemEvaluator(samples.Runner, problem).PrepareAsync());
        Assert.Contains("problem p does not pass its own tests: WrongAnswer in test 1 (4 instead of 5)", error.Message);
        var broken = problem with { Reference = "int F(", Expected = null };
        Assert.Contains("CompileError", (await Assert.ThrowsAsync<InvalidDataException>(() => new ProblemEvaluator(samples.Runner, broken).PrepareAsync())).Message);
    }

    [Fact]
    public void Costs_of_tests_add_up_and_what_was_cut_off_is_a_lower_bound()
    {
        var reference = Evaluation(SampleVerdict.Correct, CensoredValue.Exactly(1), CensoredValue.Exactly(3));
        var slower = Evaluation(SampleVerdict.Correct, CensoredValue.Exactly(4), CensoredValue.Exactly(4));
        var cutOff = Evaluation(SampleVerdict.TimeLimit, CensoredValue.Exactly(2), CensoredValue.AtLeast(10));
        var notRun = Evaluation(SampleVerdict.TimeLimit, CensoredValue.AtLeast(10), null);
        var wrong = Evaluation(SampleVerdict.WrongAnswer, CensoredValue.Exactly(1), CensoredValue.Exactly(1));
        Assert.Equal(CensoredValue.Exactly(8), slower.TotalCost);
        Assert.Equal(CensoredValue.Exactly(2), slower.RelativeCost(reference));
        Assert.Equal(CensoredValue.AtLeast(12), cutOff.TotalCost);
        Assert.Equal(CensoredValue.AtLeast(3), cutOff.RelativeCost(reference));
        Assert.Equal(CensoredValue.AtLeast(2.5), notRun.RelativeCost(reference));
        Assert.Null(wrong.TotalCost);
        Assert.Null(wrong.RelativeCost(reference));
        Assert.Null(slower.RelativeCost(null));
        Assert.Null(slower.RelativeCost(cutOff));
    }

    [Fact]
    public void Problems_are_read_with_their_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                {"task_id": "a", "entry_point": "F", "language": "Python", "tests": [{"input": [1], "expected": [[1], [2]]}], "checker": "one-of", "any_order": true}

                {"task_id": "b", "entry_point": "G", "tests": [{"input": []}], "reference": "int G() => 1;", "tolerance": 0.5, "prompt": "int G()"}
                """);
            var read = RunnableProblemFile.Read(file);
            Assert.Equal(["a", "b"], read.Select(problem => problem.Id));
            Assert.Equal([SampleLanguage.Python, SampleLanguage.CSharp], read.Select(problem => problem.Language));
            Assert.IsType<OneOf>(read[0].Checker);
            Assert.Null(read[1].Expected);
            Assert.Equal("int G()", read[1].Prompt);
            File.AppendAllText(file, "\n{\"task_id\": \"a\", \"entry_point\": \"F\", \"tests\": [{\"input\": [1], \"expected\": 1}]}");
            Assert.Contains(":4: there is a problem \"a\" already", Assert.Throws<InputFormatException>(() => RunnableProblemFile.Read(file)).Message);
            foreach (var (text, part) in ((string, string)[])
            [
                ("{\"task_id\": \"a\", \"entry_point\": \"F\", \"tests\": []}", "no tests"),
                ("{\"task_id\": \"a\", \"entry_point\": \"F\", \"language\": \"perl\", \"tests\": [{\"input\": [1], \"expected\": 1}]}", "\"perl\" cannot be run"),
                ("{\"task_id\": \"a\", \"entry_point\": \"F\", \"checker\": \"x\", \"tests\": [{\"input\": [1], \"expected\": 1}]}", "no checker \"x\""),
                ("{\"task_id\": \"a\", \"entry_point\": \"F\", \"tolerance\": -1, \"tests\": [{\"input\": [1], \"expected\": 1}]}", "tolerance"),
                ("{\"task_id\": \"a\", \"entry_point\": \"F\", \"tests\": [{\"input\": [1], \"expected\": 1}, {\"input\": [2]}]}", "1 of 2 tests expect nothing"),
            ])
            {
                File.WriteAllText(file, text);
                Assert.Contains(part, Assert.Throws<InputFormatException>(() => RunnableProblemFile.ReadOne(file)).Message);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static SampleEvaluation Evaluation(SampleVerdict verdict, params CensoredValue?[] costs) => new(
        new SampleRun { Verdict = verdict, Calls = [] },
        [.. costs.Select(cost => new Observation { Verdict = verdict, Axis = CostAxis.ThreadCpuTime, Cost = cost })]);
}
