using System.Runtime.InteropServices;

namespace Vilfredo.Reproductions;

/// <summary>What a run was measured on.</summary>
/// <param name="Processor">The processor's name, or its architecture where the system does not tell.</param>
/// <param name="Cores">Logical processors.</param>
/// <param name="MemoryBytes">The memory that the process may use.</param>
/// <param name="OperatingSystem">The system's name and version.</param>
/// <param name="Runtime">The .NET version.</param>
public sealed record MachineDescription(string Processor, int Cores, long MemoryBytes, string OperatingSystem, string Runtime)
{
    /// <summary>This machine.</summary>
    public static MachineDescription Here() => new(
        ProcessorName(), Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string ProcessorName()
    {
        const string list = "/proc/cpuinfo";
        var line = File.Exists(list) ? File.ReadLines(list).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
