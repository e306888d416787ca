namespace Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

/// <summary>A sample that compiled: the emitted assembly and where in it to call.</summary>
public sealed record CompiledSolution
{
    /// <summary>The assembly as emitted: a library, optimised, deterministic (the same source gives the same bytes).</summary>
    public required ReadOnlyMemory<byte> Assembly { get; init; }

    /// <summary>The full metadata name of the type that holds the entry point.</summary>
    public required string TypeName { get; init; }

    /// <summary>The entry point's name.</summary>
    public required string MethodName { get; init; }

    /// <summary>How many parameters it takes.</summary>
    public required int ParameterCount { get; init; }
}
