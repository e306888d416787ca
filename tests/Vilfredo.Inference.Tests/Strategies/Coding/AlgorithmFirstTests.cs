using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Coding;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Tests.Strategies.Coding;

/// <summary>The stages and known answers of the pipeline. Candidates really compile and run.</summary>
public sealed class AlgorithmFirstTests : IDisposable
{
    private const string Right = "int Double(int n) => n + n;";
    private readonly SampleRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    /// <summary>A coder by stage; what a test does not say is the happy path: 20 inputs, right outputs, five different right programs.</summary>
    private sealed class Coder
    {
        public Func<int, string> Formalization { get; init; } = _ => "entry point: Double\nIt doubles.";
        public Func<int, string> Check { get; init; } = _ => "Yes.";
        public Func<string, string> Output { get; init; } = input => $"Twice it.\noutput: {2 * int.Parse(input.Trim('[', ']'), System.Globalization.CultureInfo.InvariantCulture)}";
        public Func<int, string> Program { get; init; } = i => $"int Double(int n) => 2 * n + {i} - {i};";
        public Func<string, string> Judge { get; init; } = _ => "yes";
        public Func<string, string> Repair { get; init; } = prompt => Code(prompt);
        public Func<int, string> Pick { get; init; } = _ => "{\"best\": 3}";
        public List<string> Stages { get; } = [];
        private readonly Lock _lock = new();
        private readonly Dictionary<string, int> _seen = [];

        public static string Code(string prompt) => prompt.Split("```csharp\n")[^1].Split("\n```")[0];

        public string Answer(ScriptedCall call)
        {
            var prompt = call.Last;
            var stage = prompt[2..prompt.IndexOf('\n')];
            int number;
            lock (_lock)
            {
                Stages.Add(stage);
                number = _seen[stage] = _seen.GetValueOrDefault(stage, -1) + 1;
            }

            return stage switch
            {
                "Formalize the task" => Formalization(number),
                "Check the explanation" => Check(number),
                "Design test inputs" => string.Join('\n', Enumerable.Range(0, 20).Select(i => $"input: [{i}]")),
                "Derive an output" => Output(prompt.Split("input: ")[^1]),
                "Think of algorithms" => string.Join('\n', Enumerable.Range(0, 5).Select(i => $"```algorithm{i + 1}\nway {i}\n```")),
                "Advise on the implementation" => "Avoid boxing.",
                "Write the program" => $"```csharp\n{Program(prompt.Contains("way ", StringComparison.Ordinal) ? prompt[prompt.IndexOf("way ", StringComparison.Ordinal) + 4] - '0' : number)}\n```",
                "Write several programs" => string.Join("\n\n", Enumerable.Range(0, 5).Select(i => $"```csharp\n{Program(i)}\n```")),
                "Judge a test" => Judge(prompt),
                "Repair the program" => $"```csharp\n{Repair(prompt)}\n```",
                "Pick the most efficient" => Pick(number),
                _ => throw new InvalidOperationException(stage),
            };
        }

        public int Count(string stage) => Stages.Count(one => one == stage);
    }

    private async Task<(AlgorithmFirstReport Report, StrategyAnswer Answer, string Text)> Ask(Coder coder, AlgorithmFirstOptions? options = null, StrategySettings? settings = null)
    {
        var client = new StrategyChatClient(new ScriptedChatClient(coder.Answer), new AlgorithmFirstStrategy(options, new SandboxCandidateRunner(_runner)), settings);
        var response = await client.GetResponseAsync("Write a method that doubles a whole number.");
        return (AlgorithmFirstReport.Of(response)!, StrategyAnswer.Of(response)!, response.Text);
    }

    [Fact]
    public async Task The_happy_path_takes_35_calls_and_no_repair()
    {
        var coder = new Coder();
        var (report, answer, text) = await Ask(coder);
        Assert.Equal(35, answer.Calls.Calls.Count);
        Assert.Equal(new AlgorithmFirstStrategy().Plan.Fewest + 1, answer.Calls.Calls.Count);
        Assert.Equal((0, 0, 1), (coder.Count("Judge a test"), coder.Count("Repair the program"), coder.Count("Pick the most efficient")));
        Assert.Equal(2, report.Chosen);
        Assert.Equal("```csharp\nint Double(int n) => 2 * n + 2 - 2;\n```", text);
        Assert.Equal(20, report.Tests.Count);
        Assert.All(report.Candidates, candidate => Assert.Equal(20, candidate.Passed));
        Assert.Equal("Double", report.EntryPoint);
        Assert.Equal(1, answer.Outcome.Confidence);
        Assert.Equal(answer.Calls.Calls.Sum(call => call.Usage.InputTokens), answer.Calls.Usage.InputTokens);
        Assert.Equal(350, answer.Calls.Usage.InputTokens);
        Assert.All(answer.Calls.Calls.Where(call => call.Role == "code"), call => Assert.Equal(["advice"], call.Parents.Select(parent => answer.Calls.Calls[parent].Role)));
        Assert.Empty(answer.Warnings);
    }

    [Fact]
    public async Task One_wrong_test_is_judged_once_and_dropped_without_repair()
    {
        var coder = new Coder { Output = input => input == "[7]" ? "output: 15" : new Coder().Output(input), Judge = prompt => prompt.Contains("output: 15", StringComparison.Ordinal) ? "I do not know much, but: No, it is 14." : "yes" };
        var (report, _, _) = await Ask(coder);
        Assert.Equal((1, 0), (coder.Count("Judge a test"), coder.Count("Repair the program")));
        Assert.Equal(SyntheticTestStatus.JudgedInvalid, report.Tests[7].Status);
        Assert.Equal(19, report.Tests.Count(test => test.Status == SyntheticTestStatus.Kept));
        Assert.All(report.Candidates, candidate => Assert.Equal(19, candidate.Passed));
    }

    [Fact]
    public async Task Where_all_candidates_fail_a_valid_test_each_is_repaired_once()
    {
        var coder = new Coder { Program = i => $"int Double(int n) => n == 7 ? {i} : 2 * n;", Repair = prompt => Coder.Code(prompt).Replace("n == 7", "n == 700", StringComparison.Ordinal) };
        var (report, _, _) = await Ask(coder);
        Assert.Equal((1, 5), (coder.Count("Judge a test"), coder.Count("Repair the program")));
        Assert.All(report.Candidates, candidate => Assert.True(candidate.IsRepaired && candidate.Passed == 20));
    }

    [Fact]
    public async Task A_repair_that_worsens_or_only_equals_is_not_kept_unless_asked_for()
    {
        Coder Wrong() => new() { Program = i => $"int Double(int n) => n == 7 ? {i} : 2 * n;", Repair = prompt => prompt.Contains("? 0 :", StringComparison.Ordinal) ? "int Double(int n) => 0;" : Coder.Code(prompt).Replace("? ", "? 100 + ", StringComparison.Ordinal) };
        var old = (await Ask(Wrong())).Report;
        Assert.All(old.Candidates, candidate => Assert.False(candidate.IsRepaired));
        Assert.All(old.Candidates, candidate => Assert.Equal(19, candidate.Passed));
        var changed = (await Ask(Wrong(), new() { PrefersRepaired = true })).Report;
        Assert.Equal([false, true, true, true, true], changed.Candidates.Select(candidate => candidate.IsRepaired));
    }

    [Fact]
    public async Task Equal_candidates_are_not_asked_about_and_a_nonsense_pick_takes_the_first()
    {
        var equal = new Coder { Program = i => Right.Replace(" ", new string(' ', i + 1), StringComparison.Ordinal) };
        var (report, answer, _) = await Ask(equal);
        Assert.Equal(34, answer.Calls.Calls.Count);
        Assert.Equal(0, report.Chosen);
        var nonsense = new Coder { Pick = _ => "{\"best\": 9}" };
        (report, answer, _) = await Ask(nonsense);
        Assert.Equal(3, nonsense.Count("Pick the most efficient"));
        Assert.Equal(0, report.Chosen);
        Assert.Contains(answer.Warnings, warning => warning.Contains("No pick in 3 attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tests_that_time_out_are_dropped_unasked_and_all_of_them_leave_a_warning()
    {
        var coder = new Coder { Program = i => i == 0 ? "int Double(int n) { while (true) { } }" : $"int Double(int n) => n > {i} ? 1 : 2 * n;" };
        var (report, answer, _) = await Ask(coder, new() { TestInputs = 2, MinimumTests = 0, TestTime = TimeSpan.FromSeconds(0.2), Candidates = 5, Design = CandidateDesign.Programs, TieBreak = CandidateTieBreak.First });
        // n = 0 and 1 are right in programs 1 to 4, so that nothing is disputed there.
        Assert.Equal(1, report.Chosen);
        Assert.Empty(answer.Warnings);
        var hopeless = new Coder { Program = i => $"int Double(int n) {{ var k = {i}; while (true) k++; }}" };
        (report, answer, _) = await Ask(hopeless, new() { TestInputs = 2, MinimumTests = 0, TestTime = TimeSpan.FromSeconds(0.1), Design = CandidateDesign.Programs });
        Assert.All(report.Tests, test => Assert.Equal(SyntheticTestStatus.TimedOut, test.Status));
        Assert.Equal((0, 0), (hopeless.Count("Judge a test"), hopeless.Count("Repair the program")));
        Assert.Contains(answer.Warnings, warning => warning.StartsWith("No test was kept", StringComparison.Ordinal));
        Assert.Equal(2, report.Chosen);
    }

    [Fact]
    public async Task The_ablations_leave_their_stages_out()
    {
        var noAdvice = new Coder();
        await Ask(noAdvice, new() { AsksForAdvice = false });
        Assert.Equal(0, noAdvice.Count("Advise on the implementation"));
        var noLogic = new Coder();
        var (report, answer, _) = await Ask(noLogic, new() { Design = CandidateDesign.Single, AsksForAdvice = false, TestInputs = 0, FormalizationRounds = 0, EntryPoint = "Double" });
        Assert.Equal(["Write the program"], noLogic.Stages);
        Assert.Single(report.Candidates);
        var plusAdvice = new Coder();
        await Ask(plusAdvice, new() { Candidates = 1, Design = CandidateDesign.Samples, TestInputs = 0, FormalizationRounds = 0 });
        Assert.Equal(["Advise on the implementation", "Write the program"], plusAdvice.Stages);
        var atOnce = new Coder();
        (report, _, _) = await Ask(atOnce, new() { Design = CandidateDesign.Programs });
        Assert.Equal((1, 0, 0), (atOnce.Count("Write several programs"), atOnce.Count("Think of algorithms"), atOnce.Count("Advise on the implementation")));
        Assert.Equal(5, report.Candidates.Count);
        var believing = new Coder { Output = input => input == "[7]" ? "output: 15" : new Coder().Output(input) };
        (report, _, _) = await Ask(believing, new() { JudgesTests = false });
        Assert.Equal((0, 5), (believing.Count("Judge a test"), believing.Count("Repair the program")));
        Assert.All(report.Candidates, candidate => Assert.Equal(19, candidate.Passed));
        var majority = new Coder { Program = i => i == 4 ? "int Double(int n) => n == 7 ? 0 : 2 * n;" : $"int Double(int n) => n == 3 ? 0 : 2 * n + {i} - {i};", Judge = _ => "no" };
        (report, _, _) = await Ask(majority, new() { AcceptsMajority = true });
        Assert.Equal(1, majority.Count("Judge a test"));
        Assert.Equal(SyntheticTestStatus.JudgedInvalid, report.Tests[3].Status);
        Assert.Equal(SyntheticTestStatus.Kept, report.Tests[7].Status);
    }

    [Fact]
    public async Task A_rejected_formalization_is_written_again_with_the_objection()
    {
        var coder = new Coder { Formalization = round => round == 0 ? "entry point: Half" : "entry point: Double", Check = round => round == 0 ? "No, it doubles." : "Yes" };
        var (report, answer, _) = await Ask(coder);
        Assert.Equal("Double", report.EntryPoint);
        Assert.Equal(37, answer.Calls.Calls.Count);
    }

    [Fact]
    public async Task The_measured_tie_break_takes_no_call_and_finds_the_cheapest()
    {
        var coder = new Coder { Program = i => $"int Double(int n) {{ var sum = 0; for (var k = 0; k < {(i == 3 ? 1 : 3_000_000)}; k++) sum ^= k * n; return sum == int.MinValue ? {i} : 2 * n; }}" };
        var (report, answer, _) = await Ask(coder, new() { TieBreak = CandidateTieBreak.Measured, TestInputs = 6 });
        Assert.Equal(0, coder.Count("Pick the most efficient"));
        Assert.Equal(3, report.Chosen);
    }

    [Fact]
    public async Task Programs_that_may_not_run_pass_nothing_and_a_budget_ends_the_stages()
    {
        var coder = new Coder { Program = i => i == 1 ? Right : i == 2 ? "int Double(" : $"int Double(int n) {{ System.IO.File.Delete(\"x{i}\"); return 2 * n; }}" };
        var (report, _, _) = await Ask(coder);
        Assert.Equal(1, report.Chosen);
        Assert.Equal([0, 20, 0, 0, 0], report.Candidates.Select(candidate => candidate.Passed));

        var poor = new Coder();
        var failure = await Assert.ThrowsAsync<StrategyFailedException>(() => Ask(poor, settings: new() { Budget = new Budget { Calls = 3 }, MaximumConcurrency = 1 }));
        Assert.True(failure.IsOutOfBudget);
        Assert.True(poor.Stages.Count <= 3);
    }

    [Theory]
    [InlineData("Yes, it does.", true)]
    [InlineData("I know: no.", false)]
    [InlineData("Not sure.", null)]
    [InlineData("**YES**", true)]
    public void The_first_yes_or_no_counts(string text, bool? verdict) => Assert.Equal(verdict, TestWriting.SaysYes(text));

    [Fact]
    public void It_is_in_the_catalog_with_its_switches()
    {
        var strategy = StrategyCatalog.Build("llm4effi", new Dictionary<string, string> { ["n"] = "3", ["inputs"] = "4", ["tie_break"] = "measured", ["design"] = "samples" });
        Assert.Equal(2 + 1 + 4 + 3 + 3, strategy.Plan.Fewest);
        Assert.Same(AlgorithmFirstStrategy.Definition, StrategyCatalog.Find("algorithm_first"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlgorithmFirstOptions { Candidates = 11 });
    }
}
