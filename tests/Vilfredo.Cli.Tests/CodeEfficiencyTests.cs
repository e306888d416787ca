using System.Text.Json;

namespace Vilfredo.Cli.Tests;

public sealed class CodeEfficiencyTests : IDisposable
{
    private const string Total = """
        {"task_id": "total", "entry_point": "Total", "tests": [{"input": [[1, 2]], "expected": 3}, {"input": [[]], "expected": 0}],
         "reference": "int Total(int[] a) => a.Sum();"}
        """;

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_right_program_has_a_verdict_and_a_cost_for_each_test()
    {
        var run = _cli.With("p", Total).With("a.cs", "int Total(int[] a) { var sum = 0; foreach (var x in a) sum += x; return sum; }")
            .Run("code-efficiency", "run", "a.cs", "--problem", "p", "--json", "--repeats", "3").Succeeded().Json;
        Assert.Equal("Correct", run.GetProperty("verdict").GetString());
        Assert.Equal("total", run.GetProperty("problem").GetString());
        Assert.Equal("ThreadCpuTime", run.GetProperty("cost_axis").GetString());
        Assert.Equal("0", run.GetProperty("runtime_settings").GetProperty("DOTNET_TieredCompilation").GetString());
        Assert.All(run.GetProperty("tests").EnumerateArray(), test =>
        {
            Assert.Equal("Correct", test.GetProperty("verdict").GetString());
            Assert.Equal(3, test.GetProperty("repetitions").GetArrayLength());
            Assert.False(test.GetProperty("cost").GetProperty("censored").GetBoolean());
        });
    }

    [Fact]
    public void Growing_inputs_give_the_efficiency_at_k_level_by_level()
    {
        const string problem = """
            {"task_id": "grow", "entry_point": "F", "reference": "int F(int n) { var a = new byte[n]; return a.Length; }", "sizes": [800, 100000, 200000, 400000],
             "tests_per_level": [2, 1, 1, 1], "generator": "static object[] Inputs(long size, int test, Random random) => [(int)size];"}
            """;
        const string samples = """
            {"task_id": "grow", "solution": "int F(int n) { var a = new byte[n]; return a.Length; }"}
            {"task_id": "grow", "solution": "int F(int n) { var a = new byte[2 * n]; return a.Length / 2; }"}
            {"task_id": "grow", "solution": "int F(int n) => n - 1;"}
            """;
        _cli.With("p", problem.ReplaceLineEndings(" ")).With("s", samples);
        var run = _cli.Run("code-efficiency", "evaluate", "s", "--problems", "p", "--cost", "bytes", "--repeats", "1", "--json").Succeeded().Json;
        var scored = run.GetProperty("samples").EnumerateArray().ToList();
        Assert.Equal([true, true, false], scored.Select(sample => sample.GetProperty("passed").GetBoolean()));
        Assert.Equal(1, scored[0].GetProperty("efficiency").GetDouble(), 0.01);
        Assert.Equal((3 * 6 / 7.0 + 3 * 4 / 6.0) / 10, scored[1].GetProperty("efficiency").GetDouble(), 0.01);
        Assert.Equal((1 + (3 * 6 / 7.0 + 3 * 4 / 6.0) / 10) / 3, run.GetProperty("at_k")[0].GetProperty("efficiency").GetProperty("estimate").GetDouble(), 0.01);
        var lines = _cli.Run("code-efficiency", "evaluate", "s", "--problems", "p", "--cost", "bytes", "--repeats", "1").Succeeded().Lines;
        Assert.Contains("level 3", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("eff@1 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_are_packed_into_lines_that_evaluate_reads_and_what_they_lack_is_named()
    {
        var page = "# grow\n\nReturn n.\n\nsizes: 8 100\n\n```csharp generator\nstatic object[] Inputs(long size, int test, Random random) => [(int)size];\n```\n\n```csharp at once, O(1)\npublic static int F(int n) => n;\n```\n";
        var packed = _cli.With("grow.md", page).Run("code-efficiency", "pack", "grow.md").Succeeded().Json;
        Assert.Equal("F", packed.GetProperty("entry_point").GetString());
        Assert.Equal("/// Return n.\npublic static int F(int n)\n{\n", packed.GetProperty("prompt").GetString());
        var run = _cli.With("bad.md", page.Replace("sizes", "size", StringComparison.Ordinal)).Run("code-efficiency", "pack", "bad.md");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("\"grow\" lacks a line \"sizes:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_names_what_is_wrong()
    {
        var lines = _cli.With("p", Total).With("a.md", "Here:\n```csharp\nint Total(int[] a) => a[0] + a[1];\n```\nDone.")
            .Run("code-efficiency", "run", "a.md", "--problem", "p", "--repeats", "1", "--cost", "wall").Succeeded().Lines;
        Assert.Equal("a.md on total: exception", lines[0]);
        Assert.Contains("correct", lines[2]);
        Assert.Contains("exception", lines[3]);
        Assert.Contains("System.IndexOutOfRangeException", lines[3]);
    }

    [Fact]
    public void A_loop_without_end_costs_at_least_its_limit()
    {
        var run = _cli.With("p", Total).With("a.cs", "int Total(int[] a) { while (true) { } }")
            .Run("code-efficiency", "run", "a.cs", "--problem", "p", "--cpu-limit", "0.5", "--json").Succeeded().Json;
        Assert.Equal("TimeLimit", run.GetProperty("verdict").GetString());
        var test = run.GetProperty("tests")[0];
        Assert.Equal("CpuTime", test.GetProperty("limit").GetString());
        Assert.True(test.GetProperty("cost").GetProperty("censored").GetBoolean());
        Assert.Equal(0.5, test.GetProperty("cost").GetProperty("value").GetDouble());
        Assert.Equal("NotRun", run.GetProperty("tests")[1].GetProperty("verdict").GetString());
    }

    [Fact]
    public void Samples_of_several_problems_give_pass_at_k_and_costs_over_the_reference()
    {
        const string problems = """
            {"task_id": "total", "entry_point": "Total", "tests": [{"input": [[1, 2]]}, {"input": [[4]]}], "reference": "int Total(int[] a) => a.Sum();"}
            {"task_id": "twice", "entry_point": "Twice", "tests": [{"input": [2], "expected": 4}], "prompt": "int Twice(int n) => "}
            """;
        const string samples = """
            {"task_id": "total", "solution": "int Total(int[] a) => a.Sum();"}
            {"task_id": "total", "solution": "int Total(int[] a) => 3;"}
            {"task_id": "total", "solution": "int Total(int[] a) => a.Sum("}
            {"task_id": "total", "solution": "int Total(int[] a) { System.IO.File.Delete(\"x\"); return a.Sum(); }"}
            {"task_id": "twice", "completion": "n + n;"}
            """;
        var cli = _cli.With("p", problems).With("s", samples);
        var result = cli.Run("code-efficiency", "evaluate", "s", "--problems", "p", "--json", "--repeats", "1").Succeeded().Json;
        Assert.Equal(
            ["Correct", "WrongAnswer", "CompileError", "PolicyViolation", "Correct"],
            result.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("verdict").GetString()));
        Assert.Equal((0.25 + 1) / 2, result.GetProperty("pass_at_k").GetProperty("1").GetDouble(), 12);
        Assert.Equal(1, result.GetProperty("samples")[0].GetProperty("relative_cost").GetProperty("value").GetDouble(), 12); // the reference itself, run once
        Assert.Equal(JsonValueKind.Null, result.GetProperty("samples")[1].GetProperty("relative_cost").ValueKind);
        Assert.Equal(4, result.GetProperty("problems")[0].GetProperty("samples").GetInt32());
    }

    [Fact]
    public void What_is_wrong_with_the_input_is_said()
    {
        _cli.With("p", Total).With("a.cs", "int Total(int[] a) => 0;").With("bad", """{"task_id": "x", "entry_point": "F", "tests": [{"input": 3, "expected": 1}]}""")
            .With("empty", """{"task_id": "x", "entry_point": "F", "tests": [{"input": []}]}""")
            .With("wrong", """{"task_id": "x", "entry_point": "F", "tests": [{"input": [], "expected": 2}], "reference": "int F() => 1;"}""")
            .With("s", """{"task_id": "totl", "solution": "x"}""");
        _cli.Run("code-efficiency", "run", "a.cs", "--problem", "missing").Refused("missing: no such file");
        _cli.Run("code-efficiency", "run", "a.cs", "--problem", "bad").Refused("bad:1: the \"input\" of a test is no list");
        _cli.Run("code-efficiency", "run", "a.cs", "--problem", "empty").Refused("empty:1: 1 of 1 tests expect nothing");
        _cli.Run("code-efficiency", "run", "a.cs", "--problem", "wrong").Refused("the reference of problem x does not pass its own tests: WrongAnswer in test 1 (1 instead of 2)");
        _cli.Run("code-efficiency", "run", "a.cs", "--problem", "p", "--repeats", "0").Refused("--repeats: 0 is outside 1 to 1000");
        _cli.With("ps", Total.ReplaceLineEndings(" ")).Run("code-efficiency", "evaluate", "s", "--problems", "ps").Refused("s: there is no problem \"totl\"");
    }
}
