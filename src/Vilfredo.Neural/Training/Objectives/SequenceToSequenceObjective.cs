using Vilfredo.Neural.SequenceToSequence;
using Vilfredo.Neural.Training.Data;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Objectives;

/// <summary>The cross-entropy, in nats, of the targets' tokens, each given those before it and the source.</summary>
/// <param name="model">The model; it stays the caller's.</param>
public sealed class SequenceToSequenceObjective(EncoderDecoder model) : ITrainingObjective<SequencePairBatch>
{
    private readonly long _parameters = model.Config.Parameters;

    /// <inheritdoc/>
    public nn.Module Module => model;

    /// <inheritdoc/>
    public long Count(SequencePairBatch batch) => batch.ScoredTokens;

    /// <inheritdoc/>
    public BatchLoss Loss(SequencePairBatch batch)
    {
        using var scope = NewDisposeScope();
        var visible = batch.HasPadding ? batch.VisibleTensor() : null;
        var states = model.Encode(batch.SourceTensor(), visible);
        var logits = model.Decode(batch.DecoderTensor(model.Config.DecoderStartTokenId), states, visible);
        return new(nn.functional.cross_entropy(logits.flatten(0, 1), batch.TargetTensor().flatten(), ignore_index: TokenBatch.Unscored, reduction: nn.Reduction.Sum).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public CostVector Cost(SequencePairBatch batch) => new()
    {
        // What is computed: rows of full length, backwards twice as much as forwards.
        Flops = 3.0 * batch.Rows * model.Config.ForwardFlops(batch.SourceLength, batch.TargetLength),
        PromptTokens = (double)batch.Rows * (batch.SourceLength + batch.TargetLength),
        Parameters = _parameters,
    };
}
