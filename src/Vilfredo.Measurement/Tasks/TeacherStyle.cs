namespace Vilfredo.Measurement.Tasks;

/// <summary>How much a teacher writes.</summary>
public enum TeacherStyle
{
    /// <summary>The answer only.</summary>
    Direct,

    /// <summary>The result of each step.</summary>
    Terse,

    /// <summary>Each step with what went into it.</summary>
    Verbose,
}
