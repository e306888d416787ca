using System.Text.Json.Serialization;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

/// <summary>Something that a sandbox keeps its process from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Protection>))]
public enum Protection
{
    /// <summary>No network: a network namespace without a connection.</summary>
    NoNetwork,

    /// <summary>Other processes cannot be seen or signalled, and nothing outlives the sample: a process namespace.</summary>
    OwnProcesses,

    /// <summary>Nothing can be written outside of the temporary directory: all else is mounted read-only.</summary>
    ReadOnlyFiles,

    /// <summary>No devices but those of nothing, zeros and random bytes: a disk can be written to even where its device file is read-only.</summary>
    OwnDevices,

    /// <summary>An empty <c>/run</c>, where services have their sockets, which a network namespace does not close.</summary>
    HiddenServices,

    /// <summary>A temporary directory of its own in memory, of limited size, gone with the process.</summary>
    TemporaryDirectory,

    /// <summary>No privileges and no way to gain some, not even inside of further namespaces.</summary>
    NoPrivileges,

    /// <summary>A hard limit of the number of processes by the kernel, besides the count by the runner.</summary>
    ProcessCap,

    /// <summary>Limits of CPU time, file size and open files by the kernel.</summary>
    ResourceLimits,

    /// <summary>Memory, output and wall time are watched, the number of processes counted, and the whole tree is killed at a limit.</summary>
    WatchedTree,
}
