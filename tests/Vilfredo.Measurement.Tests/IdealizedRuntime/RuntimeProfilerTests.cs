using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.IdealizedRuntime.Profiling;
using static Vilfredo.Measurement.Tests.IdealizedRuntime.SyntheticRuntimes;

namespace Vilfredo.Measurement.Tests.IdealizedRuntime;

public class RuntimeProfilerTests
{
    private static readonly ProfileGrid Grid = new(Prompts, Outputs);
    private static readonly ProfilerOptions Few = new() { WarmUps = 2, Repeats = 3 };

    [Fact]
    public async Task A_model_of_known_times_is_profiled_exactly()
    {
        var endpoint = new Endpoint();
        var profile = await new RuntimeProfiler(endpoint.Generate, endpoint).ProfileAsync("m", "h", "s", Grid, Few);
        Assert.Equal(PerToken, profile.SecondsPerOutputToken, 1e-6);
        foreach (var prompt in Prompts) Assert.Equal(Prompt(prompt), profile.SecondsForPrompt(prompt), 1e-6);
        Assert.Equal(16 * 5, endpoint.Runs.Count);
        Assert.Equal((16, 48), (profile.Fit!.Cells, profile.Fit.Trials));
    }

    [Fact]
    public async Task Warm_ups_are_not_timed()
    {
        var endpoint = new Endpoint();
        endpoint.Extra = () => endpoint.Runs.Count % 5 < 2 ? 10 : 0;
        var profile = await new RuntimeProfiler(endpoint.Generate, endpoint).ProfileAsync("m", "h", "s", Grid, Few);
        Assert.Equal(PerToken, profile.SecondsPerOutputToken, 1e-6);
    }

    [Fact]
    public async Task Interleaved_runs_visit_every_pair_before_any_comes_again()
    {
        var endpoint = new Endpoint();
        var options = Few with { Order = RunOrder.Interleaved, Seed = 4 };
        var trials = await new RuntimeProfiler(endpoint.Generate, endpoint).MeasureAsync(Grid, options);
        foreach (var pass in endpoint.Runs.Chunk(16)) Assert.Equal(16, pass.Distinct().Count());
        Assert.NotEqual(endpoint.Runs.Take(16), endpoint.Runs.Skip(16).Take(16));
        Assert.All(trials.GroupBy(trial => (trial.PromptTokens, trial.OutputTokens)), cell => Assert.Equal(3, cell.Count()));
        var again = new Endpoint();
        await new RuntimeProfiler(again.Generate, again).MeasureAsync(Grid, options);
        Assert.Equal(endpoint.Runs, again.Runs);
    }

    [Fact]
    public async Task A_busy_pass_does_not_reach_the_denoised_profile()
    {
        var endpoint = new Endpoint();
        endpoint.Extra = () => endpoint.Runs.Count / 16 == 3 ? 0.2 : 0.7; // passes 0 and 1 are warm-ups
        var profile = await new RuntimeProfiler(endpoint.Generate, endpoint).ProfileAsync(
            "m", "h", "s", Grid, Few with { Order = RunOrder.Interleaved }, new RuntimeFitOptions { Mode = FitMode.Denoised });
        Assert.Equal(PerToken, profile.SecondsPerOutputToken, 1e-6);
        Assert.Equal(0.2 + Prompt(1) - PerToken, profile.Overhead!.Value, 1e-6);
    }

    [Fact]
    public async Task A_run_of_the_wrong_length_is_made_again_and_then_refused()
    {
        var endpoint = new Endpoint { ShortRuns = 2 };
        var profile = await new RuntimeProfiler(endpoint.Generate, endpoint).ProfileAsync("m", "h", "s", Grid, Few with { Retries = 2 });
        Assert.Equal(PerToken, profile.SecondsPerOutputToken, 1e-6);
        var stubborn = new Endpoint { ShortRuns = int.MaxValue };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new RuntimeProfiler(stubborn.Generate, stubborn).MeasureAsync(Grid, Few with { Retries = 2 }));
        Assert.Contains("1 tokens were asked for from a prompt of 1, but the last of 3 runs processed 0 from 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_counts_all_runs_and_cancelling_stops_between_them()
    {
        var endpoint = new Endpoint();
        using var source = new CancellationTokenSource();
        var seen = new List<ProfilerProgress>();
        var progress = new Immediate(report =>
        {
            seen.Add(report);
            if (report.Done == 7) source.Cancel();
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => new RuntimeProfiler(endpoint.Generate, endpoint).MeasureAsync(Grid, Few, progress, source.Token));
        Assert.Equal(Enumerable.Range(1, 7), seen.Select(report => report.Done));
        Assert.All(seen, report => Assert.Equal(80, report.Total));
        Assert.Null(seen[0].Last);
        Assert.Equal(1, seen[6].Last!.Value.PromptTokens);
    }

    [Fact]
    public async Task A_clock_that_stands_still_is_noticed()
    {
        var still = new TimeProviderStub();
        await Assert.ThrowsAsync<InvalidOperationException>(() => new RuntimeProfiler((p, o, _) => new(new GeneratedLengths(p, o)), still).MeasureAsync(Grid, Few));
    }

    [Fact]
    public void The_saving_is_the_ratio_of_two_budgets()
    {
        var profile = SyntheticRuntimes.Fit(Cells());
        var grid = new ProfileGrid([1], [1, 2]);
        Assert.Equal(2 * Prompt(1) + PerToken, grid.Seconds(profile), 1e-12);
        TokenQuery[] queries = [new(1, 1, 400)];
        Assert.Equal(50 * 400 * Prompt(1) / (60 * grid.Seconds(profile)), grid.Saving(profile, queries), 1e-9);
        Assert.Equal(270, ProfileGrid.Offline.Count);
        Assert.Equal(35, ProfileGrid.Endpoint.Count);
    }

    [Fact]
    public void Grids_that_give_no_profile_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ProfileGrid([1], [2, 4]));
        Assert.Throws<ArgumentException>(() => new ProfileGrid([1], [1]));
        Assert.Throws<ArgumentException>(() => new ProfileGrid([], [1, 2]));
        Assert.Throws<ArgumentException>(() => new ProfileGrid([0], [1, 2]));
        Assert.Throws<ArgumentException>(() => new ProfileGrid([1, 1], [1, 2]));
    }

    private class TimeProviderStub : TimeProvider
    {
        protected long Ticks { get; set; }

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => Ticks;
    }

    /// <summary>An endpoint whose clock moves only while it generates.</summary>
    private sealed class Endpoint : TimeProviderStub
    {
        public List<(int Prompt, int Output)> Runs { get; } = [];

        public Func<double> Extra { get; set; } = () => 0;

        public int ShortRuns { get; set; }

        public ValueTask<GeneratedLengths> Generate(int prompt, int output, CancellationToken cancellation)
        {
            Ticks += (long)Math.Round((Time(prompt, output) + Extra()) * TimestampFrequency);
            if (ShortRuns > 0)
            {
                ShortRuns--;
                return new(new GeneratedLengths(prompt, output - 1));
            }

            Runs.Add((prompt, output));
            return new(new GeneratedLengths(prompt, output));
        }
    }

    private sealed class Immediate(Action<ProfilerProgress> report) : IProgress<ProfilerProgress>
    {
        public void Report(ProfilerProgress value) => report(value);
    }
}
