using System.Text.Json.Serialization;

namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>What became of a sample, or of one of its calls.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SampleVerdict>))]
public enum SampleVerdict
{
    /// <summary>It ended by itself and returned something, which nobody has judged yet.</summary>
    Completed,

    /// <summary>It returned what was expected.</summary>
    Correct,

    /// <summary>It returned something else.</summary>
    WrongAnswer,

    /// <summary>It threw an exception, or returned something that is not a value.</summary>
    Exception,

    /// <summary>It was stopped at the limit of CPU or wall time: its cost is only known to be at least that.</summary>
    TimeLimit,

    /// <summary>It wanted more memory than allowed.</summary>
    MemoryLimit,

    /// <summary>It was stopped because it wrote too much.</summary>
    OutputLimit,

    /// <summary>It was stopped because it started too many processes.</summary>
    ProcessLimit,

    /// <summary>Its process ended in the middle of a call: a stack overflow, a signal, an exit of its own.</summary>
    Crash,

    /// <summary>It did not compile (or, in Python, could not be loaded).</summary>
    CompileError,

    /// <summary>It uses what samples may not use; it was not run.</summary>
    PolicyViolation,

    /// <summary>The call was not made, because an earlier one ended the sample.</summary>
    NotRun,

    /// <summary>The runner failed, not the sample: the host or the sandbox could not start. Nothing is known of the sample.</summary>
    HostFailure,
}
