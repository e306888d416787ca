using TorchSharp;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Recursion.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Recursion;

/// <summary>Tokens that pick their number of recursions before the first of them.</summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, section 2.2.1; where its equation 2.2 and its code differ, the code is the default.</remarks>
internal sealed class TokenChoice(RoutedRecursion recursion, Module<Tensor, Tensor> router, Tensor? bias)
{
    public (Tensor States, DepthRouting Depths) Run(Tensor states)
    {
        if (recursion.Selection.Random is not null)
            throw new ArgumentException($"{nameof(DepthSelection)}.{nameof(DepthSelection.Random)} is given, but in this model tokens pick their number of recursions; it can be given where recursions pick their tokens.");
        var (routing, visible, first) = (recursion.Routing, recursion.Visible, states);
        var logits = router.forward(routing.Temperature == 1 ? states : states.Scaled(1 / routing.Temperature)); // (B, T, R)
        var scores = routing.GateInForce == GateFunction.Softmax ? logits.softmax(-1) : logits.sigmoid().Scaled(routing.Alpha);
        var chosen = (bias is null ? scores.detach() : scores.detach().Plus(bias.to(scores.dtype))).argmax(-1);  // (B, T)
        using Scalar deepest = recursion.Deepest - 1, one = 1; // held: see ScalarOperations
        var last = chosen.clamp_max(deepest);
        for (var r = 0; r < recursion.Deepest; r++)
        {
            using Scalar number = r;
            var tokens = PackedTokens.Of(last.ge(number).logical_and(visible));
            if (tokens.Width == 0)
                break;
            var after = recursion.Block(r, tokens, tokens.Gather(states));                                       // (B, K, d)
            var weight = tokens.Gather(scores.narrow(-1, r, 1));
            var final = routing.Update switch
            {
                RoutedUpdate.Weighted => after.mul(weight).Plus(tokens.Gather(first)),
                RoutedUpdate.Additive => after.Plus(tokens.Gather(first)),
                _ => after,
            };
            var between = routing.WeighsEveryRecursion ? after.mul(weight) : after;
            states = recursion.Tap(r, tokens.Replace(states, where(tokens.Gather(last.eq(number)).unsqueeze(-1), final, between)));
        }

        var depths = last.add(one, one).mul(visible.to(ScalarType.Int64));
        return (states, new(depths, recursion.Recursions) { Choices = Choices(chosen, scores, logits, visible) });
    }

    /// <summary>The choices of the tokens that are no padding.</summary>
    private static Routing Choices(Tensor chosen, Tensor scores, Tensor logits, Tensor visible)
    {
        var tokens = visible.flatten().nonzero().squeeze(1);
        Tensor Rows(Tensor all) => all.reshape(-1, all.dim() == 3 ? all.size(2) : 1).index_select(0, tokens); // (N, ...)
        var weights = Rows(scores);
        var picked = Rows(chosen);
        return new(picked, weights.gather(1, picked), weights / weights.sum([-1], keepdim: true), Rows(logits));
    }
}
