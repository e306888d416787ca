using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Formats;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running.Ladders;

/// <summary>The library's own problems: every program of every problem really runs.</summary>
public sealed class LadderProblemTests(Samples samples) : IClassFixture<Samples>
{
    private const int NonNaiveLevel = 1;

    public static TheoryData<string> Names => [.. LadderProblemFile.Library.Select(problem => problem.Id)];

    [Fact]
    public void There_are_at_least_forty_problems_of_eleven_topics_with_three_right_programs_each()
    {
        var library = LadderProblemFile.Library;
        Assert.True(library.Count >= 40);
        Assert.Equal(11, library.Select(problem => problem.Topic).Distinct().Count());
        Assert.All(library, problem => Assert.True(problem.Solutions.Count(solution => solution.IsRight) >= 3, problem.Id));
        Assert.All(library, problem => Assert.Equal(problem.Reference, problem.Solutions.Last(solution => solution.IsRight).Source));
        Assert.True(library.Count(problem => problem.Solutions.Any(solution => !solution.IsRight)) >= 40);
    }

    [Fact]
    public void The_file_is_what_the_pages_say_and_reads_as_an_ordinary_file_of_problems()
    {
        var folder = Pages();
        var packed = new StringWriter();
        LadderProblemFile.Write(packed, Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).SelectMany(ProblemPages.Read));
        var file = Path.Combine(folder, "..", "problems.jsonl");
        Assert.Equal(File.ReadAllText(file), packed.ToString());
        var problems = CodeProblemFile.Read(file);
        Assert.Equal(LadderProblemFile.Library.Select(problem => problem.Id), problems.Select(problem => problem.Id));
        Assert.All(problems, problem => Assert.Equal("csharp", problem.Language));
        Assert.All(problems, problem => Assert.NotEmpty(problem.Description!));
        Assert.True(problems.Count(problem => problem.CanonicalSolution is not null) >= 40);
        Assert.Equal(LadderProblemFile.Library.Count, RunnableProblemFile.Read(file).Count);
    }

    /// <summary>
    /// One process for all programs of a problem: they agree on all small inputs, wrong ones are found out there or one level up, and at the
    /// top of the ladder the first program takes at least four times the reference's CPU time, or does not end.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Right_programs_agree_wrong_ones_are_refused_and_the_naive_one_is_slower(string name)
    {
        var problem = LadderProblemFile.Library.Single(one => one.Id == name);
        var inputs = await LadderInputs.GenerateAsync(samples.Runner, problem);
        var right = problem.Solutions.Count(solution => solution.IsRight);
        var best = right - 1;
        var top = inputs.Count - 1;
        List<(int Which, int Level, int Test)> plan =
        [
            .. from which in Enumerable.Range(0, problem.Solutions.Count) from test in Enumerable.Range(0, inputs[0].Count) select (which, 0, test),
            .. from which in Enumerable.Range(1, problem.Solutions.Count - 1) from test in Enumerable.Range(0, inputs[1].Count) select (which, NonNaiveLevel, test),
            .. from test in Enumerable.Range(0, inputs[top].Count) select (best, top, test),
            .. from test in Enumerable.Range(0, inputs[top].Count) select (0, top, test),
        ];
        var settings = new RunSettings
        {
            Limits = Samples.Limits with { CpuTime = TimeSpan.FromSeconds(0.4), MemoryBytes = 512 << 20 },
        };
        var run = await samples.Runner.RunAsync(
            new SampleProgram { Source = SolutionBundle.Source(problem), EntryPoint = SolutionBundle.EntryPoint },
            [.. plan.Select(call => JsonSerializer.SerializeToElement<object[]>([call.Which, .. inputs[call.Level][call.Test].EnumerateArray()]))],
            settings);
        Assert.True(run.Calls[0].Verdict == SampleVerdict.Completed, $"{run.Verdict}: {run.Calls[0].Message} {string.Join("; ", run.Diagnostics.Take(4))}");
        var results = plan.Zip(run.Calls).ToLookup(pair => (pair.First.Which, pair.First.Level), pair => pair.Second);
        for (var which = 0; which < problem.Solutions.Count; which++)
        {
            var solution = problem.Solutions[which];
            var (agreements, calls) = (0, 0);
            for (var level = 0; level <= (which == 0 ? 0 : NonNaiveLevel); level++)
            {
                foreach (var ((actual, expected), test) in results[(which, level)].Zip(results[(best, level)]).Select((pair, test) => (pair, test)))
                {
                    Assert.Equal(SampleVerdict.Completed, expected.Verdict);
                    var agrees = actual.Output is { } output && problem.Checker.Check(inputs[level][test], expected.Output!.Value, output).IsCorrect;
                    if (solution.IsRight) Assert.True(agrees, $"{solution.Name}, level {level}, test {test}: {actual.Verdict} {actual.Message} {Short(actual.Output)}, not {Short(expected.Output)}, of {Short(inputs[level][test])}");
                    agreements += agrees ? 1 : 0;
                    calls++;
                }
            }

            if (!solution.IsRight) Assert.True(agreements < calls, $"no test refuses the wrong program: {solution.Name}");
        }

        Assert.All(results[(best, top)], call => Assert.Equal(SampleVerdict.Completed, call.Verdict));
        var naive = results[(0, top)].ToList();
        var slowest = results[(best, top)].Max(call => call.Runs[0].ThreadCpuSeconds!.Value);
        var ended = naive.TakeWhile(call => call.Verdict == SampleVerdict.Completed).ToList();
        var took = ended.Count < naive.Count ? settings.Limits.CpuTime.TotalSeconds : ended.Max(call => call.Runs[0].ThreadCpuSeconds!.Value);
        if (ended.Count < naive.Count) Assert.Contains(naive[ended.Count].Verdict, new[] { SampleVerdict.TimeLimit, SampleVerdict.MemoryLimit });
        Assert.True(took >= 4 * slowest, $"the first program took {took} s at the top of the ladder, the reference {slowest} s");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: reference {slowest * 1000:0.00} ms, first {took * 1000:0.00} ms{(ended.Count < naive.Count ? " (cut off)" : "")}");
    }

    private static string Short(JsonElement? value) => value?.GetRawText() is { } text ? text.Length <= 120 ? text : text[..120] + "..." : "nothing";

    private static string Pages()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "examples", "code-efficiency", "problems");
            if (Directory.Exists(path)) return path;
        }

        throw new DirectoryNotFoundException("There is no folder examples/code-efficiency/problems above the tests.");
    }
}
