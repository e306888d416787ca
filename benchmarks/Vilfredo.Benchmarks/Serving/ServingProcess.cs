using System.Diagnostics;
using System.Globalization;

namespace Vilfredo.Benchmarks.Serving;

/// <summary>A process of the benchmark, and where it listens.</summary>
internal sealed class ServingProcess : IDisposable
{
    private readonly Process _process;

    public ServingProcess(params string[] role)
    {
        // Run by 'dotnet X.dll' or as a program of its own.
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ServingProcess).Assembly.Location] : [];
        _process = Process.Start(new ProcessStartInfo(program, [.. self, "serving-role", .. role]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Address = new(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The role {role[0]} did not start."));
    }

    public Uri Address { get; }

    /// <summary>Resident memory now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }
}
