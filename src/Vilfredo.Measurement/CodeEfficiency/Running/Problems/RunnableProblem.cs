using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running.Judging;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>A problem whose samples can be run: where to call them, with what, and what is right.</summary>
/// <param name="Id">Its name.</param>
/// <param name="EntryPoint">The exact name of the method or function.</param>
/// <param name="Calls">The arguments of each test, a JSON array each; at least one.</param>
public sealed record RunnableProblem(string Id, string EntryPoint, IReadOnlyList<JsonElement> Calls)
{
    /// <summary>The language of its samples.</summary>
    public SampleLanguage Language { get; init; } = SampleLanguage.CSharp;

    /// <summary>What each test expects; <see langword="null"/> where the reference says it.</summary>
    public IReadOnlyList<JsonElement>? Expected { get; init; }

    /// <summary>A right program to hold costs against, and to take expected outputs from; <see langword="null"/> for none.</summary>
    public string? Reference { get; init; }

    /// <summary>The text that samples continue, when they are completions.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>Decides what is right.</summary>
    public IOutputChecker Checker { get; init; } = EqualOutput.Default;
}
