using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Objectives;

/// <summary>The loss of a batch.</summary>
/// <param name="Sum">The loss summed over the scored elements, a scalar: what is reported.</param>
/// <param name="Penalty">What is lowered with it and not reported, such as a balancing loss, per scored element, a scalar; or null.</param>
public readonly record struct BatchLoss(Tensor Sum, Tensor? Penalty = null);
