using Vilfredo.Neural.Native;
using Vilfredo.Neural.Training.Data;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Objectives;

/// <summary>The squared error of a network's outputs, the mean over a target's numbers, summed over rows.</summary>
/// <param name="model">Maps inputs, [N, d_x], to outputs, [N, d_y]; it stays the caller's.</param>
/// <param name="multiplyAdds">Multiplications, each with its addition, of a forward pass for one row; from which a step's operations are counted.</param>
public sealed class RegressionObjective(nn.Module<Tensor, Tensor> model, long multiplyAdds) : ITrainingObjective<VectorBatch>
{
    /// <inheritdoc/>
    public nn.Module Module => model;

    /// <inheritdoc/>
    public long Count(VectorBatch batch) => batch.Rows;

    /// <inheritdoc/>
    public BatchLoss Loss(VectorBatch batch) =>
        new(model.forward(batch.InputTensor()).sub(batch.TargetTensor()).Squared().mean([-1]).sum());

    /// <inheritdoc/>
    public CostVector Cost(VectorBatch batch) => new() { Flops = 6.0 * multiplyAdds * batch.Rows };
}
