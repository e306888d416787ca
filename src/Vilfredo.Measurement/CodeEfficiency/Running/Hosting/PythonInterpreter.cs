using Vilfredo.Studies.Execution;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Hosting;

/// <summary>Finds the interpreter of Python itself, past the scripts that version managers put in front of it.</summary>
internal static class PythonInterpreter
{
    /// <summary>Asks <c>python3</c> where it is.</summary>
    /// <returns>Its path, or <see langword="null"/> where there is none, it is older than 3.8, or the system is Windows, whose signals it lacks.</returns>
    public static async Task<string?> FindAsync(ProcessRunner runner, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows()) return null;
        var result = await runner.RunAsync(
            new ProcessSpecification
            {
                FileName = "python3",
                Arguments = ["-c", "import sys; print(sys.executable if sys.version_info >= (3, 8) else '')"],
                TimeLimit = TimeSpan.FromSeconds(60),
            },
            cancellation);
        if (result.Outcome == ProcessOutcome.Canceled) throw new OperationCanceledException(cancellation);
        var path = result.StandardOutput.Text.Trim();
        return result.Succeeded && File.Exists(path) ? path : null;
    }
}
