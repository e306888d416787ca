using System.Text.Json.Serialization;

namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>The limit that stopped a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LimitKind>))]
public enum LimitKind
{
    /// <summary>CPU time of one run of a call.</summary>
    CpuTime,

    /// <summary>Wall time of one run of a call, or of the process.</summary>
    WallTime,

    /// <summary>Memory.</summary>
    Memory,

    /// <summary>Bytes written to standard output and standard error.</summary>
    Output,

    /// <summary>Live processes.</summary>
    Processes,
}
