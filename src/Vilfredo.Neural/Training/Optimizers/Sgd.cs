using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Gradient descent with momentum and decoupled weight decay: b = mu b + g; w = (1 - lr wd) w - lr u, where u is b, or g + mu b with Nesterov's form.</summary>
public sealed class Sgd : Optimizer
{
    private readonly double _momentum;
    private readonly bool _nesterov;

    /// <summary>An optimiser whose momentum is zero.</summary>
    /// <param name="groups">The parameters.</param>
    /// <param name="momentum">mu, in [0, 1); 0 keeps no state but the step counts.</param>
    /// <param name="nesterov">Whether the step looks ahead along the momentum.</param>
    /// <exception cref="ArgumentException">There is no parameter, one occurs twice, or one asks for no gradient.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Sgd(IReadOnlyList<ParameterGroup> groups, double momentum = 0, bool nesterov = false)
        : base(groups, momentum == 0 ? [] : ["momentum"])
    {
        _momentum = RequireNumber(momentum, nameof(momentum), below: 1);
        _nesterov = nesterov;
    }

    private protected override void Update(Slot slot, Tensor gradient, double rate, long count)
    {
        Decay(slot, rate);
        var update = gradient;
        if (slot.Buffers is [var momentum])
        {
            momentum.ScaleBy(_momentum).AddScaled(gradient, 1);
            update = _nesterov ? gradient.PlusScaled(momentum, _momentum) : momentum;
        }

        slot.Parameter.AddScaled(update, -rate);
    }
}
