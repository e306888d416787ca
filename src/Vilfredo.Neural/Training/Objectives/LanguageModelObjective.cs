using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Objectives;

/// <summary>The cross-entropy of the next token, in nats, of a decoder, with the balancing of its experts.</summary>
/// <param name="model">The decoder; it stays the caller's.</param>
public sealed class LanguageModelObjective(Decoder model) : ITrainingObjective<TokenBatch>, IDisposable
{
    private readonly DecoderCosts _costs = new(model.Config);
    private bool _ownsModel;
    private readonly Dictionary<int, double> _flopsPerToken = [];

    /// <summary>The weight of each mixture's load-balancing loss; 0 for none. 0.01 is usual.</summary>
    public double LoadBalanceWeight { get; init; }

    /// <summary>The weight of each router's z-loss; 0 for none. 0.001 is usual.</summary>
    public double RouterZWeight { get; init; }

    /// <summary>Balances sigmoid routers by their biases; null for none. It is disposed with this objective.</summary>
    public BiasBalancer? Balancer { get; init; }

    /// <summary>The weight of the loss that teaches the recursions of a mixture, which pick their tokens, to do so without the future. Without such a mixture it means nothing.</summary>
    public double SamplingWeight { get; init; } = 0.001;

    /// <summary>The weight of the loss that evens out how many recursions the tokens of a mixture pick; 0 for none. Without such a mixture it means nothing.</summary>
    public double DepthBalanceWeight { get; init; } = 0.1;

    /// <summary>The weight of the mean loss of the modules that predict tokens further ahead, 0 for leaving them out; null means the configuration's mtp_loss_scaling_factor, or 0.1. Without such modules it means nothing.</summary>
    public double? MultiTokenWeight { get; init; }

    /// <summary>Balances the tokens of a mixture of recursions by a bias; null for none. It is disposed with this objective.</summary>
    public BiasBalancer? DepthBalancer { get; init; }

    /// <summary>Given, the recursions of a mixture pick their tokens at random, in training and in evaluation; set <see cref="SamplingWeight"/> to 0 with it. Null means by their scores.</summary>
    public RandomGenerator? RandomDepths { get; init; }

    /// <inheritdoc/>
    public nn.Module Module => model;

    /// <inheritdoc/>
    public long Count(TokenBatch batch) => batch.ScoredTokens;

    /// <inheritdoc/>
    public BatchLoss Loss(TokenBatch batch)
    {
        var routed = model.Config.Recursion?.Routing is not null;
        var balances = model.training && (routed || LoadBalanceWeight != 0 || RouterZWeight != 0 || Balancer is not null);
        var further = model.training && model.Config.NumNextnPredictLayers > 0 ? MultiTokenWeight ?? model.Config.MtpLossScalingFactor ?? 0.1 : 0;
        var output = model.Run(new()
        {
            Ids = batch.InputTensor(),
            // Filling would take places of a recursion's capacity.
            Visible = routed && batch.Lengths.Any(length => length < batch.Length) ? batch.VisibleTensor() : null,
            Depths = new() { ByCapacity = routed && model.training, Random = routed ? RandomDepths : null },
            KeepsRoutings = balances,
            PredictsFurther = further > 0,
        });
        var loss = nn.functional.cross_entropy(output.Logits.flatten(0, 1), batch.TargetTensor().flatten(), ignore_index: TokenBatch.Unscored, reduction: nn.Reduction.Sum);
        if (balances)
            Balancer?.Observe(output.Routings);
        if (output.Depths?.Choices is { } choices)
            DepthBalancer?.Observe([choices]);
        return new(loss, Sum([.. Penalties(output.Routings), .. output.Depths is { } depths ? Penalties(depths) : [], .. Further(output.FurtherLogits, batch, further)]));
    }

    /// <inheritdoc/>
    public CostVector Cost(TokenBatch batch)
    {
        if (!_flopsPerToken.TryGetValue(batch.Length, out var flops))
            _flopsPerToken.Add(batch.Length, flops = _costs.TrainingFlopsPerToken(batch.Length));
        return new() { Flops = flops * batch.Tokens, PromptTokens = batch.Tokens, Parameters = _costs.Parameters.Total };
    }

    /// <inheritdoc/>
    public void AfterStep()
    {
        Balancer?.Step();
        DepthBalancer?.Step();
    }

    /// <summary>The same objective over a new decoder of the same shape, for a further worker of a <see cref="ShardedGradient{TBatch}"/>; it disposes of its decoder.</summary>
    /// <exception cref="InvalidOperationException">It has a balancer, whose biases move by what all workers' tokens choose together.</exception>
    public LanguageModelObjective Replica()
    {
        if (Balancer is not null || DepthBalancer is not null)
            throw new InvalidOperationException("An objective that balances by biases has no replicas, since the biases move by the choices of all tokens together; balance by a loss, or train with one worker.");
        return new(new Decoder(model.Config))
        {
            LoadBalanceWeight = LoadBalanceWeight,
            RouterZWeight = RouterZWeight,
            SamplingWeight = SamplingWeight,
            DepthBalanceWeight = DepthBalanceWeight,
            MultiTokenWeight = MultiTokenWeight,
            _ownsModel = true,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsModel)
            model.Dispose();
        Balancer?.Dispose();
        DepthBalancer?.Dispose();
    }

    private IEnumerable<Tensor> Penalties(IReadOnlyList<Routing> routings)
    {
        foreach (var routing in routings)
        {
            if (LoadBalanceWeight != 0)
                yield return routing.LoadBalanceLoss().Scaled(LoadBalanceWeight);
            if (RouterZWeight != 0)
                yield return routing.ZLoss().Scaled(RouterZWeight);
        }
    }

    private IEnumerable<Tensor> Penalties(DepthRouting depths)
    {
        if (SamplingWeight != 0 && depths.Steps.Count > 0)
            yield return depths.SamplingLoss().Scaled(SamplingWeight);
        if (DepthBalanceWeight != 0 && depths.Choices is not null)
            yield return depths.BalanceLoss().Scaled(DepthBalanceWeight);
        if (RouterZWeight != 0)
            yield return depths.ZLoss().Scaled(RouterZWeight);
    }

    /// <summary>The mean cross-entropies of the modules that predict further ahead, weighed: at place i the k-th scores the target k places on.</summary>
    private static IEnumerable<Tensor> Further(IReadOnlyList<Tensor> logits, TokenBatch batch, double weight)
    {
        var targets = batch.TargetTensor();
        foreach (var (index, one) in logits.Index())
        {
            var own = targets.narrow(1, index + 1, one.size(1)).flatten();
            using Scalar unscored = TokenBatch.Unscored; // held: see ScalarOperations
            if (own.ne(unscored).any().item<bool>())
                yield return nn.functional.cross_entropy(one.flatten(0, 1), own, ignore_index: TokenBatch.Unscored).Scaled(weight / logits.Count);
        }
    }

    private static Tensor? Sum(IReadOnlyList<Tensor> parts) => parts.Count == 0 ? null : parts.Aggregate((sum, part) => sum.Plus(part));
}
