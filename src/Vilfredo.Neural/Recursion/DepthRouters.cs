using TorchSharp;
using TorchSharp.Modules;
using Vilfredo.Neural.Recursion.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Recursion;

/// <summary>The networks that score tokens for recursions.</summary>
internal static class DepthRouters
{
    /// <summary>One router for each recursion that picks its tokens, or one of R logits where tokens pick.</summary>
    public static Module<Tensor, Tensor>[] Make(DepthRoutingConfig routing, int hiddenSize, int recursions) => routing.Choice == RoutingChoice.Token
        ? [Network(routing.Router, hiddenSize, recursions)]
        : [.. Enumerable.Range(0, recursions).Select(_ => Network(routing.Router, hiddenSize, 1))];

    /// <summary>For each recursion the network that decides in use; its form, half the width and SiLU, is that of the published code from memory.</summary>
    public static Module<Tensor, Tensor>[] MakeAuxiliary(int hiddenSize, int recursions) =>
        [.. Enumerable.Range(0, recursions).Select(_ => Sequential(Linear(hiddenSize, AuxiliaryWidth(hiddenSize), hasBias: false), SiLU(), Linear(AuxiliaryWidth(hiddenSize), 1, hasBias: false)))];

    /// <summary>The weights that score a token for all recursions that it can take.</summary>
    public static long Weights(DepthRoutingConfig routing, long hiddenSize, int recursions) =>
        recursions * WeightsPerRecursion(routing, hiddenSize)
        + (routing.Choice == RoutingChoice.Token && routing.Router != RouterForm.Linear ? (1L - recursions) * Inner(routing.Router, hiddenSize) * hiddenSize : 0);

    /// <summary>The weights of the router of one recursion that picks its tokens.</summary>
    public static long WeightsPerRecursion(DepthRoutingConfig routing, long hiddenSize)
    {
        var auxiliary = routing.AuxiliaryRouter ? AuxiliaryWidth(hiddenSize) * (hiddenSize + 1) : 0;
        return auxiliary + (routing.Router == RouterForm.Linear ? hiddenSize : Inner(routing.Router, hiddenSize) * (hiddenSize + 1));
    }

    private static long AuxiliaryWidth(long hiddenSize) => Math.Max(1, hiddenSize / 2);

    private static long Inner(RouterForm form, long hiddenSize) => (form == RouterForm.WideMlp ? 4 : 2) * hiddenSize;

    private static Module<Tensor, Tensor> Network(RouterForm form, int hiddenSize, int outputs) => form == RouterForm.Linear
        ? Linear(hiddenSize, outputs, hasBias: false)
        : Sequential(Linear(hiddenSize, Inner(form, hiddenSize), hasBias: false), GELU(), Linear(Inner(form, hiddenSize), outputs, hasBias: false));
}
