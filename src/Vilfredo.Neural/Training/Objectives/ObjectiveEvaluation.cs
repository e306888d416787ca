using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Objectives;

/// <summary>What an objective is worth on data that is not trained on.</summary>
public static class ObjectiveEvaluation
{
    /// <summary>The loss per scored element over batches, without gradients and with the module in evaluation; afterwards it is in training or not as before.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="batches">The data.</param>
    /// <returns>No number when nothing is scored.</returns>
    public static double MeanLoss<TBatch>(this ITrainingObjective<TBatch> objective, IReadOnlyList<TBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(batches);
        using var noGradient = no_grad();
        var trained = objective.Module.training;
        objective.Module.eval();
        var (sum, count) = (0.0, 0L);
        foreach (var batch in batches)
        {
            using var scope = NewDisposeScope();
            sum += objective.Loss(batch).Sum.to(ScalarType.Float64).item<double>();
            count += objective.Count(batch);
        }

        objective.Module.train(trained);
        return sum / count;
    }
}
