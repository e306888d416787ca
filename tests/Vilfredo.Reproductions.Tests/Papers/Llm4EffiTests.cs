using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

/// <summary>The simulated coder, and the pipeline over it.</summary>
public class Llm4EffiTests
{
    private const string Setting = "p=0.8, naive 0.7, w=0.15";
    private static readonly Llm4EffiStudy Study = new();

    private static IReadOnlyDictionary<string, double> Run(string method, int seed) =>
        Study.Run(new UnitContext(new RunUnit(method, Setting, seed), Scale.Smoke, TestContext.Current.CancellationToken));

    [Fact]
    public void A_unit_gives_the_same_values_each_time() => Assert.Equal(Run("llm4effi", 1), Run("llm4effi", 1));

    [Fact]
    public void A_direct_answer_is_right_as_often_as_the_coder_is_told_to_be()
    {
        // 60 seeds of 2 tasks: 0.8 within three standard errors of sqrt(0.8 · 0.2 / 120).
        var runs = Enumerable.Range(1, 60).Select(seed => Run("direct", seed)).ToList();
        Assert.Equal(0.8, runs.Average(run => run["pass@1 (simulated coder)"]), 3 * Math.Sqrt(0.16 / 120));
        Assert.All(runs, run => Assert.Equal(1, run["calls per task"]));
    }

    [Fact]
    public void Sampling_and_the_pipeline_take_about_as_many_calls_and_measuring_takes_none_for_the_pick()
    {
        var (pipeline, sampled, measured) = (Run("llm4effi", 2)["calls per task"], Run("sample and select", 2)["calls per task"], Run("measured tie-break", 2)["calls per task"]);
        Assert.InRange(sampled, 33, pipeline);
        Assert.True(measured <= pipeline);
    }

    [Fact]
    public void Optimizing_takes_two_calls_and_keeps_what_breaks_and_a_profile_does_not()
    {
        // 60 seeds of 2 tasks: a program that is right with 0.8 stays so with 0.95.
        var optimized = Enumerable.Range(1, 60).Select(seed => Run("generate, then optimize", seed)).ToList();
        Assert.All(optimized, run => Assert.Equal(2, run["calls per task"]));
        Assert.Equal(0.76, optimized.Average(run => run["pass@1 (simulated coder)"]), 3 * Math.Sqrt(0.76 * 0.24 / 120));
        Assert.True(optimized.Average(run => run["efficiency (simulated coder)"]) > Enumerable.Range(1, 60).Average(seed => Run("direct", seed)["efficiency (simulated coder)"]));
        Assert.All(new[] { "optimize by profile", "self-refine by tests", "five at once" }, method => Assert.InRange(Run(method, 3)["calls per task"], 22, 40));
    }

    [Fact]
    public void Programs_of_a_bank_really_ran_right_ones_agree_and_the_wrong_one_does_not()
    {
        var bank = ProgramBank.First(1).Single();
        Assert.Equal(ProgramBank.Inputs, bank.Tests.Length);
        var results = Enumerable.Range(0, bank.Families).Select(family => Outputs(bank, bank.Program(family, true))).ToList();
        Assert.All(results, result => Assert.Equal(results[^1], result));
        Assert.NotEqual(results[^1], Outputs(bank, bank.Program(0, false)));
        Assert.Equal((1, false), ProgramBank.Read(bank.Program(1, false)));
        Assert.Equal(1, bank.Efficiency((bank.Families - 1, true)));
        Assert.Equal(0, bank.Efficiency((bank.Families - 1, false)));
    }

    private static List<string> Outputs(ProgramBank bank, string program) =>
        [.. bank.RunAsync(new() { Source = program, EntryPoint = "F" }, bank.Tests, new(), default).Result.Calls.Select(call => call.Output!.Value.GetRawText())];
}
