using Microsoft.Extensions.AI;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Coding;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Tests.Strategies.Coding;

public sealed class CodeRefinementTests : IDisposable
{
    private const string Right = "int Double(int n) => 2 * n;";
    private const string Wrong = "int Double(int n) => n == 7 ? 0 : 2 * n;";
    private readonly SampleRunner runner = new();
    private readonly List<string> prompts = [];
    private readonly Lock gate = new();

    public void Dispose() => runner.Dispose();

    private async Task<(StrategyAnswer Answer, string Text)> Ask(CodeRefinementOptions options, string first, params string[] later)
    {
        var versions = new Queue<string>(later);
        var client = new StrategyChatClient(new ScriptedChatClient(Answer), new CodeRefinementStrategy(options, new SandboxCandidateRunner(runner)));
        var response = await client.GetResponseAsync("Write a C# method `static int Double(int n)` that doubles a whole number.");
        return (StrategyAnswer.Of(response)!, response.Text);

        string Answer(ScriptedCall call)
        {
            lock (gate) prompts.Add(call.Last);
            return call.Last[2..call.Last.IndexOf('\n')] switch
            {
                "Write the program" => Fenced(first),
                "Design test inputs" => string.Join('\n', Enumerable.Range(5, 4).Select(i => $"input: [{i}]")),
                "Derive an output" => $"output: {2 * int.Parse(call.Last.Split("input: ")[^1].Trim('[', ']'), System.Globalization.CultureInfo.InvariantCulture)}",
                "Comment on the program" => "Shift in place of multiplying.",
                "Optimize the program" or "Repair the program" => Fenced(versions.Dequeue()),
                var other => throw new InvalidOperationException(other),
            };
        }
    }

    private static string Fenced(string code) => $"```csharp\n{code}\n```";

    private string Only(string stage) => Assert.Single(prompts, prompt => prompt.StartsWith($"# {stage}", StringComparison.Ordinal));

    [Theory]
    [InlineData(CodePromptStyle.Plain, false, false)]
    [InlineData(CodePromptStyle.Efficient, true, false)]
    [InlineData(CodePromptStyle.Reasoned, false, true)]
    public async Task Without_improvement_one_call_is_made_in_the_style(CodePromptStyle style, bool isEfficient, bool isReasoned)
    {
        var (answer, text) = await Ask(new() { Style = style, Improvement = CodeImprovement.None }, Right);
        Assert.Equal(Fenced(Right), text);
        Assert.Single(answer.Calls.Calls);
        Assert.Equal(isEfficient, Only("Write the program").Contains("as efficient as you can", StringComparison.Ordinal));
        Assert.Equal(isReasoned, Only("Write the program").Contains("step by step", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Optimizing_shows_the_program_and_takes_the_next_version_and_ends_where_nothing_changes()
    {
        const string Faster = "int Double(int n) => n << 1;";
        var (answer, text) = await Ask(new() { Rounds = 5 }, Right, Faster, Faster + "\n");
        Assert.Equal(Fenced(Faster), text);
        Assert.Equal(["code", "optimize", "optimize"], answer.Calls.Calls.Select(call => call.Role));
        Assert.Contains(prompts, prompt => prompt.StartsWith("# Optimize", StringComparison.Ordinal) && prompt.Contains(Right, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Remarks_in_words_are_given_to_whoever_takes_them_up()
    {
        var (answer, _) = await Ask(new() { Improvement = CodeImprovement.Reflect }, Right, "int Double(int n) => n << 1;");
        Assert.Equal(["code", "reflect", "optimize"], answer.Calls.Calls.Select(call => call.Role));
        Assert.Contains("<remarks>\nShift in place of multiplying.\n</remarks>", Only("Optimize the program"));
    }

    [Fact]
    public async Task Failed_tests_are_shown_until_none_fails()
    {
        var (answer, text) = await Ask(new() { Improvement = CodeImprovement.Tests, TestInputs = 4, Rounds = 3 }, Wrong, Right);
        Assert.Equal(Fenced(Right), text);
        Assert.EndsWith("Tests that programs failed:\ninput: [7]\noutput: 14", Only("Repair the program"));
        Assert.Equal(1, answer.Outcome.Confidence);
        Assert.Equal(1 + 1 + 4 + 1, answer.Calls.Calls.Count);
    }

    [Fact]
    public async Task The_profile_names_every_input_and_a_version_that_passes_fewer_is_not_taken()
    {
        var (answer, text) = await Ask(new() { Improvement = CodeImprovement.Profile, TestInputs = 4 }, Right, Wrong);
        Assert.Equal(Fenced(Right), text);
        Assert.All(Enumerable.Range(5, 4), i => Assert.Contains($"input: [{i}] took ", Only("Optimize the program")));
        Assert.Equal(1, answer.Outcome.Confidence);
        Assert.Equal(new CodeRefinementStrategy(new() { Improvement = CodeImprovement.Profile, TestInputs = 4 }).Plan.Fewest, answer.Calls.Calls.Count);
    }

    [Fact]
    public void It_is_in_the_catalog_with_its_switches()
    {
        Assert.Equal(2, StrategyCatalog.Build("code_refine", new Dictionary<string, string>()).Plan.Fewest);
        Assert.Equal(7, StrategyCatalog.Build("code_refine", new Dictionary<string, string> { ["improve"] = "reflect", ["rounds"] = "3" }).Plan.Most);
        Assert.True(CodeRefinementStrategy.Definition.RunsCode);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeRefinementOptions { Rounds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeRefinementOptions { TestInputs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeRefinementOptions { TestTime = TimeSpan.Zero });
    }
}
