using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Vilfredo.Cli.Tests;

/// <summary>Runs the built command as a process of its own, in a temporary directory with the files of the test.</summary>
internal sealed class Cli : IDisposable
{
    /// <summary>The built Vilfredo.Cli.dll.</summary>
    public static readonly string Program = FindProgram();

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("vilfredo-cli-").FullName;

    /// <summary>Writes a file that the command can name without a path.</summary>
    public Cli With(string file, string content)
    {
        File.WriteAllText(Path.Combine(Directory, file), content);
        return this;
    }

    public Result Run(params string[] arguments) => Run("", arguments);

    public Result RunWithInput(string standardInput, params string[] arguments) => Run(standardInput, arguments);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    /// <summary>One process from start to end.</summary>
    public static Result Start(ProcessStartInfo start, string standardInput = "")
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(standardInput);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A command that rejects its arguments ends without reading its input.
        }

        process.WaitForExit();
        return new Result(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The command, not started, with its standard input and output redirected.</summary>
    public static ProcessStartInfo Prepare(string directory, params string[] arguments) => new("dotnet", [Program, .. arguments])
    {
        WorkingDirectory = directory,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(false),
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    /// <summary>The root of the source tree.</summary>
    public static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Vilfredo.slnx")))
            directory = directory.Parent!;
        return directory.FullName;
    }

    private Result Run(string standardInput, string[] arguments) => Start(Prepare(Directory, arguments), standardInput);

    /// <summary>artifacts/bin/Vilfredo.Cli/CONFIGURATION beside artifacts/bin/Vilfredo.Cli.Tests/CONFIGURATION.</summary>
    private static string FindProgram()
    {
        var tests = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(tests.Parent!.Parent!.FullName, "Vilfredo.Cli", tests.Name, "Vilfredo.Cli.dll");
        return File.Exists(program) ? program : throw new FileNotFoundException("Build src/Vilfredo.Cli first.", program);
    }

    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        public JsonElement Json => JsonDocument.Parse(Output).RootElement;

        /// <summary>The output of a command that must have succeeded without a word on standard error.</summary>
        public Result Succeeded()
        {
            Assert.Equal("", Error);
            Assert.Equal(0, ExitCode);
            return this;
        }

        /// <summary>The error of a command that must have refused its input without writing a result.</summary>
        public Result Refused(string message)
        {
            Assert.Equal(2, ExitCode);
            Assert.StartsWith($"vilfredo: {message}", Error, StringComparison.Ordinal);
            Assert.Equal("", Output);
            return this;
        }
    }
}
