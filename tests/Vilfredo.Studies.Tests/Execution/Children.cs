using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

/// <summary>Real child processes for tests, marked so that a test can count which of its own are still alive.</summary>
internal sealed class Children : IDisposable
{
    private const string TestVariable = "VILFREDO_TEST";

    private readonly string _marker = Guid.NewGuid().ToString("N");

    public ProcessRunner Runner { get; } = new();

    public TemporaryDirectory Directory { get; } = new();

    public ProcessSpecification Shell(string script, params string[] arguments) =>
        Command("/bin/sh", ["-c", script, "sh", .. arguments]);

    public ProcessSpecification Command(string file, params string[] arguments) => new()
    {
        FileName = file,
        Arguments = arguments,
        WorkingDirectory = Directory.Path,
        Environment = new Dictionary<string, string?> { [TestVariable] = _marker },
    };

    /// <summary>Writes a file that may be executed into the working directory.</summary>
    public void WriteProgram(string name, string text)
    {
        File.WriteAllText(Directory.File(name), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Directory.File(name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public Task<ProcessResult> RunAsync(ProcessSpecification specification) =>
        Runner.RunAsync(specification, TestContext.Current.CancellationToken);

    public Task<ProcessResult> RunShellAsync(string script) => RunAsync(Shell(script));

    /// <summary>Processes of this test that are neither gone nor zombies.</summary>
    public int Alive() => LinuxProcess.All().Count(id =>
        LinuxProcess.EnvironmentOf(id, TestVariable) == _marker && LinuxProcess.TryRead(id, out var process) && !process.IsDead);

    public void Dispose()
    {
        Runner.Dispose();
        Directory.Dispose();
    }
}
