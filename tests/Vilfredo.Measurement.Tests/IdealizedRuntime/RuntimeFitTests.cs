using CsCheck;
using Vilfredo.Measurement.IdealizedRuntime;
using static Vilfredo.Measurement.Tests.IdealizedRuntime.SyntheticRuntimes;

namespace Vilfredo.Measurement.Tests.IdealizedRuntime;

public class RuntimeFitTests
{
    [Theory]
    [InlineData(FitMode.FirstToken)]
    [InlineData(FitMode.FirstTokenFromLine)]
    public void Measurements_without_noise_give_back_the_model(FitMode mode)
    {
        var profile = SyntheticRuntimes.Fit(Cells(), mode);
        Assert.Equal(PerToken, profile.SecondsPerOutputToken, 1e-12);
        Assert.Equal(Prompts, profile.PromptLengths);
        for (var i = 0; i < Prompts.Length; i++) Assert.Equal(Prompt(Prompts[i]), profile.PromptSeconds[i], 1e-12);
        Assert.Null(profile.Overhead);
        Assert.Equal(1, profile.Fit!.RSquared, 1e-12);
        Assert.Equal(0, profile.Fit.MaximumSquaredError, 1e-20);
        Assert.Equal((16, 16), (profile.Fit.Cells, profile.Fit.Trials));
        Assert.All(profile.Fit.SecondsPerOutputTokenByPrompt.Values, slope => Assert.Equal(PerToken, slope, 1e-12));
    }

    [Fact]
    public void Denoising_puts_the_shortest_prompt_at_the_time_per_token_and_keeps_the_estimates()
    {
        var profile = SyntheticRuntimes.Fit(Cells(() => 0.25), FitMode.Denoised);
        Assert.Equal(PerToken, profile.PromptSeconds[0], 1e-12);
        Assert.Equal(0.25 + Prompt(1) - PerToken, profile.Overhead!.Value, 1e-12);
        foreach (var prompt in Prompts)
            Assert.Equal(0.25 + Time(prompt, 7), profile.Estimate(prompt, 7), 1e-12);
    }

    [Fact]
    public void A_constant_added_to_all_times_moves_the_overhead_alone() => Gen.Double[0, 3].Sample(added =>
    {
        var (plain, shifted) = (SyntheticRuntimes.Fit(Cells(), FitMode.Denoised), SyntheticRuntimes.Fit(Cells(() => added), FitMode.Denoised));
        Assert.Equal(plain.SecondsPerOutputToken, shifted.SecondsPerOutputToken, 1e-10);
        Assert.Equal(plain.Overhead!.Value + added, shifted.Overhead!.Value, 1e-10);
        foreach (var (first, second) in plain.PromptSeconds.Zip(shifted.PromptSeconds)) Assert.Equal(first, second, 1e-10);
    });

    [Fact]
    public void The_minimum_over_trials_comes_down_to_the_time_without_contention()
    {
        var last = double.PositiveInfinity;
        foreach (var trials in new[] { 1, 10, 1000 })
        {
            var random = new RandomGenerator(3);
            var profile = SyntheticRuntimes.Fit(Cells(() => -0.1 * Math.Log(1 - random.NextDouble()), trials), FitMode.FirstTokenFromLine, CellStatistic.Minimum);
            var error = Prompts.Max(prompt => Outputs.Max(output => Math.Abs(profile.Estimate(prompt, output) - Time(prompt, output))));
            Assert.True(error < last);
            last = error;
        }

        Assert.InRange(last, 0, 0.001);
        var noise = new RandomGenerator(4);
        var mean = SyntheticRuntimes.Fit(Cells(() => -0.1 * Math.Log(1 - noise.NextDouble()), 1000));
        Assert.InRange(mean.Estimate(1, 1), Time(1, 1) + 0.08, Time(1, 1) + 0.12);
    }

    [Fact]
    public void The_statistic_stands_for_the_trials()
    {
        RuntimeCell[] cells = [new(1, 1, 1), new(1, 1, 2), new(1, 1, 6), new(1, 2, 10)];
        Assert.Equal(3, SyntheticRuntimes.Fit(cells).PromptSeconds[0]);
        Assert.Equal(2, SyntheticRuntimes.Fit(cells, statistic: CellStatistic.Median).PromptSeconds[0]);
        Assert.Equal(1, SyntheticRuntimes.Fit(cells, statistic: CellStatistic.Minimum).PromptSeconds[0]);
    }

    [Fact]
    public void The_line_has_an_intercept_which_is_discarded()
    {
        // Further tokens 0, 1, 2 take 0, 3, 4: slope 2 with intercept 1/3; through zero it would be 11/5.
        var profile = SyntheticRuntimes.Fit([new(8, 1, 1), new(8, 2, 4), new(8, 3, 5)]);
        Assert.Equal(2, profile.SecondsPerOutputToken, 1e-12);
        Assert.Equal(1, profile.PromptSeconds[0]);
        Assert.Equal(12.0 / 13, profile.Fit!.RSquared, 1e-12);
        Assert.Equal(1.0 / 3, profile.Fit.MeanSquaredError, 1e-12);
        Assert.Equal(1, profile.Fit.MaximumSquaredError, 1e-12);
    }

    [Fact]
    public void Prompts_read_off_a_line_take_no_less_than_the_shortest()
    {
        var profile = SyntheticRuntimes.Fit([new(1, 1, 2), new(1, 2, 3), new(8, 1, 1), new(8, 2, 2)], FitMode.FirstTokenFromLine);
        Assert.Equal([2, 2], profile.PromptSeconds);
    }

    [Fact]
    public void Rounding_to_milliseconds_is_for_comparison_only()
    {
        RuntimeCell[] cells = [new(1, 1, 0.01234), new(1, 2, 0.01267), new(1, 11, 0.01634)];
        var rounded = RuntimeFit.Fit("m", "", "", cells, new RuntimeFitOptions { RoundToMilliseconds = true });
        Assert.Equal(0.012, rounded.PromptSeconds[0]);
        Assert.Equal(0, rounded.SecondsPerOutputToken);
        Assert.Equal(0.0004, RuntimeFit.Fit("m", "", "", cells).SecondsPerOutputToken, 0.00001);
    }

    [Fact]
    public void What_does_not_determine_a_profile_is_refused()
    {
        Assert.Contains("two different output lengths", Refused(new(1, 1, 1), new(8, 1, 1)), StringComparison.Ordinal);
        Assert.Contains("Prompts of 8 tokens", Refused(new(1, 1, 1), new(8, 2, 1)), StringComparison.Ordinal);
        Assert.Contains("measured as faster", Refused(new(1, 1, 2), new(1, 2, 1)), StringComparison.Ordinal);
        Assert.Contains("both lengths", Refused(new(0, 1, 2), new(1, 2, 1)), StringComparison.Ordinal);
        Assert.Contains("0 seconds", Refused(new(1, 1, 0), new(1, 2, 1)), StringComparison.Ordinal);
        Assert.Contains("NaN seconds", Refused(new(1, 1, double.NaN), new(1, 2, 1)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SyntheticRuntimes.Fit([new(1, 1, 1), new(1, 2, 2), new(8, 1, 1)], FitMode.FirstTokenFromLine));
    }

    private static string Refused(params RuntimeCell[] cells) => Assert.Throws<ArgumentException>(() => SyntheticRuntimes.Fit(cells)).Message;
}
