namespace Vilfredo.Measurement.IdealizedRuntime.Profiling;

/// <summary>How far profiling is.</summary>
/// <param name="Done">Runs made, warm-ups included.</param>
/// <param name="Total">Runs to make.</param>
/// <param name="Last">The run that was timed last; <see langword="null"/> during the first warm-up.</param>
public sealed record ProfilerProgress(int Done, int Total, RuntimeCell? Last);
