using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>How an answer of <see cref="AlgorithmFirstStrategy"/> came about.</summary>
/// <param name="EntryPoint">The method or function that candidates were called by.</param>
/// <param name="Tests">All tests that were written.</param>
/// <param name="Candidates">All candidates, in the order in which they were designed.</param>
/// <param name="Chosen">The index of the answer.</param>
public sealed record AlgorithmFirstReport(
    string? EntryPoint, IReadOnlyList<SyntheticTest> Tests, IReadOnlyList<CandidateProgram> Candidates, int Chosen)
{
    /// <summary>The additional property of the response that holds the report.</summary>
    public const string Key = "vilfredo.llm4effi";

    /// <summary>The report of a response; <see langword="null"/> where another strategy gave it.</summary>
    public static AlgorithmFirstReport? Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties?.GetValueOrDefault(Key) as AlgorithmFirstReport;
    }
}
