using TorchSharp;
using TorchSharp.Modules;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Recursion.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Recursion;

/// <summary>Recursions that pick their tokens, each among those of the one before.</summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, section 2.2.1.</remarks>
internal sealed class ExpertChoice(RoutedRecursion recursion, ModuleList<Module<Tensor, Tensor>> routers, ModuleList<Module<Tensor, Tensor>>? auxiliaryRouters)
{
    public (Tensor States, DepthRouting Depths) Run(Tensor states)
    {
        var routing = recursion.Routing;
        var steps = new List<DepthStep>();
        var depths = zeros([states.size(0), states.size(1)], dtype: ScalarType.Int64, device: states.device);
        var tokens = recursion.Tokens;
        for (var r = 0; r < recursion.Deepest && tokens.Width > 0; r++)
        {
            var read = tokens.Gather(states);                                                                 // (B, K, d)
            if (routing.Temperature != 1)
                read = read.Scaled(1 / routing.Temperature);
            var logits = routers[r].forward(read).squeeze(-1);                                                // (B, K)
            var auxiliary = auxiliaryRouters?[r].forward(read.detach()).squeeze(-1);
            var chosen = recursion.Selection switch
            {
                { ByCapacity: true, Random: { } random } => Best(r, Uniform(random, logits), tokens),
                { ByCapacity: true } => Best(r, logits.detach(), tokens),
                { Random: { } random } => Some(r, Uniform(random, logits), tokens),
                _ => Above(r, (auxiliary ?? logits).detach(), tokens),
            };
            steps.Add(new(logits, tokens.Valid, chosen, auxiliary));
            tokens = tokens.Where(chosen);
            if (tokens.Width == 0)
                break;
            var before = tokens.Gather(states);
            var after = recursion.Block(r, tokens, before);
            var gate = Gate(logits.gather(1, tokens.Order)).unsqueeze(-1);
            states = tokens.Replace(states, routing.Update switch
            {
                RoutedUpdate.Weighted => before.Plus(after.mul(gate)),
                RoutedUpdate.Additive => before.Plus(after),
                _ => after,
            });
            states = recursion.Tap(r, states);
            depths = depths.scatter_add(1, tokens.Index, tokens.Valid.to(ScalarType.Int64));
        }

        return (states, new(depths, recursion.Recursions) { Steps = steps });
    }

    /// <summary>How many of a sequence's tokens a recursion picks.</summary>
    internal static long Capacity(DepthRoutingConfig routing, int recursion, int recursions, long length, double slack)
    {
        if (length == 0)
            return 0;
        if (routing.Capacities is null && slack == 0)
            return Math.Max(1, length * (recursions - recursion) / recursions); // integers: two thirds of six are four
        var share = Share(routing, recursion, recursions);
        return Math.Max(1, (long)Math.Floor((share + (1 - share) * slack) * length + 1e-6));
    }

    /// <summary>The share of a sequence's tokens that a recursion may pick.</summary>
    private static double Share(DepthRoutingConfig routing, int recursion, int recursions) => routing.Capacities?[recursion] ?? (double)(recursions - recursion) / recursions;

    /// <summary>Random numbers from 0 to 1 in the place of logits.</summary>
    private static Tensor Uniform(RandomGenerator random, Tensor logits) =>
        tensor([.. Enumerable.Range(0, checked((int)logits.numel())).Select(_ => (float)random.NextDouble())], logits.shape, device: logits.device);

    /// <summary>Tokens at random, on average as many as the capacity.</summary>
    private Tensor Some(int r, Tensor random, PackedTokens tokens)
    {
        var before = r == 0 ? 1 : Share(recursion.Routing, r - 1, recursion.Recursions);
        using Scalar share = Share(recursion.Routing, r, recursion.Recursions) / before; // held: see ScalarOperations
        return random.lt(share).logical_and(tokens.Valid);
    }

    /// <summary>The best of each row, up to the capacity.</summary>
    private Tensor Best(int r, Tensor logits, PackedTokens tokens)
    {
        var counts = recursion.Tokens.Counts.Select(length => Capacity(recursion.Routing, r, recursion.Recursions, length, recursion.Selection.Slack)).ToArray();
        var ranks = logits.Masked(tokens.Valid.logical_not(), double.NegativeInfinity).argsort(1, descending: true).argsort(1);
        return ranks.less(tensor(counts, device: logits.device).unsqueeze(1)).logical_and(tokens.Valid);
    }

    /// <summary>Those above the threshold; all, where the recursion is open to all.</summary>
    private Tensor Above(int r, Tensor logits, PackedTokens tokens)
    {
        if (r == 0 && (recursion.Routing.Capacities?[0] ?? 1) == 1)
            return tokens.Valid;
        using Scalar threshold = recursion.Selection.Threshold; // held: see ScalarOperations
        return logits.sigmoid().gt(threshold).logical_and(tokens.Valid);
    }

    private Tensor Gate(Tensor logits) => (recursion.Routing.GateInForce switch
    {
        GateFunction.Tanh => logits.tanh(),
        GateFunction.None => logits,
        _ => logits.sigmoid(),
    }).Scaled(recursion.Routing.Alpha);
}
