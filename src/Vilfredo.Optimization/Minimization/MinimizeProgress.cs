namespace Vilfredo.Optimization;

/// <summary>How far a run is.</summary>
/// <param name="Evaluations">Points evaluated in this run.</param>
/// <param name="Generations">Batches evaluated in this run.</param>
/// <param name="Elapsed">Time since the run started.</param>
/// <param name="Optimizer">The optimiser, whose population is the answer so far.</param>
public readonly record struct MinimizeProgress(long Evaluations, long Generations, TimeSpan Elapsed, IOptimizer Optimizer);
