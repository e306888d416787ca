using Vilfredo.Benchmarks.Sorting;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Benchmarks.Neural;

/// <summary>Where the time of a training step goes: each part alone, forward and backward, with the shapes it has in the step.</summary>
internal static class DecoderParts
{
    public static void Print(DecoderConfig shape, int batch, int length, TimeSpan budget)
    {
        var (width, inner, heads) = (shape.HiddenSize, shape.IntermediateSize, shape.NumAttentionHeads);
        using var scope = NewDisposeScope();
        var states = randn(batch, length, width).requires_grad_();
        var wide = randn(batch, length, inner).requires_grad_();
        var queries = randn(batch, heads, length, width / heads).requires_grad_();
        var keys = randn(batch, heads, length, width / heads).requires_grad_();
        var values = randn(batch, heads, length, width / heads).requires_grad_();
        var targets = randint(0, shape.VocabSize, [batch * length]);
        using var rotary = RotaryAngles.At(arange(length), width / heads, 10_000, ScalarType.Float32);
        using var norm = new RmsNorm(width, 1e-5);
        using var square = nn.Linear(width, width, hasBias: false);
        using var up = nn.Linear(width, inner, hasBias: false);
        using var down = nn.Linear(inner, width, hasBias: false);
        using var head = nn.Linear(width, shape.VocabSize, hasBias: false);

        Console.WriteLine("| part | ms | times per step | ms per step |");
        Console.WriteLine("|---|---:|---:|---:|");
        var layers = shape.NumHiddenLayers;
        var total = 0.0;
        Part("projections of the attention, width to width", 4 * layers, () => square.forward(states));
        Part("gate and up projection", 2 * layers, () => up.forward(states));
        Part("down projection", layers, () => down.forward(wide));
        Part("attention itself (not counted by the rule of 6 operations)", layers, () => nn.functional.scaled_dot_product_attention(queries, keys, values, null, 0, true));
        Part("rotation of queries or keys", 2 * layers, () => rotary.Rotate(queries));
        Part("silu and product", layers, () => nn.functional.silu(wide).mul(wide));
        Part("normalisation", 2 * layers + 1, () => norm.forward(states));
        Part("head and loss", 1, () => nn.functional.cross_entropy(head.forward(states).view(-1, shape.VocabSize), targets));
        Console.WriteLine(FormattableString.Invariant($"| sum | | | {total:0} |"));

        void Part(string name, int times, Func<Tensor> forward)
        {
            var (one, _) = Timing.Interleaved(budget / 8, () =>
            {
                using var step = NewDisposeScope();
                var result = forward();
                result.backward([ones_like(result)]);
            });
            total += one * times;
            Console.WriteLine(FormattableString.Invariant($"| {name} | {one:0.0} | {times} | {one * times:0} |"));
        }
    }
}
