using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Objectives;

/// <summary>The cross-entropy, in nats, of the tokens that an encoder is to guess; logits are computed for them alone. Batches come from <see cref="MaskedBatches"/>.</summary>
/// <param name="model">The encoder; it stays the caller's.</param>
/// <param name="padding">The id that fills rows up and is not seen; null means that all are.</param>
public sealed class MaskedLanguageModelObjective(Encoder model, int? padding = null) : ITrainingObjective<TokenBatch>
{
    private readonly EncoderCosts _costs = new(model.Config);

    /// <inheritdoc/>
    public nn.Module Module => model;

    /// <inheritdoc/>
    public long Count(TokenBatch batch) => batch.ScoredTokens;

    /// <inheritdoc/>
    public BatchLoss Loss(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var (ids, targets) = (batch.InputTensor(), batch.TargetTensor().flatten());
        using Scalar filling = padding ?? 0, unscored = TokenBatch.Unscored; // held: see ScalarOperations
        var visible = padding is not null && batch.Inputs.Contains(padding.Value) ? ids.ne(filling) : null;
        var places = targets.ne(unscored).nonzero().squeeze(1);
        var states = model.Encode(ids, visible).flatten(0, 1).index_select(0, places);
        return new(nn.functional.cross_entropy(model.Logits(states), targets.index_select(0, places), reduction: nn.Reduction.Sum).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public CostVector Cost(TokenBatch batch) => new()
    {
        // The trunk for every row, the head for the guessed tokens alone.
        Flops = 3.0 * (batch.Rows * _costs.ForwardFlops(batch.Length, 0) + HeadFlops(batch.ScoredTokens)),
        PromptTokens = batch.Tokens,
        Parameters = _costs.Parameters,
    };

    private long HeadFlops(long scored) => 2 * scored * model.Config.HiddenSize * (model.Config.HiddenSize + (long)model.Config.VocabSize);
}
