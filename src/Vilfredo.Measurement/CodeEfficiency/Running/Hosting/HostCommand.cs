using Vilfredo.CodeHost;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Hosting;

/// <summary>How a child process for one language is started.</summary>
/// <param name="Program">The program and its arguments; request and answers come last.</param>
/// <param name="Settings">Variables of its environment that costs depend on.</param>
/// <param name="AddressSpaceBytes">Limit of its address space; 0 for none.</param>
/// <param name="ResidentBytes">Resident memory of the whole tree at which it is killed.</param>
internal sealed record HostCommand(
    IReadOnlyList<string> Program, IReadOnlyDictionary<string, string> Settings, long AddressSpaceBytes, long ResidentBytes)
{
    /// <summary>What a runtime needs besides the heap that is limited: code, tables, stacks, and the shells around it.</summary>
    private const long RuntimeBytes = 128L << 20;

    /// <summary>Memory that valgrind takes for itself.</summary>
    private const long InstrumentBytes = 2L << 30;

    /// <summary>Address space of an interpreter that does nothing.</summary>
    private const long InterpreterBytes = 64L << 20;

    /// <summary>The host of compiled C#.</summary>
    /// <param name="folder">Gives the path of a file by its name, for the runtime configuration.</param>
    /// <param name="limits">The limits.</param>
    /// <exception cref="FileNotFoundException">The host or the <c>dotnet</c> command is not where it belongs.</exception>
    public static HostCommand ForCSharp(Func<string, string> folder, RunLimits limits)
    {
        var host = Path.Combine(AppContext.BaseDirectory, typeof(HostProtocol).Assembly.GetName().Name + ".dll");
        if (!File.Exists(host)) throw new FileNotFoundException($"'{host}' is missing; it belongs beside the application's own files.", host);

        // The sample runs on the runtime that this process runs on, whatever is newer on the machine.
        var configuration = folder("host.runtimeconfig.json");
        File.WriteAllText(configuration, $$"""
            {"runtimeOptions": {"tfm": "net10.0", "rollForward": "LatestPatch",
             "framework": {"name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" },
             "configProperties": {"System.Globalization.Invariant": true } } }
            """);
        var settings = new Dictionary<string, string>
        {
            // No tiers: all code is optimised before its first run, so that a cost does not depend on how often something ran.
            ["DOTNET_TieredCompilation"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["DOTNET_GCHeapHardLimit"] = limits.MemoryBytes.ToString("x"),
            ["DOTNET_DbgEnableMiniDump"] = "0",
        };
        return new HostCommand(
            [DotNet(), "exec", "--runtimeconfig", configuration, host], settings, AddressSpaceBytes: 0,
            limits.MemoryBytes + limits.StackBytes + RuntimeBytes);
    }

    /// <summary>The same host under valgrind, which counts the instructions of the whole process and writes the number to standard error.</summary>
    /// <param name="valgrind">The path of the program.</param>
    public HostCommand CountingInstructions(string valgrind) => this with
    {
        Program = [valgrind, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "--vgdb=no", .. Program],
        AddressSpaceBytes = 0, // translated code and shadow tables need far more than the program
        ResidentBytes = ResidentBytes + InstrumentBytes,
    };

    /// <summary>The host of Python.</summary>
    /// <param name="folder">Gives the path of a file by its name, for the host's program.</param>
    /// <param name="interpreter">The interpreter, as <see cref="PythonInterpreter"/> found it.</param>
    /// <param name="limits">The limits.</param>
    public static HostCommand ForPython(Func<string, string> folder, string interpreter, RunLimits limits)
    {
        const string name = "host.py";
        using (var program = typeof(HostCommand).Assembly.GetManifestResourceStream("Vilfredo.Measurement.CodeEfficiency." + name)!)
        using (var file = File.Create(folder(name)))
            program.CopyTo(file);

        // Hashes of text, and with them the order and cost of sets, are the same in every run.
        var settings = new Dictionary<string, string> { ["PYTHONHASHSEED"] = "0" };
        return new HostCommand(
            [interpreter, "-s", "-B", "-X", "utf8", folder(name)], settings, limits.MemoryBytes + InterpreterBytes, limits.MemoryBytes + RuntimeBytes);
    }

    /// <summary>The <c>dotnet</c> command of the runtime that this process runs on.</summary>
    private static string DotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

        // ROOT/shared/Microsoft.NETCore.App/VERSION/ holds the framework.
        var fromFramework = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        if (File.Exists(fromFramework)) return fromFramework;
        return Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root && File.Exists(Path.Combine(root, name))
            ? Path.Combine(root, name)
            : throw new FileNotFoundException("Samples of C# need the dotnet command; install the .NET runtime or set DOTNET_ROOT to its folder.", name);
    }
}
