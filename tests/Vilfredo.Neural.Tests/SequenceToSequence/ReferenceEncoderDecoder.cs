using Vilfredo.Neural.Attention;
using Vilfredo.Neural.SequenceToSequence;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.SequenceToSequence;

/// <summary>The definition with loops over numbers of 64 bits, which counts its multiplications.</summary>
internal sealed class ReferenceEncoderDecoder(EncoderDecoderConfig config, Dictionary<string, Tensor> weights)
{
    public long MultiplyAdds { get; private set; }

    public double[] Logits(int[] source, int[] target)
    {
        var states = Stack("encoder", config.NumLayers, source, null);
        var written = Stack("decoder", config.NumDecoderLayers, target, states);
        return [.. written.SelectMany(row => Times("shared", [.. row.Select(value => value / Math.Sqrt(config.DModel))]))];
    }

    private double[][] Stack(string name, int blocks, int[] ids, double[][]? source)
    {
        var embedding = Matrix("shared");
        double[][] x = [.. ids.Select(id => embedding[id])];
        var biases = Matrix($"{name}.block.0.layer.0.SelfAttention.relative_attention_bias");
        for (var block = 0; block < blocks; block++)
        {
            var layer = $"{name}.block.{block}.layer.";
            var normed = Norm(x, $"{layer}0.layer_norm");
            x = Sum(x, Attention($"{layer}0.SelfAttention", normed, normed, source is not null, (query, key, head) =>
                biases[RelativePositions.Bucket(key - query, source is null, config.RelativeAttentionNumBuckets, config.RelativeAttentionMaxDistance)][head]));
            if (source is not null)
                x = Sum(x, Attention($"{layer}1.EncDecAttention", Norm(x, $"{layer}1.layer_norm"), source, false, (_, _, _) => 0));
            var last = $"{layer}{(source is null ? 1 : 2)}";
            x = Sum(x, [.. Norm(x, $"{last}.layer_norm").Select(row => Times($"{last}.DenseReluDense.wo", [.. Times($"{last}.DenseReluDense.wi", row).Select(value => Math.Max(0, value))]))]);
        }

        return Norm(x, $"{name}.final_layer_norm");
    }

    private double[][] Attention(string name, double[][] queries, double[][] keys, bool causal, Func<int, int, int, double> bias)
    {
        double[][] q = [.. queries.Select(row => Times($"{name}.q", row))], k = [.. keys.Select(row => Times($"{name}.k", row))], v = [.. keys.Select(row => Times($"{name}.v", row))];
        var rows = new List<double[]>();
        for (var i = 0; i < q.Length; i++)
        {
            var seen = new double[config.NumHeads * config.DKv];
            for (var head = 0; head < config.NumHeads; head++)
            {
                var (from, count) = (head * config.DKv, causal ? i + 1 : k.Length);
                double[] scores = [.. Enumerable.Range(0, count).Select(j => bias(i, j, head) + Enumerable.Range(from, config.DKv).Sum(c => q[i][c] * k[j][c]))];
                double[] shares = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
                for (var j = 0; j < count; j++)
                {
                    for (var c = from; c < from + config.DKv; c++)
                        seen[c] += shares[j] / shares.Sum() * v[j][c];
                }

                MultiplyAdds += 2L * count * config.DKv;
            }

            rows.Add(Times($"{name}.o", seen));
        }

        return [.. rows];
    }

    private double[][] Norm(double[][] x, string name)
    {
        var weight = weights[$"{name}.weight"].data<float>().ToArray();
        return [.. x.Select(row => row.Select((value, i) => weight[i] * value / Math.Sqrt(row.Average(one => one * one) + config.LayerNormEpsilon)).ToArray())];
    }

    private double[] Times(string name, double[] x)
    {
        var matrix = Matrix(name);
        MultiplyAdds += (long)matrix.Length * x.Length;
        return [.. matrix.Select(row => row.Zip(x, (a, b) => a * b).Sum())];
    }

    private double[][] Matrix(string name)
    {
        var tensor = weights[$"{name}.weight"];
        return [.. tensor.data<float>().ToArray().Select(value => (double)value).Chunk((int)tensor.size(1))];
    }

    private static double[][] Sum(double[][] x, double[][] y) => [.. x.Zip(y, (a, b) => a.Zip(b, (c, d) => c + d).ToArray())];
}
