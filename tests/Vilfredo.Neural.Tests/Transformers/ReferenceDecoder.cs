using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Tests.Transformers;

/// <summary>The logits of one sequence, computed token by token with plain loops over 64-bit numbers, from nothing but the named weights.</summary>
internal sealed partial class ReferenceDecoder(DecoderConfig config, IReadOnlyDictionary<string, double[]> weights, DepthSelection? selection = null)
{
    private readonly LayerPlan _plan = LayerPlan.Of(config);

    /// <summary>Multiplications, each with its addition, in matrix products and attention so far.</summary>
    public long MultiplyAdds { get; private set; }

    /// <summary>Whether tokens see those after them too.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The logits of masked tokens, as an encoder has them.</summary>
    public double[][] MaskedLogits(int[] ids) => States(ids, 0).Select(x =>
    {
        var inner = Norm(Linear(x, "head.dense.").Select(z => z * NormalShare(z)).ToArray(), "head.norm.weight");
        return Linear(inner, config.TieWordEmbeddings ? "model.embed_tokens." : "decoder.").Zip(weights["decoder.bias"], (a, b) => a + (config.TieWordEmbeddings ? b : 0)).ToArray();
    }).ToArray();

    /// <summary>The logits of each module that predicts further ahead.</summary>
    public double[][][] FurtherLogits(int[] ids)
    {
        var (d, states, results) = (config.HiddenSize, States(ids, 0), new List<double[][]>());
        for (var depth = 0; depth < config.NumNextnPredictLayers; depth++)
        {
            var (layer, count) = (config.NumHiddenLayers + depth, ids.Length - depth - 1);
            var name = $"model.layers.{_plan.StoredLayers + depth}.";
            var joined = Enumerable.Range(0, count).Select(i => Linear(
                [.. Norm(weights["model.embed_tokens.weight"].Skip(ids[i + depth + 1] * d).Take(d).ToArray(), name + "enorm.weight"), .. Norm(states[i], name + "hnorm.weight")], name + "eh_proj.")).ToArray();
            states = Layer(layer, joined, [.. Enumerable.Range(0, count)], 0, []);
            results.Add(states.Select(x => Linear(Norm(x, name + "shared_head.norm.weight"), config.TieWordEmbeddings ? "model.embed_tokens." : "lm_head.")).ToArray());
        }

        return [.. results];
    }

    public double[][] Logits(int[] ids)
    {
        var streams = Enumerable.Range(0, config.Streams?.Count ?? 1).Select(stream => States(ids, stream)).ToArray();
        var states = ids.Select((_, t) => streams.Length == 1 ? streams[0][t] : Mixed([.. streams.Select(stream => stream[t])])).ToArray();
        var head = config.TieWordEmbeddings ? "model.embed_tokens." : "lm_head.";
        return states.Select(x => Linear(x, head)).ToArray();
    }

    /// <summary>The states of a stream after the last normalisation.</summary>
    private double[][] States(int[] ids, int stream)
    {
        var d = config.HiddenSize;
        var states = ids.Select(id => weights["model.embed_tokens.weight"].Skip(id * d).Take(d).ToArray()).ToArray();
        int[] all = [.. Enumerable.Range(0, ids.Length)];
        var held = new Dictionary<int, Held>();
        var routed = config.Recursion?.Routing is not null;
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            if (routed && layer == _plan.Before)
            {
                states = Routed(states, held);
                layer += _plan.BlockLayers * _plan.Recursions;
                if (layer >= config.NumHiddenLayers)
                    break;
            }

            states = Layer(layer, states, all, stream, held);
        }

        return states.Select(x => Norm(x, "model.norm.weight")).ToArray();
    }

    /// <summary>The states of some tokens after a layer that sees these tokens, or those of its first use.</summary>
    private double[][] Layer(int layer, double[][] states, int[] tokens, int stream, Dictionary<int, Held> held)
    {
        var stored = layer < _plan.Stored.Count ? _plan.Stored[layer] : _plan.StoredLayers + layer - _plan.Stored.Count;
        var name = $"model.layers.{stored}.";
        var normed = states.Select(x => Norm(x, name + "input_layernorm.weight")).ToArray();
        var shared = config.Recursion is { KeyValues: KeyValueSharing.Shared } ? held.GetValueOrDefault(stored) : null;
        var attended = config.Latent is { } latent
            ? LatentAttention(normed, latent, name + "self_attn.", config.WindowOf(Math.Min(layer, config.NumHiddenLayers - 1)), tokens, ref shared)
            : Attention(normed, name + "self_attn.", config.WindowOf(Math.Min(layer, config.NumHiddenLayers - 1)), stream, tokens, ref shared);
        held[stored] = shared!;
        states = states.Zip(attended, Add).ToArray();
        return states.Select(x => Add(x, FeedForward(layer, Norm(x, name + "post_attention_layernorm.weight"), name + "mlp."))).ToArray();
    }

    /// <summary>The states of all streams at one token, weighted by what a small network makes of them.</summary>
    private double[] Mixed(double[][] states)
    {
        var (d, count) = (config.HiddenSize, states.Length);
        var side = Enumerable.Range(0, d * count).Select(i => states[i % count][i / count]).ToArray();
        var inner = Linear(side, "model.aggregate_layer.0.").Select(x => x / (1 + Math.Exp(-x))).ToArray();
        var scores = Linear(inner, "model.aggregate_layer.2.").Select(Math.Exp).ToArray();
        var weights = scores.Select(score => (1 - config.Streams!.Smoothing) * score / scores.Sum() + config.Streams.Smoothing / count).ToArray();
        return Enumerable.Range(0, d).Select(i => weights.Select((weight, p) => weight * states[p][i]).Sum()).ToArray();
    }

    private double[][] Attention(double[][] states, string name, int? window, int stream, int[] tokens, ref Held? held)
    {
        var (heads, groups, size) = (config.NumAttentionHeads, config.NumAttentionHeads / config.KeyValueHeads, config.HeadSize);
        var queries = Heads("q_proj.", "q_norm.weight", heads);
        var (keys, values, places) = held ??= new(Heads("k_proj.", "k_norm.weight", config.KeyValueHeads), states.Select(x => Linear(x, name + "v_proj.")).ToArray(), tokens);
        return states.Select((_, t) =>
        {
            var mixed = new double[heads * size];
            var visible = Visible(places, tokens[t], window);
            for (var h = 0; h < heads; h++)
            {
                var seen = Prefix("prefix_k", h / groups).Zip(Prefix("prefix_v", h / groups))
                    .Concat(visible.Select(s => (Part(keys[s], h / groups), Part(values[s], h / groups)))).ToArray();
                var scores = seen.Select(one => Enumerable.Range(0, size).Sum(i => queries[t][h * size + i] * one.Item1[i]) / Math.Sqrt(size)).ToArray();
                var largest = scores.Max();
                var total = scores.Sum(score => Math.Exp(score - largest));
                MultiplyAdds += 2L * size * scores.Length;
                for (var s = 0; s < seen.Length; s++)
                {
                    for (var i = 0; i < size; i++)
                        mixed[h * size + i] += Math.Exp(scores[s] - largest) / total * seen[s].Item2[i];
                }
            }

            return Linear(mixed, name + "o_proj.");
        }).ToArray();

        double[] Part(double[] heads, int head) => heads[(head * size)..((head + 1) * size)];

        IEnumerable<double[]> Prefix(string kind, int head)
        {
            if (config.Streams is not { } streams)
                return [];
            var start = (stream * config.KeyValueHeads + head) * streams.PrefixLength * size;
            return weights[name + kind][start..(start + streams.PrefixLength * size)].Chunk(size);
        }

        double[][] Heads(string projection, string norm, int count) => states.Select((x, t) =>
        {
            var projected = Linear(x, name + projection);
            return Enumerable.Range(0, count).SelectMany(h =>
            {
                var head = projected[(h * size)..((h + 1) * size)];
                return Rotate(config.NormalizesQueriesAndKeys ? Norm(head, name + norm) : head, tokens[t]);
            }).ToArray();
        }).ToArray();
    }

    private double[][] LatentAttention(double[][] states, LatentShape shape, string name, int? window, int[] tokens, ref Held? held)
    {
        var queries = states.Select(x => shape.QueryRank is null
            ? Linear(x, name + "q_proj.")
            : Linear(Norm(Linear(x, name + "q_a_proj."), name + "q_a_layernorm.weight", 1e-6), name + "q_b_proj.")).ToArray();
        if (held is null)
        {
            var compressed = states.Select(x => Linear(x, name + "kv_a_proj_with_mqa.")).ToArray();
            held = new(compressed.Select(x => Norm(x[..shape.Rank], name + "kv_a_layernorm.weight", 1e-6)).ToArray(), compressed.Select((x, t) => Rotate(x[shape.Rank..], tokens[t])).ToArray(), tokens);
        }

        var (latents, shared, places) = held;
        var made = latents.Select(x => Linear(x, name + "kv_b_proj.")).ToArray();
        return states.Select((_, t) => Linear(Enumerable.Range(0, shape.Heads).SelectMany(h =>
        {
            var query = queries[t][(h * shape.QuerySize)..((h + 1) * shape.QuerySize)];
            var turned = Rotate(query[shape.ContentSize..], tokens[t]);
            var visible = Visible(places, tokens[t], window);
            var start = h * (shape.ContentSize + shape.ValueSize);
            var scores = visible.Select(s => Math.Exp(
                (Enumerable.Range(0, shape.ContentSize).Sum(i => query[i] * made[s][start + i]) + turned.Zip(shared[s], (a, b) => a * b).Sum())
                / Math.Sqrt(shape.QuerySize))).ToArray();
            MultiplyAdds += (long)scores.Length * (shape.QuerySize + shape.ValueSize);
            return Enumerable.Range(0, shape.ValueSize).Select(i => scores.Select((score, s) => score * made[visible[s]][start + shape.ContentSize + i]).Sum() / scores.Sum());
        }).ToArray(), name + "o_proj.")).ToArray();
    }

    /// <summary>Which of the keys at some places a query at another sees.</summary>
    private int[] Visible(int[] places, int query, int? window) =>
        [.. Enumerable.Range(0, places.Length).Where(s => Bidirectional ? Math.Abs(places[s] - query) < (window ?? int.MaxValue) : places[s] <= query && places[s] > query - (window ?? int.MaxValue))];

    private double[] Rotate(double[] head, int position)
    {
        if (config.Latent is not null && config.InterleavesRotary)
        {
            // Pairs of neighbours, as complex numbers.
            return Enumerable.Range(0, head.Length / 2).SelectMany(j =>
            {
                var turn = System.Numerics.Complex.FromPolarCoordinates(1, position * Math.Pow(config.RopeTheta, -2.0 * j / head.Length));
                var pair = turn * new System.Numerics.Complex(head[2 * j], head[2 * j + 1]);
                return new[] { pair.Real, pair.Imaginary };
            }).ToArray();
        }

        var half = config.RotaryDimensions / 2;
        var turned = (double[])head.Clone();
        for (var j = 0; j < half; j++)
        {
            var (sine, cosine) = Math.SinCos(position * Math.Pow(config.RopeTheta, -2.0 * j / config.RotaryDimensions));
            turned[j] = head[j] * cosine - head[j + half] * sine;
            turned[j + half] = head[j + half] * cosine + head[j] * sine;
        }

        return turned;
    }

    private double[] FeedForward(int layer, double[] x, string name)
    {
        if (config.Hourglass is { } hourglass)
            return Hourglass(hourglass, x, name);
        if (config.ExpertsOf(layer) is not { } shape)
            return FeedForward(x, name);
        var logits = Linear(x, name + "gate.");
        var scores = shape.Scoring == ScoringFunction.Softmax ? logits.Select(z => Math.Exp(z) / logits.Sum(Math.Exp)).ToArray() : logits.Select(z => 1 / (1 + Math.Exp(-z))).ToArray();
        var bias = weights.GetValueOrDefault(name + "gate.e_score_correction_bias") ?? new double[scores.Length];
        var ranked = scores.Zip(bias, (score, b) => score + b).ToArray();
        var groups = ranked.Index().Chunk(shape.Routed / shape.Groups)
            .OrderByDescending(group => group.Select(e => e.Item).OrderDescending().Take(shape.Scoring == ScoringFunction.Softmax ? 1 : 2).Sum());
        var chosen = groups.Take(shape.GroupsKept).SelectMany(group => group).OrderByDescending(e => e.Item).Take(shape.PerToken).Select(e => (e.Index, Item: scores[e.Index])).ToArray();
        var divisor = shape.NormalizesWeights ? chosen.Sum(e => e.Item) : 1;
        var sum = new double[x.Length];
        foreach (var (expert, score) in chosen)
            sum = Add(sum, FeedForward(x, $"{name}experts.{expert}.").Select(y => y * score / divisor * shape.Scale).ToArray());
        if (shape.SharedWidth == 0)
            return sum;
        if (!shape.SharedIsGated)
            return Add(sum, FeedForward(x, name + "shared_experts."));
        var gate = 1 / (1 + Math.Exp(-Linear(x, name + "shared_expert_gate.")[0]));
        return Add(sum, FeedForward(x, name + "shared_expert.").Select(y => y * gate).ToArray());
    }

    private double[] Hourglass(HourglassConfig hourglass, double[] x, string name)
    {
        var latent = Linear(x, name + "lift.");
        for (var block = 0; block < hourglass.BottleneckSizes.Count; block++)
        {
            var inner = Linear(Norm(latent, $"{name}blocks.{block}.norm.weight", 1e-6), $"{name}blocks.{block}.w1.");
            latent = Add(latent, Linear(inner.Select(z => z / (1 + Math.Exp(-z))).ToArray(), $"{name}blocks.{block}.w2."));
        }

        return Linear(latent, name + "out.");
    }

    private double[] FeedForward(double[] x, string name)
    {
        var gate = Linear(x, name + "gate_proj.");
        return Linear(gate.Zip(Linear(x, name + "up_proj."), (g, u) => g / (1 + Math.Exp(-g)) * u).ToArray(), name + "down_proj.");
    }

    private double[] Norm(double[] x, string weight, double? epsilon = null) =>
        x.Zip(weights[weight], (value, w) => w * value / Math.Sqrt(x.Average(v => v * v) + (epsilon ?? config.RmsNormEps))).ToArray();

    private double[] Linear(double[] x, string name)
    {
        var matrix = weights[name + "weight"];
        var bias = weights.GetValueOrDefault(name + "bias");
        MultiplyAdds += matrix.Length;
        return Enumerable.Range(0, matrix.Length / x.Length)
            .Select(row => (bias?[row] ?? 0) + Enumerable.Range(0, x.Length).Sum(column => matrix[row * x.Length + column] * x[column])).ToArray();
    }

    private static double[] Add(double[] a, double[] b) => a.Zip(b, (x, y) => x + y).ToArray();

    /// <summary>What a layer has made as keys and values, or as latents and shared keys, and of which tokens.</summary>
    private sealed record Held(double[][] Keys, double[][] Values, int[] Places);
}
