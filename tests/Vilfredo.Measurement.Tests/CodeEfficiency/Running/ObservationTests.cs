using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

public sealed class ObservationTests(Samples samples) : IClassFixture<Samples>
{
    private static readonly RunLimits Limits = new() { CpuTime = TimeSpan.FromSeconds(2), WallTime = TimeSpan.FromSeconds(7) };

    [Fact]
    public void The_cost_is_the_median_of_the_repetitions()
    {
        var call = new CallResult
        {
            Verdict = SampleVerdict.Completed,
            Runs = [new(0.3, 0.4, 0.5, 10), new(0.1, 0.2, 0.9, 20), new(0.2, 0.3, 0.6, 30)],
        };
        var cpu = Observation.Of(call, CostAxis.ThreadCpuTime, Limits);
        Assert.Equal(CensoredValue.Exactly(0.2), cpu.Cost);
        Assert.Equal([0.3, 0.1, 0.2], cpu.Repetitions);
        Assert.Equal(0.5, cpu.RelativeSpread!.Value, 12); // quartiles 0.15 and 0.25
        Assert.Equal(0.1, cpu.Minimum);
        Assert.Equal(CensoredValue.Exactly(0.3), Observation.Of(call, CostAxis.ProcessCpuTime, Limits).Cost);
        Assert.Equal(CensoredValue.Exactly(0.6), Observation.Of(call, CostAxis.WallTime, Limits).Cost);
        Assert.Equal(CensoredValue.Exactly(20), Observation.Of(call, CostAxis.AllocatedBytes, Limits).Cost);
        Assert.Throws<ArgumentOutOfRangeException>(() => Observation.Of(call, CostAxis.Instructions, Limits));
    }

    [Theory]
    [InlineData(LimitKind.CpuTime, CostAxis.ThreadCpuTime, 2)]
    [InlineData(LimitKind.CpuTime, CostAxis.WallTime, 2)]
    [InlineData(LimitKind.CpuTime, CostAxis.AllocatedBytes, 0)]
    [InlineData(LimitKind.WallTime, CostAxis.WallTime, 7)]
    [InlineData(LimitKind.WallTime, CostAxis.ThreadCpuTime, 0)]
    public void A_run_that_was_cut_off_is_censored_at_what_is_certain(LimitKind limit, CostAxis axis, double bound)
    {
        var call = new CallResult { Verdict = SampleVerdict.TimeLimit, LimitUsed = limit };
        Assert.Equal(CensoredValue.AtLeast(bound), Observation.Of(call, axis, Limits).Cost);
    }

    [Fact]
    public void A_call_that_failed_otherwise_and_an_axis_that_is_not_there_have_no_cost()
    {
        Assert.Null(Observation.Of(new CallResult { Verdict = SampleVerdict.MemoryLimit, LimitUsed = LimitKind.Memory }, CostAxis.WallTime, Limits).Cost);
        var python = new CallResult { Verdict = SampleVerdict.Completed, Runs = [new(0.1, 0.1, 0.1, null)] };
        Assert.Null(Observation.Of(python, CostAxis.AllocatedBytes, Limits).Cost);
    }

    [Fact]
    public void The_last_count_that_valgrind_wrote_counts()
    {
        Assert.Equal(121_025_560, InstructionMeter.Parse("==7== I   refs:      1\nx\n==26058== I   refs:      121,025,560\n"));
        Assert.Null(InstructionMeter.Parse("killed"));
    }

    [Fact]
    public async Task A_loop_costs_some_instructions_a_turn()
    {
        Assert.SkipUnless(InstructionMeter.IsAvailable, "this machine has no valgrind");
        const string source = "long F(int n) { long sum = 0; for (var i = 0; i < n; i++) sum += i % 7; return sum; }";
        var observation = await MeasureAsync(SampleLanguage.CSharp, source, "[[100000]]");
        Assert.Equal(SampleVerdict.Completed, observation.Verdict);
        Assert.InRange(observation.Cost!.Value.Value / 100_000, 3, 40);
    }

    [Fact]
    public async Task Instructions_grow_in_proportion_to_the_work()
    {
        Assert.SkipUnless(InstructionMeter.IsAvailable && await samples.Runner.HasPythonAsync(), "this machine has no valgrind or no python3");
        const string source = "def F(n):\n    s = 0\n    for i in range(n): s += i % 7\n    return s";
        var once = await MeasureAsync(SampleLanguage.Python, source, "[[100000]]");
        var thrice = await MeasureAsync(SampleLanguage.Python, source, "[[300000]]");
        Assert.InRange(thrice.Cost!.Value.Value / once.Cost!.Value.Value, 2.9, 3.1);
    }

    private Task<Observation> MeasureAsync(SampleLanguage language, string source, string calls) => InstructionMeter.MeasureAsync(
        samples.Runner,
        new SampleProgram { Language = language, Source = source, EntryPoint = "F" },
        Samples.Calls(calls)[0],
        new RunSettings { Limits = Samples.Limits });
}
