using System.Diagnostics;
using System.Globalization;

namespace Vilfredo.Benchmarks.Serving;

/// <summary>A process of the benchmark, and where it listens.</summary>
internal sealed class ServingProcess : IDisposable
{
    private readonly Process _process;

    public ServingProcess(params string[] role)
        : this(null, role)
    {
    }

    /// <summary>Starts a role.</summary>
    /// <param name="library">The benchmark as another version of the project was built, to compare with it; null for this one.</param>
    /// <param name="role">The role and its arguments.</param>
    public ServingProcess(string? library, string[] role)
    {
        // Run by 'dotnet X.dll' or as a program of its own.
        var program = library is null ? Environment.ProcessPath! : "dotnet";
        string[] self = library is not null ? [library] : Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ServingProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. self, "serving-role", .. role]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (role is ["serve", _, var trusted])
            start.Environment["SSL_CERT_FILE"] = trusted;
        _process = Process.Start(start)!;
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

    /// <summary>The processor time that it has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What it has taken so far.</summary>
    public ServingCounters Counters
    {
        get
        {
            _process.StandardInput.WriteLine();
            _process.StandardInput.Flush();
            return ServingCounters.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The process has ended."));
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
