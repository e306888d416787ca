using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>Runs candidate programs for <see cref="AlgorithmFirstStrategy"/>; implement it to run them elsewhere, or to look up what is known of them.</summary>
public interface ICandidateRunner
{
    /// <summary>Makes calls of a program, none judged.</summary>
    /// <param name="program">The program.</param>
    /// <param name="calls">Per call, a JSON array with its arguments.</param>
    /// <param name="settings">How to run it.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<SampleRun> RunAsync(SampleProgram program, IReadOnlyList<JsonElement> calls, RunSettings settings, CancellationToken cancellation);
}
