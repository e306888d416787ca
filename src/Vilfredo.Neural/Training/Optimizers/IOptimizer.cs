using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Changes parameters along their gradients.</summary>
public interface IOptimizer : IDisposable
{
    /// <summary>The parameters in groups; every parameter is in one.</summary>
    IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>All that must survive for a later step to be the same, bit for bit. To resume, overwrite these tensors in place with saved ones; they stay the optimiser's.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>One step on the gradients that the parameters hold. Parameters without a gradient stay as they are, and so does their state.</summary>
    /// <param name="factor">Multiplies every group's learning rate, from a <see cref="Schedules.ISchedule"/>. Finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or no number.</exception>
    void Step(double factor = 1);

    /// <summary>Sets the gradients to zero in place, so that they keep their memory.</summary>
    void ZeroGradients();
}
