namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>Code to run and where to enter it.</summary>
public sealed record SampleProgram
{
    /// <summary>Its language.</summary>
    public SampleLanguage Language { get; init; } = SampleLanguage.CSharp;

    /// <summary>The source text; for a model's answer, what <see cref="Compiling.ModelAnswer.ExtractCode"/> finds in it.</summary>
    public required string Source { get; init; }

    /// <summary>The exact name of the method or function to call.</summary>
    public required string EntryPoint { get; init; }
}
