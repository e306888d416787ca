using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Objectives;

/// <summary>What a <see cref="Trainer{TBatch}"/> lowers: the mean of a loss over the scored elements of batches.</summary>
/// <typeparam name="TBatch">What is trained on in one pass.</typeparam>
public interface ITrainingObjective<in TBatch>
{
    /// <summary>The module that is trained; it is saved and resumed with its buffers.</summary>
    nn.Module Module { get; }

    /// <summary>The scored elements of a batch: tokens, rows, pixels. A step that accumulates several batches weighs them by it.</summary>
    long Count(TBatch batch);

    /// <summary>The loss of a batch, from one forward pass.</summary>
    BatchLoss Loss(TBatch batch);

    /// <summary>What a training step on the batch costs: operations forwards and backwards, and tokens.</summary>
    CostVector Cost(TBatch batch);

    /// <summary>Called after each step of the optimiser, for what moves without a gradient.</summary>
    void AfterStep()
    {
    }
}
