namespace Vilfredo.Measurement.CodeEfficiency.Formats;

/// <summary>A programming problem of a public benchmark.</summary>
/// <param name="Id">Its name, such as <c>HumanEval/0</c>.</param>
/// <param name="Prompt">What a model is given: the start of a program, or a sentence; empty where the file has none.</param>
/// <param name="Language">The programming language in lower case, such as <c>python</c> or <c>csharp</c>.</param>
public sealed record CodeProblem(string Id, string Prompt, string Language)
{
    /// <summary>The function that is called; <see langword="null"/> where the file does not say.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>The text of the tests, to be run after prompt and solution; <see langword="null"/> where the file has none.</summary>
    public string? Tests { get; init; }

    /// <summary>A solution from the file, which need not be right; <see langword="null"/> where it has none.</summary>
    public string? CanonicalSolution { get; init; }

    /// <summary>The problem in words; <see langword="null"/> where the file has none beside the prompt.</summary>
    public string? Description { get; init; }

    /// <summary>The input sizes of the levels from 0 on (ENAMEL); empty elsewhere.</summary>
    public IReadOnlyList<long> LevelSizes { get; init; } = [];

    /// <summary>Whether the benchmark counts the problem; ENAMEL leaves out those too easy to time.</summary>
    public bool IsCounted { get; init; } = true;
}
