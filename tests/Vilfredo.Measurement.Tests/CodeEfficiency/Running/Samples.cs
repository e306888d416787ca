using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

/// <summary>One runner for the tests of a class, with short limits.</summary>
public sealed class Samples : IDisposable
{
    public static readonly RunLimits Limits = new()
    {
        CpuTime = TimeSpan.FromSeconds(5),
        WallTime = TimeSpan.FromSeconds(60), // the machine may be busy
        MemoryBytes = 128 << 20,
        OutputBytes = 200_000,
        StartAllowance = TimeSpan.FromSeconds(60),
    };

    /// <summary>For samples that attack: the policy would not let them through, and the sandbox is what is tested.</summary>
    public static readonly RunSettings NoPolicy = new() { Limits = Limits, CheckPolicy = false };

    public SampleRunner Runner { get; } = new();

    public void Dispose() => Runner.Dispose();

    public Task<SampleRun> RunAsync(string source, string calls = "[[]]", RunSettings? settings = null) =>
        Runner.RunAsync(new SampleProgram { Source = source, EntryPoint = "F" }, Calls(calls), settings ?? new RunSettings { Limits = Limits });

    public async Task<SampleRun> RunPythonAsync(string source, string calls = "[[]]", RunSettings? settings = null)
    {
        Assert.SkipUnless(await Runner.HasPythonAsync(), "this machine has no python3");
        var sample = new SampleProgram { Language = SampleLanguage.Python, Source = source, EntryPoint = "f" };
        return await Runner.RunAsync(sample, Calls(calls), settings ?? new RunSettings { Limits = Limits });
    }

    public static JsonElement[] Calls(string json) => [.. JsonDocument.Parse(json).RootElement.EnumerateArray()];
}
