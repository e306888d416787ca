using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Heads;

/// <summary>A decoder whose head gives numbers in place of tokens: the value of every prefix (a critic), or, read at the last token, a score, a regression or the logits of classes (a reward model).</summary>
/// <remarks>ids [B, T] -> states [B, T, d] -> values [B, T, K]. The trunk has a decoder's names, the head is <c>score.weight</c>, as in Hugging Face's sequence classification, and has no bias.</remarks>
public sealed class ScoredDecoder : Module<Tensor, Tensor>
{
    [ComponentName(Name = "model")]
    private readonly Trunk _trunk;

    [ComponentName(Name = "score")]
    private readonly Linear _score;

    /// <summary>A model with fresh weights; the head starts at 0, so that a critic begins without an opinion.</summary>
    /// <param name="config">The shape of the decoder; checked. Modules that predict further tokens are refused.</param>
    /// <param name="outputs">The numbers of a token, K; at least 1.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="InvalidConfigException">The configuration contradicts itself or needs what is not built.</exception>
    public ScoredDecoder(DecoderConfig config, int outputs = 1, long seed = 0)
        : base(nameof(ScoredDecoder))
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        config.Validate();
        if (config.NumNextnPredictLayers > 0)
            throw new InvalidConfigException($"num_nextn_predict_layers is {config.NumNextnPredictLayers}; it must be 0 or absent for a model that predicts no tokens.");
        Config = config;
        _trunk = new Trunk(config);
        _score = Linear(config.HiddenSize, outputs, hasBias: false);
        RegisterComponents();
        Trunk.Initialize(this, config.InitializerRange, seed);
        init.zeros_(_score.weight!);
    }

    /// <summary>The shape of the decoder.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The numbers at every token of <paramref name="input"/>, ids int64 [B, T]: [B, T, K].</summary>
    public override Tensor forward(Tensor input) => Values(new() { Ids = input });

    /// <summary>The numbers at every token, [B, T, K].</summary>
    public Tensor Values(DecoderInput input)
    {
        using var scope = NewDisposeScope();
        return _score.forward(_trunk.Run(input).States).MoveToOuterDisposeScope();
    }

    /// <summary>The numbers at the last token of each row that is no padding, [B, K].</summary>
    /// <param name="ids">Token ids, int64 [B, T].</param>
    /// <param name="visible">Which tokens are no padding, bool [B, T], at least one in every row; null means all.</param>
    public Tensor AtEnd(Tensor ids, Tensor? visible = null)
    {
        using var scope = NewDisposeScope();
        var values = Values(new() { Ids = ids, Visible = visible });
        if (visible is null)
            return values.select(1, ids.size(1) - 1).MoveToOuterDisposeScope();
        using Scalar end = ids.size(1); // held: see ScalarOperations
        var last = visible.to(ScalarType.Int64).mul(arange(end, device: ids.device)).argmax(1); // (B)
        return values.gather(1, last.view(-1, 1, 1).expand(ids.size(0), 1, values.size(2))).squeeze(1).MoveToOuterDisposeScope();
    }
}
