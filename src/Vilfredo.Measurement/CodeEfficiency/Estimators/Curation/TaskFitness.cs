namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Curation;

/// <summary>Whether a task can tell fast solutions from slow ones, or the first reason why not.</summary>
public enum TaskFitness
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>Too few solutions were profiled, or one broke.</summary>
    TooFewSolutions,

    /// <summary>The fastest solution does too little to be measured.</summary>
    TooCheap,

    /// <summary>Repeats of the same solution differ too much.</summary>
    TooNoisy,

    /// <summary>The solutions are too alike.</summary>
    TooFewClusters,
}
