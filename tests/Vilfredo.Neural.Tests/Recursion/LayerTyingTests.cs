using TorchSharp;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Recursion;

public class LayerTyingTests
{
    private static readonly DecoderConfig Eight = DecoderFamilies.Llama with { NumHiddenLayers = 8 };

    [Theory]
    [InlineData(SharedLayerStart.Stepwise, new[] { 1, 6 })]
    [InlineData(SharedLayerStart.Lower, new[] { 1, 2 })]
    [InlineData(SharedLayerStart.Upper, new[] { 5, 6 })]
    public void A_middle_cycle_begins_with_the_layers_of_its_scheme(SharedLayerStart start, int[] shared)
    {
        using var scope = NewDisposeScope();
        using var source = new Decoder(Eight, seed: 3);
        using var tied = LayerTying.Tie(source, new() { Recursions = 3, Routing = new() }, start, seed: 4);
        var (from, to) = (source.state_dict(), tied.state_dict());
        int[] layers = [0, .. shared, 7];
        foreach (var (name, tensor) in to.Where(one => !one.Key.Contains("mor_", StringComparison.Ordinal)))
        {
            var parts = name.Split('.');
            if (parts[1] == "layers")
                parts[2] = layers[int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)].ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(tensor.equal(from[string.Join('.', parts)]).all().item<bool>(), name);
        }
    }

    [Fact]
    public void The_average_is_over_the_layers_that_become_one()
    {
        using var scope = NewDisposeScope();
        using var source = new Decoder(Eight, seed: 3);
        using var cycle = LayerTying.Tie(source, new() { Recursions = 3 }, SharedLayerStart.Average);
        using var sequence = LayerTying.Tie(source, new() { Recursions = 3, Sharing = LayerSharing.MiddleSequence }, SharedLayerStart.Average);
        Tensor Mean(params int[] layers) => stack([.. layers.Select(layer => source.state_dict()[$"model.layers.{layer}.mlp.up_proj.weight"])]).mean([0]);
        DecoderTests.AssertClose(Mean(1, 3, 5), cycle.state_dict()["model.layers.1.mlp.up_proj.weight"]);
        DecoderTests.AssertClose(Mean(1, 2, 3), sequence.state_dict()["model.layers.1.mlp.up_proj.weight"]);
    }

    [Theory]
    [InlineData(SharedLayerStart.Stepwise)]
    [InlineData(SharedLayerStart.Average)]
    public void Nothing_that_is_shared_leaves_the_decoder_as_it_is(SharedLayerStart start)
    {
        using var scope = NewDisposeScope();
        using var source = new Decoder(Eight, seed: 3);
        using var once = LayerTying.Tie(source, new() { Recursions = 1 }, start);
        using var separate = LayerTying.Tie(source, new() { Recursions = 3, Sharing = LayerSharing.Separate }, start);
        var ids = DecoderTests.Ids(2, 6);
        Assert.True(source.forward(ids).equal(once.forward(ids)).all().item<bool>());
        Assert.True(source.forward(ids).equal(separate.forward(ids)).all().item<bool>());
    }

    [Fact]
    public void A_recursive_decoder_whose_layers_were_equal_computes_what_the_source_did()
    {
        using var scope = NewDisposeScope();
        using var recursive = new Decoder(Eight with { Recursion = new() { Recursions = 3 } }, seed: 3);
        using var unrolled = new Decoder(Eight);
        int[] stored = [.. LayerPlan.Of(recursive.Config).Stored];
        using (no_grad())
        {
            foreach (var (name, tensor) in unrolled.state_dict())
            {
                var parts = name.Split('.');
                if (parts[1] == "layers")
                    parts[2] = stored[int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)].ToString(System.Globalization.CultureInfo.InvariantCulture);
                tensor.copy_(recursive.state_dict()[string.Join('.', parts)]);
            }
        }

        using var tied = LayerTying.Tie(unrolled, new() { Recursions = 3 }, SharedLayerStart.Average);
        var ids = DecoderTests.Ids(2, 6);
        DecoderTests.AssertClose(unrolled.forward(ids), tied.forward(ids));
    }

    [Fact]
    public void What_is_recursive_already_or_does_not_divide_is_refused()
    {
        using var recursive = new Decoder(Eight with { Recursion = new() { Recursions = 3 } });
        Assert.Contains("recursions already", Assert.Throws<ArgumentException>(() => LayerTying.Tie(recursive, new() { Recursions = 2 })).Message, StringComparison.Ordinal);
        using var source = new Decoder(Eight);
        Assert.Throws<InvalidConfigException>(() => LayerTying.Tie(source, new() { Recursions = 4 }));
    }
}
