using TorchSharp;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Experts;

public class BiasBalancerTests
{
    private static readonly ExpertShape Shape = new() { Routed = 4, PerToken = 1, Width = 1, Scoring = ScoringFunction.Sigmoid };

    [Fact]
    public void Busy_experts_fall_and_idle_ones_rise_by_the_rate_about_an_unmoved_mean()
    {
        using var scope = NewDisposeScope();
        using var router = new Router(2, Shape);
        using var balancer = new BiasBalancer([router]) { Rate = 0.1 };
        // Loads 5, 2, 1, 0 against a mean of 2: directions -1, 0, 1, 1, whose mean is 1/4. Two passes make up the step.
        balancer.Observe([Sent(0, 0, 0, 1)]);
        balancer.Observe([Sent(0, 0, 1, 2)]);
        balancer.Step();
        AssertBias([-0.125, -0.025, 0.075, 0.075], router);
        balancer.Step();
        AssertBias([-0.125, -0.025, 0.075, 0.075], router);
    }

    [Fact]
    public void The_plain_form_moves_every_expert_by_the_rate_or_not_at_all()
    {
        using var scope = NewDisposeScope();
        using var router = new Router(2, Shape);
        using var balancer = new BiasBalancer([router]) { Rate = 0.1, Centred = false };
        balancer.Observe([Sent(0, 0, 0, 1, 0, 0, 1, 2)]);
        balancer.Step();
        AssertBias([-0.1, 0, 0.1, 0.1], router);
    }

    [Fact]
    public void A_router_that_favours_one_expert_is_balanced_after_some_steps()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var generator = new Generator(5);
        using var router = new Router(8, Shape);
        router.Weight.normal_(0, 0.3, generator).narrow(0, 2, 1).add_(0.3);
        using var balancer = new BiasBalancer([router]) { Rate = 0.01 };
        var tokens = empty(400, 8).normal_(0.3, 1, generator);
        var before = router.forward(tokens).MaximalViolation();
        for (var step = 0; step < 100; step++)
        {
            using var routing = router.forward(tokens);
            balancer.Observe([routing]);
            balancer.Step();
        }

        Assert.True(before > 0.8, $"{before}");
        Assert.InRange(router.forward(tokens).MaximalViolation(), 0, 0.25);
        Assert.True(Math.Abs(router.Bias!.mean().item<float>()) < 1e-6);
    }

    [Fact]
    public void It_follows_a_decoder_and_refuses_routers_without_a_bias()
    {
        using var scope = NewDisposeScope();
        var config = new DecoderConfig { VocabSize = 9, HiddenSize = 8, IntermediateSize = 8, NumHiddenLayers = 2, NumAttentionHeads = 2, NumExperts = 4, NumExpertsPerTok = 2, MoeIntermediateSize = 4 };
        using var model = new Decoder(config with { ScoringFunc = "sigmoid" });
        using var balancer = new BiasBalancer(model);
        var ids = tensor(new long[,] { { 1, 2, 3, 4, 5 } });
        Assert.Throws<ArgumentException>(() => balancer.Observe(model.Run(new() { Ids = ids }).Routings));
        balancer.Observe(model.Run(new() { Ids = ids, KeepsRoutings = true }).Routings);
        balancer.Step();
        Assert.All(model.Layers, layer => Assert.True(((MixtureOfExperts)layer.FeedForward).Router.Bias!.abs().max().item<float>() > 0));

        using var softmax = new Decoder(config);
        Assert.Contains("scoring_func", Assert.Throws<ArgumentException>(() => new BiasBalancer(softmax)).Message, StringComparison.Ordinal);
    }

    private static Routing Sent(params long[] experts) =>
        new(tensor(experts).unsqueeze(1), ones(experts.Length, 1), ones(experts.Length, 4), ones(experts.Length, 4));

    private static void AssertBias(double[] expected, Router router) =>
        Assert.All(expected.Zip(router.Bias!.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
}
