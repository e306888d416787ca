using Vilfredo.Studies;

namespace Vilfredo.Cli.Tests.Studies;

/// <summary>The example of the section "Gradients" in docs/study-file.md, as it stands there.</summary>
public sealed class GradientSamplerTests : IDisposable
{
    private static readonly string[] Samplers = ["mgda", "pcgrad", "cagrad", "nashmtl", "weightedsum"];
    private readonly Cli cli = new();

    public GradientSamplerTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the example uses awk");
        var page = File.ReadAllText(Path.Combine(Cli.RepositoryRoot(), "docs", "study-file.md"));
        var section = page[page.IndexOf("### Gradients", StringComparison.Ordinal)..];
        var start = section.IndexOf("```yaml", StringComparison.Ordinal) + "```yaml".Length;
        cli.With("study.yaml", section[start..section.IndexOf("\n```\n", start, StringComparison.Ordinal)]);
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public void The_example_finds_the_segment_between_its_two_points_with_reported_gradients()
    {
        var result = cli.Run("optimize", "study.yaml", "--no-report");
        Assert.True(result.ExitCode == 0, result.Error);
        var trials = cli.Read("two-points", s => s.Trials.ToArray());
        Assert.Equal(40, trials.Length);
        Assert.All(trials, t =>
        {
            var (x, y) = (t.Configuration["x"].Number, t.Configuration["y"].Number);
            Assert.Equal([2 * (x - 0.2), 2 * (y - 0.5)], t.Outcome!.Gradients[0].Select(v => Math.Round(v, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
            Assert.Equal([2 * (x - 0.8), 2 * (y - 0.5)], t.Outcome!.Gradients[1].Select(v => Math.Round(v, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
        });
        var near = trials.Count(t => Math.Abs(t.Configuration["y"].Number - 0.5) < 0.01 && t.Configuration["x"].Number is > 0.19 and < 0.81);
        Assert.True(near >= 4, $"{near} trials are near the segment");
    }

    [Fact]
    public void Every_method_is_chosen_by_its_name()
    {
        foreach (var sampler in Samplers)
        {
            Assert.Contains(sampler, Vilfredo.Studies.Samplers.Names);
            var result = cli.Run("optimize", "study.yaml", "--name", sampler, "--sampler", sampler, "--budget", "12", "--no-report");
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Equal(sampler, cli.Read(sampler, s => s.Definition.Sampler.Name));
            Assert.Equal(12, cli.Read(sampler, s => s.Trials.Count(t => t.IsFeasible)));
        }
    }

    [Fact]
    public void A_study_with_a_whole_knob_is_refused()
    {
        foreach (var sampler in Samplers)
        {
            var result = cli.With("whole.yaml", StudyFiles.Printing()).Run("optimize", "whole.yaml", "--sampler", sampler, "--no-report");
            Assert.Equal(2, result.ExitCode);
            Assert.Contains($"'{sampler}' follows gradients", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("$.gradients.other", "gradient of near: $.gradients has no member 'other'")]
    [InlineData("$.near", "gradient of near: $.near is")]
    public void A_gradient_that_is_not_there_fails_the_trial(string path, string reason)
    {
        var file = Path.Combine(cli.Directory, "study.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("$.gradients.near", path, StringComparison.Ordinal));
        cli.Run("optimize", "study.yaml", "--budget", "2", "--no-report");
        Assert.All(cli.Read("two-points", s => s.Trials.ToArray()), t => Assert.StartsWith(reason, t.Outcome!.Reason, StringComparison.Ordinal));
    }
}
