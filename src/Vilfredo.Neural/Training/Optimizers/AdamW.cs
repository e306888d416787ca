using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
/// <remarks>
/// m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w = (1 - lr wd) w - lr m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps).
/// The corrections are drawn into scalars, so that a parameter costs seven tensor operations and one temporary tensor.
/// </remarks>
public sealed class AdamW : Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;

    /// <summary>An optimiser whose moments are zero.</summary>
    /// <param name="groups">The parameters.</param>
    /// <param name="beta1">The memory of the mean of gradients, in [0, 1).</param>
    /// <param name="beta2">The memory of the mean of their squares, in [0, 1).</param>
    /// <param name="epsilon">Added to the root of the second moment. Not negative.</param>
    /// <exception cref="ArgumentException">There is no parameter, one occurs twice, or one asks for no gradient.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public AdamW(IReadOnlyList<ParameterGroup> groups, double beta1 = 0.9, double beta2 = 0.95, double epsilon = 1e-8)
        : base(groups, "first_moment", "second_moment")
    {
        _beta1 = RequireNumber(beta1, nameof(beta1), below: 1);
        _beta2 = RequireNumber(beta2, nameof(beta2), below: 1);
        _epsilon = RequireNumber(epsilon, nameof(epsilon));
    }

    private protected override void Update(Slot slot, Tensor gradient, double rate, long count)
    {
        var (first, second) = (slot.Buffers[0], slot.Buffers[1]);
        var correction = Math.Sqrt(1 - Math.Pow(_beta2, count));
        Decay(slot, rate);
        first.ScaleBy(_beta1).AddScaled(gradient, 1 - _beta1);
        second.ScaleBy(_beta2).AddProduct(gradient, gradient, 1 - _beta2);
        var root = second.sqrt().AddNumber(_epsilon * correction);
        slot.Parameter.AddQuotient(first, root, -rate * correction / (1 - Math.Pow(_beta1, count)));
    }
}
