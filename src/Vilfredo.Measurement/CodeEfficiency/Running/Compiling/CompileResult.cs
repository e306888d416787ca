namespace Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

/// <summary>What became of a source text: a solution, or the errors that stopped it.</summary>
/// <param name="Solution">The solution, or <see langword="null"/>.</param>
/// <param name="Errors">One line per error, with line and column in the sample's text; empty for a solution.</param>
public sealed record CompileResult(CompiledSolution? Solution, IReadOnlyList<string> Errors)
{
    internal static CompileResult Failed(params IReadOnlyList<string> errors) => new(null, errors);
}
