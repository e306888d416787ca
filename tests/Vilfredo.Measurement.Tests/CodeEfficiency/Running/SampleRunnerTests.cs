using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

public sealed class SampleRunnerTests(Samples samples) : IClassFixture<Samples>
{
    [Fact]
    public async Task Every_call_has_its_output_and_its_cost()
    {
        var run = await samples.RunAsync("int F(int a, int b) => a + b;", "[[1, 2], [3, 4], [-5, 5]]", new RunSettings { Repeats = 3, WarmUp = 1 });
        Assert.Equal(SampleVerdict.Completed, run.Verdict);
        Assert.Equal(["3", "7", "0"], run.Calls.Select(call => call.Output!.Value.GetRawText()));
        Assert.All(run.Calls, call => Assert.Equal(3, call.Runs.Count));
        Assert.All(run.Calls.SelectMany(call => call.Runs), cost => Assert.True(cost is { ProcessCpuSeconds: >= 0, WallSeconds: > 0, AllocatedBytes: >= 0 }));
        Assert.Equal(1, run.ProcessesStarted);
        Assert.StartsWith(".NET 10.", run.Runtime);
        Assert.Equal("0", run.RuntimeSettings["DOTNET_TieredCompilation"]);
        Assert.NotNull(run.Sandbox);
    }

    [Theory]
    [InlineData("int[] F(int[] a) { Array.Sort(a); return a; }", "[[[3, 1, 2]]]", "[1,2,3]")]
    [InlineData("List<List<string>> F(IList<IList<string>> a) => a.Select(x => x.Reverse().ToList()).ToList();", "[[[[\"a\", \"b\"], []]]]", "[[\"b\",\"a\"],[]]")]
    [InlineData("Dictionary<string, int> F(Dictionary<string, int> a) { a[\"x\"] = 1; return a; }", "[[{\"y\": 2}]]", "{\"y\":2,\"x\":1}")]
    [InlineData("IDictionary<int, double> F(IReadOnlyDictionary<int, double> a) => a.ToDictionary(p => p.Key + 1, p => p.Value / 2);", "[[{\"1\": 3}]]", "{\"$map\":[[2,1.5]]}")]
    [InlineData("HashSet<int> F(ISet<int> a) { a.Add(9); return a.ToHashSet(); }", "[[{\"$set\": [1]}]]", "{\"$set\":[1,9]}")]
    [InlineData("(int, string) F((int, string) a, Tuple<int, bool> b) => (a.Item1 + b.Item1, a.Item2 + b.Item2);", "[[[1, \"x\"], [2, true]]]", "[3,\"xTrue\"]")]
    [InlineData("double F(double a, double b) => a + b;", "[[0.1, 0.2]]", "0.30000000000000004")]
    [InlineData("double F(double a) => a;", "[[{\"$float\": \"-Infinity\"}]]", "{\"$float\":\"-Infinity\"}")]
    [InlineData("double F() => double.NaN;", "[[]]", "{\"$float\":\"NaN\"}")]
    [InlineData("double F(double a) => a;", "[[3]]", "3.0")]
    [InlineData("long F(long a) => a;", "[[9223372036854775807]]", "9223372036854775807")]
    [InlineData("BigInteger F(BigInteger a) => a * 10;", "[[123456789012345678901234567890]]", "1234567890123456789012345678900")]
    [InlineData("decimal F(decimal a) => a + 1;", "[[0.10]]", "1.10")]
    [InlineData("string F(char a, string? b, int? c, int? d) => a + (b ?? \"none\") + c + (d is null);", "[[\"x\", null, 4, null]]", "\"xnone4True\"")]
    [InlineData("object F(object a) => a is List<object> list ? list.Count : -1;", "[[[1, \"a\"]]]", "2")]
    [InlineData("IEnumerable<int> F(int n) { for (var i = 0; i < n; i++) yield return i; }", "[[3]]", "[0,1,2]")]
    [InlineData("void F() { }", "[[]]", "null")]
    [InlineData("int F(Queue<int> a, Stack<int> b) => a.Peek() * 10 + b.Peek();", "[[[1, 2], [3, 4]]]", "14")]
    [InlineData("class S { int calls; public int F() => ++calls; }", "[[]]", "1")]
    public async Task Values_are_made_for_the_parameters_and_come_back(string source, string calls, string output)
    {
        var run = await samples.RunAsync(source, calls);
        Assert.Null(run.Calls[0].Message);
        Assert.Equal(output, run.Calls[0].Output!.Value.GetRawText());
    }

    [Fact]
    public async Task Every_run_has_a_fresh_copy_of_arguments_and_static_fields()
    {
        const string source = "public static class S { static readonly Dictionary<int, int> seen = []; public static int F(List<int> a) { a.Add(seen.Count); seen[seen.Count] = 1; return a.Count * 10 + a[^1]; } }";
        var run = await samples.RunAsync(source, "[[[]], [[]]]", new RunSettings { Repeats = 2, WarmUp = 1 });
        Assert.Equal(["10", "10"], run.Calls.Select(call => call.Output!.Value.GetRawText()));
    }

    [Fact]
    public async Task An_exception_ends_its_call_alone()
    {
        var run = await samples.RunAsync("int F(int a) => checked(a * 2);", "[[1], [2000000000], [3]]");
        Assert.Equal([SampleVerdict.Completed, SampleVerdict.Exception, SampleVerdict.Completed], run.Calls.Select(call => call.Verdict));
        Assert.Equal("System.OverflowException", run.Calls[1].ExceptionType);
        Assert.Equal(SampleVerdict.Exception, run.Verdict);
    }

    [Theory]
    [InlineData("int F(int a) => a;", "[[\"x\"]]", "does not fit the parameter type System.Int32")]
    [InlineData("int F(int a) => a;", "[[3000000000]]", "does not fit")]
    [InlineData("int F(int a) => a;", "[[1, 2]]", "2 arguments, the entry point takes 1")]
    [InlineData("int F(Random a) => 1;", "[[1]]", "cannot be made from JSON")]
    [InlineData("object F() => new Random(1);", "[[]]", "not a value")]
    public async Task What_does_not_fit_is_said(string source, string calls, string message)
    {
        var run = await samples.RunAsync(source, calls);
        Assert.Equal(SampleVerdict.Exception, run.Verdict);
        Assert.Contains(message, run.Calls[0].Message);
    }

    [Fact]
    public async Task What_does_not_compile_or_is_not_allowed_never_runs()
    {
        var broken = await samples.RunAsync("int F( => 1;", "[[], []]");
        Assert.Equal(SampleVerdict.CompileError, broken.Verdict);
        Assert.NotEmpty(broken.Diagnostics);
        Assert.All(broken.Calls, call => Assert.Equal(SampleVerdict.NotRun, call.Verdict));
        Assert.Equal(0, broken.ProcessesStarted);
        var refused = await samples.RunAsync("void F() => System.IO.File.Delete(\"x\");");
        Assert.Equal(SampleVerdict.PolicyViolation, refused.Verdict);
        Assert.Contains("System.IO.File", Assert.Single(refused.Diagnostics));
        Assert.Equal(0, refused.ProcessesStarted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_is_cut_off_ends_its_process_and_the_rest_runs_in_another_if_asked(bool goesOn)
    {
        var settings = new RunSettings { Limits = Samples.Limits with { CpuTime = TimeSpan.FromSeconds(0.3) }, ContinueAfterKill = goesOn };
        var run = await samples.RunAsync("int F(int a) { while (a == 2) { } return a; }", "[[1], [2], [3]]", settings);
        Assert.Equal(SampleVerdict.TimeLimit, run.Verdict);
        Assert.Equal(
            [SampleVerdict.Completed, SampleVerdict.TimeLimit, goesOn ? SampleVerdict.Completed : SampleVerdict.NotRun],
            run.Calls.Select(call => call.Verdict));
        Assert.Equal(LimitKind.CpuTime, run.Calls[1].LimitUsed);
        Assert.Empty(run.Calls[1].Runs);
        Assert.Equal(goesOn ? 2 : 1, run.ProcessesStarted);
    }

    [Fact]
    public async Task Prints_of_a_sample_do_not_mix_with_its_answers()
    {
        var run = await samples.RunAsync("int F(int a) { Console.WriteLine(\"{\\\"call\\\":0,\\\"output\\\":9,\\\"runs\\\":[]}\"); return a; }", "[[1]]");
        Assert.Equal("1", run.Calls[0].Output!.Value.GetRawText());
    }

    [Fact]
    public async Task Cancellation_ends_a_run()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => samples.Runner.RunAsync(
            new SampleProgram { Source = "void F() { while (true) { } }", EntryPoint = "F" }, Samples.Calls("[[]]"), new RunSettings(), cancellation.Token));
    }

    [Fact]
    public async Task Wrong_settings_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => samples.RunAsync("int F() => 1;", "[3]"));
        await Assert.ThrowsAsync<ArgumentException>(() => samples.RunAsync("int F() => 1;", settings: new RunSettings { Repeats = 0 }));
        await Assert.ThrowsAsync<ArgumentException>(() => samples.RunAsync("int F() => 1;", settings: new RunSettings { Limits = new RunLimits { MemoryBytes = 1 } }));
    }
}
