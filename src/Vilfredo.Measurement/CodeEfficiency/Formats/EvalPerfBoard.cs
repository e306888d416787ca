using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

namespace Vilfredo.Measurement.CodeEfficiency.Formats;

/// <summary>The results of many models on the tasks of EvalPerf.</summary>
/// <param name="Models">The models' scores as published.</param>
/// <param name="References">The number of reference solutions of each task.</param>
/// <param name="Rungs">The matched reference of each profiled sample by model and task, 0 for the slowest, −1 for none.</param>
public sealed record EvalPerfBoard(
    IReadOnlyList<ModelScores> Models, IReadOnlyDictionary<string, int> References,
    IReadOnlyDictionary<(string Model, string Task), IReadOnlyList<int>> Rungs)
{
    /// <summary>DPS_norm of a model's task from the matched references; <see langword="null"/> when no sample was profiled.</summary>
    public double? Normalized(string model, string task) =>
        Rungs[(model, task)] is { Count: > 0 } rungs ? rungs.Average(rung => 100.0 * (rung + 1) / References[task]) : null;
}
