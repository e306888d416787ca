using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.IdealizedRuntime.Comparison;
using Vilfredo.Measurement.Portfolios;

namespace Vilfredo.Measurement.Tests.IdealizedRuntime;

public class ComparisonTests
{
    // Architectures whose profiles are published: hidden size, layers, name.
    private static readonly (int HiddenSize, int Layers, string Model)[] Architectures =
    [
        (4096, 28, "together/gpt-j-6b"), (4096, 32, "ai21/j1-large"), (5120, 50, "ai21/j1-grande"), (6144, 44, "together/gpt-neox-20b"),
        (9216, 64, "together/opt-66b"), (10240, 80, "together/yalm"), (12288, 96, "together/opt-175b"), (14336, 70, "together/bloom"),
        (13824, 76, "ai21/j1-jumbo"), (20480, 105, "microsoft/TNLGv2_530B"),
    ];

    [Fact]
    public void Twice_the_price_doubles_the_money_and_the_notebooks_cents_are_reproduced()
    {
        var davinci = new AcceleratorSetup(8, AcceleratorSetup.PaperA100);
        Assert.Equal(5 * 8 * 4.096 / 36, 100 * davinci.Cost(5).Amount, 1e-9);
        Assert.Equal(2 * davinci.Cost(5).Amount, new AcceleratorSetup(8, 2 * AcceleratorSetup.PaperA100).Cost(5).Amount, 1e-12);
        Assert.Equal(5 * 8 * 400, new AcceleratorSetup(8, 0, 400).Joules(5));
    }

    [Fact]
    public void The_175B_endpoint_was_faster_than_its_architecture_on_the_reference()
    {
        TokenQuery[] queries = [new(512, 64), new(1024, 16)];
        Assert.True(PublishedProfiles.Denoised().TryGet("openai/davinci", out var denoised));
        Assert.True(PublishedProfiles.Idealized().TryGet("openai/davinci", out var idealized));
        var comparison = RuntimeComparison.Of(20, queries, denoised, idealized);
        Assert.Equal(20 / denoised.Total(queries), comparison.Contention, 1e-12);
        Assert.InRange(comparison.ProviderSpeedup, 1.5, 3);
        Assert.Equal(2.7, idealized.SecondsPerOutputToken / denoised.SecondsPerOutputToken, 0.01);
        Assert.Equal(0.25, RuntimeComparison.OfBatch(8, 32));
    }

    [Fact]
    public void Equally_capable_models_stay_under_the_notebooks_rule_and_one_of_them_under_strict_dominance()
    {
        Assert.Equal([0, 1], CapabilityFrontier.Keep([1, 2], [0.7, 0.7]));
        var strict = new Frontier(
            [Objective.Minimize("cost"), Objective.Maximize("capability")],
            [new(ConfigurationKey.Of(("model", "a")), [1, 0.7]), new(ConfigurationKey.Of(("model", "b")), [2, 0.7])]);
        Assert.Single(strict.NonDominated);
        Assert.Equal([2, 0, 3], CapabilityFrontier.Keep([2, 3, 1, 4], [0.6, 0.5, 0.4, 0.9]));
        Assert.Equal([0, 1], CapabilityFrontier.Keep([1, 1], [0.5, 0.6]));
        Assert.Empty(CapabilityFrontier.Keep([], []));
    }

    [Fact]
    public void Floating_point_operations_follow_the_two_counts()
    {
        var shape = new DecoderShape(4, 2, 10);
        Assert.Equal(24.0 * 16 * 2 * (3 + 5 - 1), shape.HelmFlops(3, 5));
        Assert.Equal(shape.HelmFlops(3, 1), shape.HelmFlops(3, 0));
        Assert.Equal(shape.HelmFlops(3, 1) + 4.0 * 4 * 2 * 9 + 2.0 * 4 * 10, shape.FullFlops(3, 1));
        Assert.Equal(shape.HelmFlops(3, 3) + 4.0 * 4 * 2 * (9 + 4 + 5) + 2.0 * 4 * 10 * 3, shape.FullFlops(3, 3));
        Assert.Equal(12.0 * 16 * 2 + 40, shape.Parameters);
        Assert.Equal(shape.FullFlops(3, 3) / 100, shape.ComputeRoofline(3, 3, 100));
        Assert.Equal(2 * shape.Parameters / 50, shape.BandwidthRoofline(2, 50));
    }

    [Fact]
    public void Parameters_do_not_order_the_published_times_per_token()
    {
        var profiles = PublishedProfiles.Idealized();
        double[] times = [.. Architectures.Select(a => profiles.TryGet(a.Model, out var profile) ? profile.SecondsPerOutputToken : double.NaN)];
        double[] parameters = [.. Architectures.Select(a => new DecoderShape(a.HiddenSize, a.Layers).Parameters)];
        double[] layers = [.. Architectures.Select(a => (double)a.Layers)];
        Assert.InRange(RankingMetrics.RankCorrelation(times, parameters), 0.8, 0.999);
        Assert.True(RankingMetrics.RankCorrelation(times, layers) > RankingMetrics.RankCorrelation(times, parameters));

        // 176 billion parameters in 70 layers take less per token than 175 in 96.
        Assert.True(parameters[7] / parameters[6] is > 0.9 and < 1.1);
        Assert.True(times[7] < 0.8 * times[6]);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new RuntimeComparison(0, 1, 1));
        Assert.Throws<ArgumentException>(() => CapabilityFrontier.Keep([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => CapabilityFrontier.Keep([double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AcceleratorSetup(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AcceleratorSetup(1, 1).Cost(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecoderShape(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RuntimeComparison.OfBatch(1, 0));
    }
}
