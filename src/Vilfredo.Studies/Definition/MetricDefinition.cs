using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>A value that is measured beside the objectives.</summary>
/// <param name="Name">The name, unique within the study.</param>
/// <param name="Unit">The unit, or <see langword="null"/>.</param>
/// <param name="Source">Where a command's value comes from; <see langword="null"/> when a function gives it.</param>
public sealed record MetricDefinition(string Name, string? Unit = null, MetricSource? Source = null);
