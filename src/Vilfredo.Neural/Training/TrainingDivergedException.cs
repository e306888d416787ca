namespace Vilfredo.Neural.Training;

/// <summary>The loss or the gradient of a training step is not a finite number. The weights are those before the step.</summary>
/// <param name="step">The step, from 1.</param>
/// <param name="loss">Its mean loss.</param>
/// <param name="gradientNorm">The norm of its gradient.</param>
public sealed class TrainingDivergedException(long step, double loss, double gradientNorm) : Exception(
    FormattableString.Invariant($"Step {step} has the loss {loss} and a gradient of norm {gradientNorm}. Lower the learning rate, lengthen the warm-up or clip gradients; single bad steps can be passed over with the policy '{nameof(NonFinitePolicy.Skip)}'."))
{
    /// <summary>The step, from 1.</summary>
    public long Step => step;

    /// <summary>Its mean loss.</summary>
    public double Loss => loss;

    /// <summary>The norm of its gradient.</summary>
    public double GradientNorm => gradientNorm;
}
