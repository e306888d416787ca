using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Agents.Assembly;

/// <summary>What a configuration was worth on the tasks.</summary>
/// <param name="Component">The component that was varied; null for the default configuration.</param>
/// <param name="Option">The value that it had; null for the default configuration.</param>
/// <param name="Attempts">Its attempts, in the order of the tasks.</param>
/// <param name="CostOfPass">Its pooled cost of pass, with accuracy, mean cost and interval.</param>
/// <param name="AccuracyDifference">Its accuracy minus that of the default, task by task, in [-1, 1].</param>
/// <param name="AccuracyLower">The lower end of the interval of that difference (bootstrap over tasks).</param>
/// <param name="AccuracyUpper">The upper end.</param>
public sealed record OptionResult(
    string? Component, string? Option, IReadOnlyList<Attempt> Attempts, CostOfPassEstimate CostOfPass, double AccuracyDifference, double AccuracyLower, double AccuracyUpper)
{
    /// <summary>The share of attempts that passed, in [0, 1].</summary>
    public double Accuracy => CostOfPass.PassRate;

    /// <summary>For example <c>memory: simple</c>, or <c>default</c>.</summary>
    public string Name => Component is null ? "default" : $"{Component}: {Option}";
}
