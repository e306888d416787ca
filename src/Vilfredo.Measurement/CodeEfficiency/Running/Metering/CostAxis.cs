using System.Text.Json.Serialization;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Metering;

/// <summary>What is counted as the cost of a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CostAxis>))]
public enum CostAxis
{
    /// <summary>CPU seconds of the thread that made the call: the default, least moved by what else the machine does.</summary>
    ThreadCpuTime,

    /// <summary>CPU seconds of the whole process, other threads and the collector included.</summary>
    ProcessCpuTime,

    /// <summary>Seconds of wall time: what a user feels.</summary>
    WallTime,

    /// <summary>Bytes allocated on the managed heap (C#).</summary>
    AllocatedBytes,

    /// <summary>Executed instructions, by <see cref="InstructionMeter"/>.</summary>
    Instructions,
}
