using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running.Judging;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>A problem whose samples can be run: where to call them, with what, and what is right.</summary>
/// <param name="Id">Its name.</param>
/// <param name="EntryPoint">The exact name of the method or function.</param>
/// <param name="Calls">The arguments of each test, a JSON array each; none for a problem whose inputs a ladder makes.</param>
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

    /// <summary>What is asked, in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it is about, such as <c>graphs</c>; empty where the file does not say.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Makes its inputs, level by level; <see langword="null"/> for a problem with fixed tests.</summary>
    public InputLadder? Ladder { get; init; }

    /// <summary>Programs that came with it, from the slowest to the fastest and then the wrong ones.</summary>
    public IReadOnlyList<NamedSolution> Solutions { get; init; } = [];

    /// <summary>Decides what is right.</summary>
    public IOutputChecker Checker { get; init; } = EqualOutput.Default;
}
