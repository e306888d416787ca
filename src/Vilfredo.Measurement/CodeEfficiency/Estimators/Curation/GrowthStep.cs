namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Curation;

/// <summary>What became of a generator at one scale.</summary>
public enum GrowthStep
{
    /// <summary>The input was made and the reference ran on it.</summary>
    Ran,

    /// <summary>The input outgrew the integers or the size allowed, or making or running it took too long or too much memory.</summary>
    OutOfBounds,

    /// <summary>The generator or the reference failed: the input is not well-defined.</summary>
    Failed,
}
