using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static Vilfredo.Neural.Tests.Transformers.DecoderTests;

namespace Vilfredo.Neural.Tests.Recursion;

public class MixtureOfRecursionsTests
{
    private static readonly int[] Sequence = [3, 0, 18, 7, 7, 1, 12, 4, 9];

    private static readonly DepthSelection ByCapacity = new() { ByCapacity = true };

    [Theory]
    [MemberData(nameof(DecoderFamilies.Routed), MemberType = typeof(DecoderFamilies))]
    public void Logits_agree_with_an_independent_computation_in_64_bits_when_tokens_go_on_by_themselves(string family) => AssertAgrees(family, null);

    [Theory]
    [MemberData(nameof(DecoderFamilies.Routed), MemberType = typeof(DecoderFamilies))]
    public void Logits_agree_with_an_independent_computation_in_64_bits_when_recursions_pick_up_to_their_capacity(string family) => AssertAgrees(family, ByCapacity);

    [Theory]
    [MemberData(nameof(DecoderFamilies.Routed), MemberType = typeof(DecoderFamilies))]
    public void Reading_in_pieces_with_a_cache_gives_the_logits_of_reading_at_once(string family)
    {
        using var scope = NewDisposeScope();
        using var model = Precise(family);
        var ids = Ids(3, 9);
        var whole = model.Run(new() { Ids = ids, KeepsRoutings = true });
        using var cache = model.NewCache();
        var pieces = new[] { (0, 4), (4, 1), (5, 3), (8, 1) }.Select(piece => model.Run(new() { Ids = ids.narrow(1, piece.Item1, piece.Item2), Cache = cache }).Logits).ToArray();
        AssertClose(whole.Logits, cat(pieces, 1));
        Assert.Equal(HeldBytes(model.Config, whole.Depths!), cache.Bytes);
        Assert.True(Depths(whole).Distinct().Count() > 1, "All tokens take the same number of recursions.");
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Routed), MemberType = typeof(DecoderFamilies))]
    public void Padding_on_the_left_changes_nothing(string family)
    {
        using var scope = NewDisposeScope();
        using var model = Precise(family);
        var ids = Ids(1, 6);
        var padded = cat([full(1, 3, 5L, dtype: ScalarType.Int64), ids], 1);
        var visible = tensor(new[] { false, false, false, true, true, true, true, true, true }).unsqueeze(0);
        var expected = model.forward(ids);
        AssertClose(expected, model.Run(new() { Ids = padded, Visible = visible }).Logits.narrow(1, 3, 6));
        AssertClose(model.Run(new() { Ids = ids, Depths = ByCapacity }).Logits, model.Run(new() { Ids = padded, Visible = visible, Depths = ByCapacity }).Logits.narrow(1, 3, 6));

        using var cache = model.NewCache();
        model.Run(new() { Ids = padded.narrow(1, 0, 7), Visible = visible.narrow(1, 0, 7), Cache = cache });
        AssertClose(expected.narrow(1, 4, 2), model.Run(new() { Ids = padded.narrow(1, 7, 2), Cache = cache }).Logits);
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Routed), MemberType = typeof(DecoderFamilies))]
    public void Rows_of_a_cache_are_selected_and_cut_with_the_tokens_of_their_recursions(string family)
    {
        using var scope = NewDisposeScope();
        using var model = Precise(family);
        var ids = Ids(3, 9);
        var order = tensor(new long[] { 2, 0, 0, 1 });
        var expected = model.forward(ids).index_select(0, order).narrow(1, 4, 5);
        using var cache = model.NewCache();
        model.Run(new() { Ids = ids.narrow(1, 0, 4), Cache = cache });
        model.Run(new() { Ids = Ids(3, 5), Cache = cache });
        cache.Truncate(6);
        cache.SelectRows([2, 0, 0, 1]);
        cache.Truncate(4);
        AssertClose(expected, model.Run(new() { Ids = ids.index_select(0, order).narrow(1, 4, 5), Cache = cache }).Logits);
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Routed), MemberType = typeof(DecoderFamilies))]
    public void Tokens_that_go_on_by_themselves_see_no_future(string family)
    {
        using var scope = NewDisposeScope();
        using var model = Model(family);
        var ids = Ids(2, 9);
        var changed = ids.clone();
        changed.narrow(1, 6, 3).fill_(2);
        AssertClose(model.forward(ids).narrow(1, 0, 6), model.forward(changed).narrow(1, 0, 6));
        if (model.Config.Recursion!.Routing!.Choice == RoutingChoice.Expert)
        {
            // Capacity looks ahead: who is picked depends on who comes later.
            var (one, other) = (model.Run(new() { Ids = ids, Depths = ByCapacity }).Logits, model.Run(new() { Ids = changed, Depths = ByCapacity }).Logits);
            Assert.True((one - other).narrow(1, 0, 6).abs().max().item<float>() > 1e-3);
        }
    }

    [Theory]
    [InlineData(KeyValueSharing.RecursionWise)]
    [InlineData(KeyValueSharing.Shared)]
    public void All_tokens_in_every_recursion_whose_output_replaces_the_state_are_the_recursive_decoder(KeyValueSharing keyValues)
    {
        using var scope = NewDisposeScope();
        var config = DecoderFamilies.Config("expert choice");
        config = config with { Recursion = config.Recursion! with { KeyValues = keyValues, Routing = new() { Update = RoutedUpdate.Replacement, Capacities = [1, 1, 1] } } };
        using var routed = new Decoder(config, seed: 2);
        using var recursive = new Decoder(config with { Recursion = config.Recursion! with { Routing = null } });
        Copy(routed, recursive);
        var ids = Ids(2, 7);
        AssertClose(recursive.forward(ids), routed.Run(new() { Ids = ids, Depths = ByCapacity }).Logits);
        AssertClose(recursive.forward(ids), routed.Run(new() { Ids = ids, Depths = new() { Threshold = -1 } }).Logits);
        Assert.True((recursive.forward(ids) - routed.Run(new() { Ids = ids, Depths = new() { MaximumDepth = 2 } }).Logits).abs().max().item<float>() > 1e-3);
    }

    [Fact]
    public void Tokens_that_all_choose_the_last_recursion_are_the_recursive_decoder_and_the_first_one_pass()
    {
        using var scope = NewDisposeScope();
        var config = DecoderFamilies.Config("token choice");
        config = config with { Recursion = config.Recursion! with { Routing = config.Recursion.Routing! with { Update = RoutedUpdate.Replacement, BalancesByBias = true } } };
        using var routed = new Decoder(config, seed: 2);
        using var recursive = new Decoder(config with { Recursion = config.Recursion! with { Routing = null } });
        using var once = new Decoder(config with { NumHiddenLayers = 4, Recursion = null });
        Copy(routed, recursive);
        Copy(routed, once);
        var ids = Ids(2, 7);
        routed.DepthBias!.copy_(tensor(new[] { 0f, 0, 5 }));
        AssertClose(recursive.forward(ids), routed.forward(ids));
        routed.DepthBias!.copy_(tensor(new[] { 5f, 0, 0 }));
        AssertClose(once.forward(ids), routed.forward(ids));
    }

    [Fact]
    public void Tokens_of_a_recursion_are_among_those_of_the_one_before_and_others_do_not_matter_to_them()
    {
        using var scope = NewDisposeScope();
        using var model = Model("expert choice");
        var output = model.Run(new() { Ids = Ids(2, 9), Depths = ByCapacity, KeepsRoutings = true });
        Assert.Equal([18L, 12, 6], output.Depths!.Steps.Select(step => step.Chosen.sum().item<long>()));
        Assert.Equal([18L, 18, 12], output.Depths.Steps.Select(step => step.Candidates.sum().item<long>()));
        Assert.Equal(2, output.Depths.Statistics().MeanDepth);
    }

    [Fact]
    public void Random_picks_take_as_many_tokens_as_the_capacity_whatever_their_scores()
    {
        using var scope = NewDisposeScope();
        using var model = Model("expert choice");
        var ids = Ids(64, 9);
        var random = new RandomGenerator(1);
        long[] Taken(DepthSelection selection) => [.. model.Run(new() { Ids = ids, Depths = selection, KeepsRoutings = true }).Depths!.Depths.data<long>()];
        var picked = Taken(new() { ByCapacity = true, Random = random });
        Assert.All(Enumerable.Range(0, 64), row => Assert.Equal([9, 6, 3], Enumerable.Range(1, 3).Select(depth => picked.Skip(9 * row).Take(9).Count(taken => taken >= depth))));
        // Of 576 places each is in the last recursion with probability 1/3.
        Assert.InRange(picked.Index().Where(one => one.Item == 3).Select(one => one.Index % 9).Distinct().Count(), 9, 9);
        Assert.NotEqual(picked, Taken(new() { ByCapacity = true, Random = random }));
        Assert.Equal(picked, Taken(new() { ByCapacity = true, Random = new RandomGenerator(1) }));
        var free = Taken(new() { Random = random });
        Assert.InRange(free.Count(taken => taken >= 2) / 576.0, 0.58, 0.75);
        Assert.InRange(free.Count(taken => taken >= 3) / 576.0, 0.25, 0.42);
        using var choosing = Model("token choice");
        Assert.Contains("Random", Assert.Throws<ArgumentException>(() => choosing.Run(new() { Ids = ids, Depths = new() { Random = random } })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, 1, 4)]
    [InlineData(128, 1, 85)]
    [InlineData(2, 2, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(0, 0, 0)]
    public void Capacities_are_rounded_down_without_error_of_rounding(int length, int recursion, int expected) =>
        Assert.Equal(expected, ExpertChoice.Capacity(new(), recursion, 3, length, 0));

    [Fact]
    public void Slack_raises_capacities_towards_one()
    {
        Assert.Equal(100, ExpertChoice.Capacity(new(), 2, 3, 100, 1));
        Assert.Equal(60, ExpertChoice.Capacity(new() { Capacities = [1, 0.2] }, 1, 2, 100, 0.5));
    }

    [Theory]
    [InlineData("expert choice", true)]
    [InlineData("expert choice with shared keys", true)]
    [InlineData("expert choice with shared latents", true)]
    [InlineData("auxiliary router", true)]
    [InlineData("token choice", false)]
    [InlineData("token choice with shared keys", false)]
    public void Gradients_of_logits_and_routing_losses_agree_with_finite_differences(string family, bool byCapacity)
    {
        using var scope = NewDisposeScope();
        using var model = new Decoder(DecoderFamilies.Config(family) with { HiddenSize = 8, IntermediateSize = 12, NumAttentionHeads = 2, NumKeyValueHeads = 1, VocabSize = 7, InitializerRange = 0.2 }, seed: 3);
        model.to(ScalarType.Float64);
        var ids = tensor(new long[,] { { 1, 5, 2, 0, 6, 3 }, { 4, 6, 0, 1, 2, 5 } });
        // The auxiliary router reads states from which no gradient flows back; differences would see one, so its loss is left out here.
        var samples = model.Config.Recursion!.Routing!.AuxiliaryRouter ? 0 : 0.3;
        FiniteDifferences.AssertAgree(model, () =>
        {
            var output = model.Run(new() { Ids = ids, Depths = new() { ByCapacity = byCapacity }, KeepsRoutings = true });
            return nn.functional.cross_entropy(output.Logits.view(12, 7), ids.roll(-1, 1).view(12))
                + output.Depths!.SamplingLoss() * samples + output.Depths.BalanceLoss() * 0.2 + output.Depths.ZLoss() * 0.1;
        });
    }

    [Fact]
    public void The_auxiliary_router_learns_without_moving_the_model()
    {
        using var scope = NewDisposeScope();
        using var model = Model("auxiliary router");
        model.Run(new() { Ids = Ids(2, 9), Depths = ByCapacity, KeepsRoutings = true }).Depths!.SamplingLoss().backward();
        foreach (var (name, parameter) in model.named_parameters())
            Assert.Equal(name.Contains("auxiliary", StringComparison.Ordinal), parameter.grad is { } gradient && gradient.abs().max().item<float>() > 0);
    }

    [Fact]
    public void Losses_and_statistics_of_routings_have_their_values()
    {
        using var scope = NewDisposeScope();
        var step = new DepthStep(tensor(new[,] { { 2.0, -1, 7 } }), tensor(new[,] { { true, true, false } }), tensor(new[,] { { true, false, false } }), null);
        var routing = new DepthRouting(tensor(new long[,] { { 1, 0, 2 }, { 2, 1, 0 } }), 2) { Steps = [step, step] };
        Assert.Equal(2 * (Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(-1))) / 2, routing.SamplingLoss().item<double>(), 1e-12);
        Assert.Equal(2 * (4 + 1) / 2.0, routing.ZLoss().item<double>(), 1e-12);
        Assert.Equal(0, routing.BalanceLoss().item<double>());
        var statistics = routing.Statistics();
        Assert.Equal((1.5, 1), (statistics.MeanDepth, statistics.SamplingAccuracies[0]));
        Assert.Equal(1 / 3.0, statistics.DeadTokenRatio, 1e-12);

        var even = full([4, 2], 0.5, dtype: ScalarType.Float64);
        var choices = new DepthRouting(ones(1, 4, dtype: ScalarType.Int64), 2) { Choices = new(tensor(new long[] { 0, 1, 0, 1 }).unsqueeze(1), even.narrow(1, 0, 1), even, even.log()) };
        Assert.Equal(1, choices.BalanceLoss().item<double>(), 1e-12);
        Assert.Equal((Math.Log(2), 0), (choices.Statistics().Entropy!.Value, choices.Statistics().MaximalViolation!.Value));
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Routed), MemberType = typeof(DecoderFamilies))]
    public void Parameters_are_those_of_the_live_model(string family)
    {
        using var model = Model(family);
        var counted = new DecoderCosts(model.Config).Parameters;
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), counted.Total);
        Assert.Equal(model.named_parameters().Where(one => one.name.Contains("mor_", StringComparison.Ordinal)).Sum(one => one.parameter.numel()), counted.DepthRouting);
    }

    [Theory]
    [InlineData("expert choice")]
    [InlineData("expert choice of a cycle")]
    [InlineData("auxiliary router")]
    [InlineData("tanh")]
    [InlineData("separate blocks")]
    public void Operations_by_capacity_are_those_that_a_plain_computation_executes(string family)
    {
        using var model = Model(family);
        var reference = new ReferenceDecoder(model.Config, Weights(model), ByCapacity);
        reference.Logits(Sequence);
        Assert.Equal(2 * reference.MultiplyAdds, new DecoderCosts(model.Config).Forward(Sequence.Length).TotalFlops);
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Routed), MemberType = typeof(DecoderFamilies))]
    public void Tokens_that_take_every_recursion_cost_what_a_plain_computation_executes_and_reading_in_pieces_costs_the_same(string family)
    {
        using var model = Model(family);
        var routing = model.Config.Recursion!.Routing!;
        if (routing.Choice == RoutingChoice.Token)
            return; // which tokens choose themselves; the next test holds their cache and operations against what they chose
        var all = new DecoderCosts(model.Config) { DepthShares = [1, 1, 1] };
        var open = model.Config with { Recursion = model.Config.Recursion with { Routing = routing with { Capacities = [1, 1, 1] } } };
        var reference = new ReferenceDecoder(open, Weights(model), ByCapacity);
        reference.Logits(Sequence);
        Assert.Equal(2 * reference.MultiplyAdds, all.Forward(Sequence.Length).TotalFlops);
        Assert.Equal(all.CachedNumbersPerToken * 9 * 4, all.CacheBytes(9));
        if (model.Config.Latent is null)
            Assert.Equal(all.Forward(9).TotalFlops, all.Forward(5).TotalFlops + all.Forward(1, 5).TotalFlops + all.Forward(3, 6).TotalFlops);
    }

    [Theory]
    [InlineData("token choice")]
    [InlineData("token choice by sigmoids")]
    [InlineData("expert choice")]
    public void Shares_as_measured_give_the_operations_and_bytes_of_the_tokens_that_took_part(string family)
    {
        using var scope = NewDisposeScope();
        using var model = Model(family);
        var reference = new ReferenceDecoder(model.Config, Weights(model));
        reference.Logits(Sequence);
        var costs = new DecoderCosts(model.Config) { DepthShares = [.. Enumerable.Range(1, 3).Select(depth => reference.Depths.Count(taken => taken >= depth) / (double)Sequence.Length)] };
        Assert.Equal(2 * reference.MultiplyAdds, costs.Forward(Sequence.Length).TotalFlops);
        using var cache = model.NewCache();
        model.Run(new() { Ids = tensor(Sequence.Select(id => (long)id).ToArray()).unsqueeze(0), Cache = cache });
        Assert.Equal(cache.Bytes, costs.CacheBytes(Sequence.Length));
    }

    [Fact]
    public void Three_recursions_of_the_dossiers_shape_take_0_74_of_the_operations_and_two_thirds_of_the_recursive_cache()
    {
        var vanilla = new DecoderConfig { HiddenSize = 128, IntermediateSize = 344, NumHiddenLayers = 8, NumAttentionHeads = 4 };
        var mixture = new DecoderCosts(vanilla with { Recursion = new() { Recursions = 3, Routing = new() } });
        var ratio = (double)mixture.Forward(128).FlopsWithoutVocabulary / new DecoderCosts(vanilla).Forward(128).FlopsWithoutVocabulary;
        Assert.Equal(0.74, ratio, 0.005);
        // 126 tokens: 126, 84 and 42 in two layers each, beside two ordinary layers.
        Assert.Equal(4L * 256 * (2 * 126 + 2 * (126 + 84 + 42)), mixture.CacheBytes(126));
    }

    private static Decoder Precise(string family)
    {
        var model = Model(family);
        model.to(ScalarType.Float64);
        return model;
    }

    private static void AssertAgrees(string family, DepthSelection? selection)
    {
        using var scope = NewDisposeScope();
        using var model = Model(family);
        var reference = new ReferenceDecoder(model.Config, Weights(model), selection);
        var expected = reference.Logits(Sequence).SelectMany(row => row).ToArray();
        var output = model.Run(new() { Ids = tensor(Sequence.Select(id => (long)id).ToArray()).unsqueeze(0), Depths = selection, KeepsRoutings = true });
        Assert.Equal(reference.Depths.Select(depth => (long)depth), Depths(output));
        Assert.True(expected.Max(Math.Abs) > 0.1);
        Assert.All(expected.Zip(output.Logits.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private static long[] Depths(DecoderOutput output) => output.Depths!.Depths.data<long>().ToArray();

    private static long HeldBytes(DecoderConfig config, DepthRouting routing)
    {
        var perToken = sizeof(double) * (config.Latent?.CachedSize ?? 2L * config.KeyValueHeads * config.HeadSize);
        var (plan, depths) = (LayerPlan.Of(config), routing.Depths.data<long>().ToArray());
        return plan.CachedDepths.Sum(depth => depth is { } number ? depths.Count(taken => taken > number) : depths.Length) * perToken;
    }

    private static void Copy(Decoder from, Decoder to)
    {
        using var noGradient = no_grad();
        var weights = from.state_dict();
        foreach (var (name, tensor) in to.state_dict())
            tensor.copy_(weights[name]);
    }
}
