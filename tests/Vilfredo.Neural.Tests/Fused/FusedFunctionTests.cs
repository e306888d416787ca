using System.Numerics;
using TorchSharp;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Fused;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Fused;

/// <summary>What trains in 32 bits by fused functions gives the outputs and gradients of the plain operations, which run in 64 bits.</summary>
public class FusedFunctionTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(128)]
    public void Normalisation(int size)
    {
        using var scope = NewDisposeScope();
        var module = new RmsNorm(size, 1e-5);
        Randomise(module);
        var input = randn(3, 5, size, dtype: ScalarType.Float64);
        AssertAgree(module, input, module.forward);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(344)]
    public void Gated_feed_forward(int inner)
    {
        using var scope = NewDisposeScope();
        var module = new SwiGlu(24, inner);
        var input = randn(3, 5, 24, dtype: ScalarType.Float64);
        AssertAgree(module, input, module.forward);
    }

    [Theory]
    [InlineData(4, 4, 32, 128, false)]
    [InlineData(4, 2, 32, 33, true)]
    [InlineData(6, 1, 16, 7, false)]
    [InlineData(2, 2, 64, 1, true)]
    [InlineData(2, 1, 48, 20, false)]
    [InlineData(2, 2, 16, 300, false)] // longer than the fused attention serves
    public void Attention(int heads, int keyHeads, int headSize, int length, bool bias)
    {
        using var scope = NewDisposeScope();
        var module = new GroupedQueryAttention(Shape(heads, keyHeads, headSize) with { AttentionBias = bias });
        var input = randn(2, length, heads * headSize, dtype: ScalarType.Float64);
        AssertAgree(module, input, states => module.forward(states, new(Angles(arange(length), headSize, states.dtype), null, null)));
    }

    [Fact]
    public void Attention_of_rows_at_positions_of_their_own()
    {
        using var scope = NewDisposeScope();
        var module = new GroupedQueryAttention(Shape(2, 2, 16));
        var positions = tensor(new long[,] { { 0, 1, 2, 3, 4 }, { 7, 9, 11, 2, 40 } });
        AssertAgree(module, randn(2, 5, 32, dtype: ScalarType.Float64), states => module.forward(states, new(Angles(positions, 16, states.dtype), null, null)));
    }

    [Fact]
    public void Attention_by_several_threads_and_by_one_gives_equal_bits()
    {
        using var scope = NewDisposeScope();
        var threads = get_num_threads();
        var (queries, keys, values) = (randn(2, 4, 21, 16).requires_grad_(), randn(2, 2, 21, 16).requires_grad_(), randn(2, 2, 21, 16).requires_grad_());
        try
        {
            var gradients = new[] { 1, 2 }.Select(count =>
            {
                set_num_threads(count);
                return autograd.grad([FusedAttention.apply(queries, keys, values).square().sum()], [queries, keys, values]).ToArray();
            }).ToArray();
            foreach (var (one, two) in gradients[0].Zip(gradients[1]))
                Assert.True(one.equal(two).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void A_whole_decoder()
    {
        using var scope = NewDisposeScope();
        var config = Shape(4, 2, 16) with { NumHiddenLayers = 2, VocabSize = 19 };
        var ids = randint(0, 19, [3, 11]);
        var (model, exact) = (new Decoder(config, seed: 4), new Decoder(config, seed: 4));
        exact.to(ScalarType.Float64);
        foreach (var one in new[] { model, exact })
            nn.functional.cross_entropy(one.forward(ids).flatten(0, 1), ids.flatten()).backward();
        foreach (var ((name, parameter), (_, expected)) in model.named_parameters().Zip(exact.named_parameters()))
            AssertClose(expected.grad!, parameter.grad!, name);
    }

    [Fact]
    public void Only_training_in_32_bits_by_whole_vectors_is_served()
    {
        using var scope = NewDisposeScope();
        var input = randn(2, 16).requires_grad_();
        Assert.True(TensorMemory.Serves(input, 16));
        Assert.False(TensorMemory.Serves(input, Vector<float>.Count + 1));
        Assert.False(TensorMemory.Serves(input.to(ScalarType.Float64), 16));
        using (no_grad())
            Assert.False(TensorMemory.Serves(input, 16));
    }

    [Fact]
    public void The_exponential_is_right_to_a_few_units_in_the_last_place()
    {
        var lane = new float[Vector<float>.Count];
        for (var x = -87.0; x <= 88; x += 0.0137)
        {
            Array.Fill(lane, (float)x);
            var expected = Math.Exp(lane[0]);
            Assert.True(Math.Abs(VectorMath.Exp(new(lane))[0] - expected) <= 3e-7 * expected, $"at {lane[0]}");
        }
    }

    private static DecoderConfig Shape(int heads, int keyHeads, int headSize) => new()
    {
        VocabSize = 8,
        HiddenSize = heads * headSize,
        IntermediateSize = 32,
        NumHiddenLayers = 1,
        NumAttentionHeads = heads,
        NumKeyValueHeads = keyHeads,
    };

    private static RotaryAngles Angles(Tensor positions, int headSize, ScalarType type) => RotaryAngles.At(positions, headSize, 10_000, type);

    private static void Randomise(nn.Module module)
    {
        using var noGradient = no_grad();
        foreach (var parameter in module.parameters())
            parameter.normal_(1, 0.3);
    }

    /// <summary>Runs the module in 32 bits, then in 64.</summary>
    private static void AssertAgree(nn.Module module, Tensor input, Func<Tensor, Tensor> run)
    {
        var (output, gradients) = Run(ScalarType.Float32);
        var (exact, expected) = Run(ScalarType.Float64);
        AssertClose(exact, output, "output");
        foreach (var ((name, gradient), (_, exactGradient)) in gradients.Zip(expected))
            AssertClose(exactGradient, gradient, name);

        (Tensor Output, (string Name, Tensor Gradient)[] Gradients) Run(ScalarType type)
        {
            module.to(type);
            module.zero_grad();
            var states = input.to(type).detach().requires_grad_();
            var result = run(states);
            result.mul(result).sum().backward();
            return (result, [("input", states.grad!), .. module.named_parameters().Select(one => (one.name, one.parameter.grad!.clone()))]);
        }
    }

    private static void AssertClose(Tensor expected, Tensor actual, string name)
    {
        var difference = expected.sub(actual.to(ScalarType.Float64)).abs().max().item<double>();
        var size = expected.abs().max().item<double>();
        Assert.True(difference <= 2e-5 * size + 1e-7, $"{name}: {difference} at {size}");
    }
}
