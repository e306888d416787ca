using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>Runs candidates in the sandbox of <see cref="SampleRunner"/>.</summary>
/// <param name="runner">The sandbox; it stays the caller's.</param>
public sealed class SandboxCandidateRunner(SampleRunner runner) : ICandidateRunner
{
    /// <inheritdoc/>
    public Task<SampleRun> RunAsync(SampleProgram program, IReadOnlyList<JsonElement> calls, RunSettings settings, CancellationToken cancellation) =>
        runner.RunAsync(program, calls, settings, cancellation);
}
