using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>A goal of a study and, when a command is measured, where its number comes from.</summary>
/// <param name="Objective">Name, direction and unit.</param>
/// <param name="Source">Where a command's value comes from; <see langword="null"/> when a function gives it.</param>
public sealed record ObjectiveDefinition(Objective Objective, MetricSource? Source = null)
{
    /// <summary>
    /// Where a command's gradient comes from: an object with a number for each active knob, or an array of them in the knobs' order. <see langword="null"/> when the command gives
    /// none, or a function is measured.
    /// </summary>
    public JsonPathSource? Gradient { get; init; }
}
