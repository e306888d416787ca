using TorchSharp;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Streams;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Streams;

public class StreamTests
{
    private static readonly DecoderConfig Shape = DecoderFamilies.Config("parallel streams");

    [Fact]
    public void One_stream_is_the_ordinary_decoder()
    {
        using var plain = new Decoder(Shape with { ParscaleN = null, ParscaleNTokens = null }, seed: 3);
        using var one = new Decoder(Shape with { ParscaleN = 1 }, seed: 3);
        Assert.Equal(plain.state_dict().Keys, one.state_dict().Keys);
        using var ids = tensor(new long[,] { { 1, 5, 2, 9 } });
        using var scope = NewDisposeScope();
        Assert.True(plain.forward(ids).equal(one.forward(ids)).all().item<bool>());
    }

    [Fact]
    public void Streams_with_equal_prefixes_have_equal_states_and_mixing_them_changes_nothing()
    {
        using var model = new Decoder(Shape, seed: 3);
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            foreach (var (_, prefix) in model.named_parameters().Where(one => one.name.Contains("prefix", StringComparison.Ordinal)))
                prefix.copy_(prefix.narrow(0, 0, 1).expand_as(prefix));
        }

        Tensor? last = null;
        var output = model.Run(new()
        {
            Ids = tensor(new long[,] { { 1, 5, 2, 9 }, { 3, 3, 8, 1 } }),
            Tap = (_, states) =>
            {
                last = states.clone().DetachFromDisposeScope();
                return states;
            },
        });
        using var kept = last!;
        var streams = kept.view(3, 2, 4, -1);
        Assert.True(streams.sub(streams.narrow(0, 0, 1)).abs().max().item<float>() < 1e-6);
        Assert.True(output.Hidden.std().item<float>() > 0);
    }

    [Fact]
    public void Weights_of_streams_sum_to_one_and_smoothing_bounds_them_from_below()
    {
        using var scope = NewDisposeScope();
        var states = randn(3, 2, 4, 8) * 100;
        var smoothed = new StreamAggregator(new(3, 1, 0.3), 8).Weights(states);
        Assert.True(smoothed.sum(-1).sub(1).abs().max().item<float>() < 1e-5);
        Assert.True(smoothed.min().item<float>() >= 0.1f - 1e-6f);
        Assert.True(new StreamAggregator(new(3, 1, 1), 8).Weights(states).sub(1f / 3).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void A_batch_is_continued_as_each_of_its_prompts_alone()
    {
        using var model = new Decoder(Shape, seed: 3);
        var generator = new TokenGenerator(model);
        var options = new GenerationOptions { MaxTokens = 6, StopTokens = [7], Sampling = SamplingOptions.Greedy };
        int[][] prompts = [[1, 2, 3], [4], [9, 9, 2, 1, 0]];
        var together = generator.Generate(prompts, options, new RandomGenerator(1));
        foreach (var (prompt, continuation) in prompts.Zip(together))
            Assert.Equal(generator.Generate([prompt], options, new RandomGenerator(1))[0].Tokens, continuation.Tokens);
    }

    [Fact]
    public void Prefixes_and_the_aggregator_get_gradients_that_finite_differences_confirm()
    {
        using var model = new Decoder(Shape, seed: 3).to(ScalarType.Float64);
        using var ids = tensor(new long[,] { { 1, 5, 2, 9 } });
        using var scope = NewDisposeScope();
        Loss().backward();
        foreach (var (name, parameter) in model.named_parameters().Where(one => one.name.Contains("prefix", StringComparison.Ordinal) || one.name.Contains("aggregate", StringComparison.Ordinal)))
        {
            var flat = parameter.detach().view(-1);
            var analytic = parameter.grad!.view(-1)[1].item<double>();
            var before = flat[1].item<double>();
            Assert.Equal((At(before + 1e-5) - At(before - 1e-5)) / 2e-5, analytic, 1e-6);
            Assert.True(analytic != 0, name);

            double At(double value)
            {
                using var none = no_grad();
                flat[1] = value;
                var loss = Loss().item<double>();
                flat[1] = before;
                return loss;
            }
        }

        Tensor Loss() => nn.functional.cross_entropy(((Decoder)model).forward(ids).view(4, -1), tensor(new long[] { 5, 2, 9, 1 }));
    }

    [Theory]
    [InlineData("parscale_n is 0", 0, 4, 0.1)]
    [InlineData("parscale_n_tokens is 0", 2, 0, 0.1)]
    [InlineData("parscale_attn_smooth is 2", 2, 4, 2)]
    public void Shapes_that_make_no_sense_are_refused(string message, int count, int prefix, double smoothing) =>
        Assert.StartsWith(message, Assert.Throws<InvalidConfigException>(() => (Shape with { ParscaleN = count, ParscaleNTokens = prefix, ParscaleAttnSmooth = smoothing }).Validate()).Message, StringComparison.Ordinal);

    [Fact]
    public void Streams_of_latents_are_refused() =>
        Assert.Contains("kv_lora_rank", Assert.Throws<InvalidConfigException>(() => (DecoderFamilies.Config("latent") with { ParscaleN = 2 }).Validate()).Message, StringComparison.Ordinal);
}
