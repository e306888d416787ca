namespace Vilfredo.Measurement.Tasks;

/// <summary>The part of the problems an item belongs to.</summary>
public enum TaskSplit
{
    /// <summary>For training.</summary>
    Train,

    /// <summary>For choosing settings.</summary>
    Validation,

    /// <summary>For the final figure.</summary>
    Test,
}
