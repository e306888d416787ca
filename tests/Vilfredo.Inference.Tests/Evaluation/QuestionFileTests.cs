using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Tests.Evaluation;

public sealed class QuestionFileTests : IDisposable
{
    private readonly EvaluationFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gsm8k_is_read_as_published()
    {
        var problem = One(QuestionFormat.Gsm8k, """{"question": "Natalia sold clips to 48 friends, and half as many in May. How many?", "answer": "In May 48/2 = <<48/2=24>>24.\nTogether 48+24 = <<48+24=72>>72.\n#### 1,072"}""");
        Assert.StartsWith("Natalia sold", problem.Prompt, StringComparison.Ordinal);
        Assert.Equal(Grade.Correct, await problem.Grader.GradeAsync("She sold 24.\nAnswer: 1072", Cancellation));
        Assert.Equal(Grade.Correct, await problem.Grader.GradeAsync("So it is $1,072.00", Cancellation));
        Assert.Equal(Grade.Wrong, await problem.Grader.GradeAsync("Answer: 72", Cancellation));
        Assert.Equal(Grade.IllFormed, await problem.Grader.GradeAsync("I cannot say.", Cancellation));
    }

    [Fact]
    public async Task Math_is_read_as_published()
    {
        var problem = One(QuestionFormat.Math, """{"problem": "What is $1/2$?", "level": "Level 1", "type": "Algebra", "solution": "It is $\\boxed{\\frac{1}{2}}$."}""");
        Assert.Equal(Grade.Correct, await problem.Grader.GradeAsync("We get $\\boxed{0.5}$", Cancellation));
        Assert.Equal(Grade.Wrong, await problem.Grader.GradeAsync("We get $\\boxed{2}$", Cancellation));
    }

    [Theory]
    [InlineData("""{"id": "Mercury_7", "question": {"stem": "Which?", "choices": [{"text": "red", "label": "A"}, {"text": "blue", "label": "B"}]}, "answerKey": "B"}""")]
    [InlineData("""{"id": "Mercury_7", "question": "Which?", "choices": {"text": ["red", "blue"], "label": ["1", "2"]}, "answerKey": "2"}""")]
    [InlineData("""{"question": "Which?", "choices": ["red", "blue"], "answer": 1}""")]
    [InlineData("""{"question": "Which?", "choices": ["red", "blue"], "answer": "B"}""")]
    [InlineData("""{"question": "Which?", "choices": ["red", "blue"], "answer": "blue"}""")]
    public async Task Multiple_choice_is_read_in_the_forms_of_arc_and_mmlu(string line)
    {
        var problem = One(QuestionFormat.MultipleChoice, line);
        Assert.Contains("Which?\nA. red\nB. blue\n", problem.Prompt, StringComparison.Ordinal);
        Assert.Equal(Grade.Correct, await problem.Grader.GradeAsync("It is clear.\nAnswer: B", Cancellation));
        Assert.Equal(Grade.Wrong, await problem.Grader.GradeAsync("Answer: (A)", Cancellation));
    }

    [Fact]
    public async Task Plain_questions_are_judged_as_asked()
    {
        var numeric = One(QuestionFormat.Plain, """{"q": "Pi?", "a": 3.14159}""", file => file with { Question = "q", Answer = "a", Check = "numeric", Tolerance = 1e-3 });
        Assert.Equal(Grade.Correct, await numeric.Grader.GradeAsync("Answer: 3.1416", Cancellation));
        Assert.Equal(Grade.Wrong, await numeric.Grader.GradeAsync("Answer: 3.2", Cancellation));
        var exact = One(QuestionFormat.Plain, """{"question": "Capital of France?", "answer": "Paris"}""");
        Assert.Equal(Grade.Correct, await exact.Grader.GradeAsync("Answer: paris.", Cancellation));
        var pattern = One(QuestionFormat.Plain, """{"question": "Say a date"}""", file => file with { Check = "pattern", Pattern = @"\d{4}-\d\d-\d\d" });
        Assert.Equal(Grade.Correct, await pattern.Grader.GradeAsync("on 2026-11-26", Cancellation));
        Assert.Equal(Grade.Wrong, await pattern.Grader.GradeAsync("today", Cancellation));
    }

    [Theory]
    [InlineData(QuestionFormat.Gsm8k, """{"question": "?", "answer": "24"}""", "q.jsonl:1: the answer has no '####'")]
    [InlineData(QuestionFormat.Math, """{"problem": "?", "solution": "24"}""", "q.jsonl:1: the solution has no \\boxed")]
    [InlineData(QuestionFormat.MultipleChoice, """{"question": "?", "choices": ["a", "b"], "answer": 2}""", "q.jsonl:1: the right answer is '2'")]
    [InlineData(QuestionFormat.Plain, """{"question": "?"}""", "q.jsonl:1: there is no \"answer\"")]
    [InlineData(QuestionFormat.Plain, "question: x", "q.jsonl:1: this is not JSON")]
    public void A_line_that_is_no_problem_is_named(QuestionFormat format, string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputFormatException>(() => One(format, line)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Programs_are_judged_by_their_own_tests()
    {
        using var runner = new SampleRunner();
        if (!await runner.HasPythonAsync(Cancellation))
            Assert.Skip("There is no python3.");
        _folder.With("code.jsonl",
            """
            {"task_id": "HumanEval/0", "prompt": "from typing import List\n\n\ndef total(values: List[int]) -> int:\n    \"\"\" Sum of values. \"\"\"\n", "entry_point": "total", "canonical_solution": "    return sum(values)\n", "test": "def check(candidate):\n    assert candidate([1, 2]) == 3\n    assert candidate([]) == 0\n"}
            {"task_id": 11, "text": "Write a function double.", "code": "def double(x): return 2 * x", "test_list": ["assert double(2) == 4", "assert double(0) == 0"]}
            """);
        var problems = new QuestionFile { Path = _folder.PathOf("code.jsonl"), Format = QuestionFormat.Code }.Read(runner);
        Assert.Contains("def total", problems[0].Prompt, StringComparison.Ordinal);
        Assert.Contains("assert double(2) == 4", problems[1].Prompt, StringComparison.Ordinal);
        var whole = "Here it is:\n```python\ndef total(values: List[int]) -> int:\n    return sum(values)\n```";
        Assert.Equal(Grade.Correct, await problems[0].Grader.GradeAsync(whole, Cancellation));
        Assert.Equal(Grade.Correct, await problems[0].Grader.GradeAsync("    return sum(values)\n", Cancellation));
        Assert.Equal(Grade.Wrong, await problems[0].Grader.GradeAsync("    return 3\n", Cancellation));
        Assert.Equal(Grade.IllFormed, await problems[0].Grader.GradeAsync("I am sorry (", Cancellation));
        Assert.Equal(Grade.Correct, await problems[1].Grader.GradeAsync("```python\ndef double(x):\n    return x + x\n```", Cancellation));
        Assert.Equal(Grade.Wrong, await problems[1].Grader.GradeAsync("```python\ndef double(x):\n    return 4\n```", Cancellation));
    }

    private EvaluationProblem One(QuestionFormat format, string line, Func<QuestionFile, QuestionFile>? with = null)
    {
        _folder.With("q.jsonl", line + "\n");
        var file = new QuestionFile { Path = _folder.PathOf("q.jsonl"), Format = format };
        return Assert.Single((with?.Invoke(file) ?? file).Read());
    }
}
