using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Objectives;

/// <summary>The cross-entropy of the next token, in nats, of a decoder, with the balancing of its experts.</summary>
/// <param name="model">The decoder; it stays the caller's.</param>
public sealed class LanguageModelObjective(Decoder model) : ITrainingObjective<TokenBatch>, IDisposable
{
    private readonly DecoderCosts _costs = new(model.Config);
    private readonly Dictionary<int, double> _flopsPerToken = [];

    /// <summary>The weight of each mixture's load-balancing loss; 0 for none. 0.01 is usual.</summary>
    public double LoadBalanceWeight { get; init; }

    /// <summary>The weight of each router's z-loss; 0 for none. 0.001 is usual.</summary>
    public double RouterZWeight { get; init; }

    /// <summary>Balances sigmoid routers by their biases; null for none. It is disposed with this objective.</summary>
    public BiasBalancer? Balancer { get; init; }

    /// <inheritdoc/>
    public nn.Module Module => model;

    /// <inheritdoc/>
    public long Count(TokenBatch batch) => batch.ScoredTokens;

    /// <inheritdoc/>
    public BatchLoss Loss(TokenBatch batch)
    {
        var balances = model.training && (LoadBalanceWeight != 0 || RouterZWeight != 0 || Balancer is not null);
        var output = model.Run(new() { Ids = batch.InputTensor(), KeepsRoutings = balances });
        var loss = nn.functional.cross_entropy(output.Logits.flatten(0, 1), batch.TargetTensor().flatten(), ignore_index: TokenBatch.Unscored, reduction: nn.Reduction.Sum);
        if (balances)
            Balancer?.Observe(output.Routings);
        return new(loss, balances ? Penalty(output.Routings) : null);
    }

    /// <inheritdoc/>
    public CostVector Cost(TokenBatch batch)
    {
        if (!_flopsPerToken.TryGetValue(batch.Length, out var flops))
            _flopsPerToken.Add(batch.Length, flops = _costs.TrainingFlopsPerToken(batch.Length));
        return new() { Flops = flops * batch.Tokens, PromptTokens = batch.Tokens, Parameters = _costs.Parameters.Total };
    }

    /// <inheritdoc/>
    public void AfterStep() => Balancer?.Step();

    /// <inheritdoc/>
    public void Dispose() => Balancer?.Dispose();

    private Tensor? Penalty(IReadOnlyList<Routing> routings)
    {
        Tensor? sum = null;
        foreach (var routing in routings)
        {
            if (LoadBalanceWeight != 0)
                Add(routing.LoadBalanceLoss() * LoadBalanceWeight);
            if (RouterZWeight != 0)
                Add(routing.ZLoss() * RouterZWeight);
        }

        return sum;

        void Add(Tensor part) => sum = sum is null ? part : sum + part;
    }
}
