using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Caches;
using Vilfredo.Neural.Experts;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>A decoder-only transformer with the parts and parameter names of Llama, Mistral, Qwen2, Qwen3, their mixtures of experts and DeepSeek-V3.</summary>
/// <remarks>ids [B, T] -> embeddings [B, T, d] -> layers -> normalisation -> logits [B, T, V].</remarks>
public sealed class Decoder : Module<Tensor, Tensor>
{
    [ComponentName(Name = "model")]
    private readonly Trunk _trunk;

    [ComponentName(Name = "lm_head")]
    private readonly Linear? _head;

    /// <summary>A model with fresh weights: matrices from N(0, initializer_range^2), biases 0, normalisations 1.</summary>
    /// <param name="config">Its shape; checked.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="InvalidConfigException">The configuration contradicts itself or needs what is not built.</exception>
    public Decoder(DecoderConfig config, long seed = 0)
        : base(nameof(Decoder))
    {
        config.Validate();
        Config = config;
        _trunk = new Trunk(config);
        if (!config.TieWordEmbeddings)
            _head = Linear(config.HiddenSize, config.VocabSize, hasBias: false);
        RegisterComponents();
        Trunk.Initialize(this, config.InitializerRange, seed);
    }

    /// <summary>The shape of the model.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The embedding of every token id, [V, d].</summary>
    public Tensor EmbeddingMatrix => _trunk.Embedding.weight!;

    /// <summary>The layers that have weights of their own, from the input on; where layers are passed several times, tokens pass more than these.</summary>
    public IReadOnlyList<DecoderLayer> Layers => _trunk.Layers;

    /// <summary>What helps tokens to pick their number of recursions, [R]; a buffer without gradient, null where there is none. A <see cref="BiasBalancer"/> moves it.</summary>
    public Tensor? DepthBias => _trunk.BalanceBias;

    /// <summary>An empty cache for this model.</summary>
    public KeyValueCache NewCache() => _trunk.NewCache();

    /// <summary>Embeds token ids, int64 [B, T], to [B, T, d].</summary>
    public Tensor Embed(Tensor ids) => _trunk.Embedding.forward(ids);

    /// <summary>The logits of the next token after each token of <paramref name="input"/>, ids int64 [B, T]: [B, T, V].</summary>
    public override Tensor forward(Tensor input)
    {
        var output = Run(new() { Ids = input });
        output.Hidden.Dispose();
        return output.Logits;
    }

    /// <summary>One forward pass.</summary>
    /// <exception cref="ArgumentException">Neither ids nor embeddings are given, or both; or shapes do not agree.</exception>
    public DecoderOutput Run(DecoderInput input)
    {
        using var scope = NewDisposeScope();
        var run = _trunk.Run(input);
        var (states, length) = (run.States, run.States.size(1));
        var scored = input.LastLogitsOnly ? states.narrow(1, length - 1, 1) : states;
        var further = input.PredictsFurther ? _trunk.PredictFurther(input, run) : [];
        return new(Logits(scored).MoveToOuterDisposeScope(), states.MoveToOuterDisposeScope())
        {
            Routings = [.. run.Pass.Routings?.Select(routing => routing.MoveToOuterDisposeScope()) ?? []],
            Depths = input.KeepsRoutings ? run.Depths?.MoveToOuterDisposeScope() : null,
            FurtherLogits = [.. further.Select(one => Logits(one).MoveToOuterDisposeScope())],
        };
    }

    /// <summary>The scores of the tokens for states after the last normalisation, [..., d] to [..., V].</summary>
    public Tensor Logits(Tensor hidden) => _head?.forward(hidden) ?? functional.linear(hidden, EmbeddingMatrix);
}
