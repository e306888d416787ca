using System.Diagnostics.CodeAnalysis;

namespace Vilfredo.Studies.Execution;

/// <summary>A finite number taken from a run, or why there is none.</summary>
public readonly record struct MetricReading
{
    private MetricReading(double value, string? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The number; 0 without meaning when there is an <see cref="Error"/>.</summary>
    public double Value { get; }

    /// <summary>What was looked for and what was there instead; <see langword="null"/> when there is a number.</summary>
    public string? Error { get; }

    /// <summary>Whether there is a number.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsNumber => Error is null;

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN or infinite.</exception>
    public static MetricReading Of(double value) => double.IsFinite(value)
        ? new MetricReading(value, null)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A measurement is a finite number.");

    /// <summary>No number, with the reason.</summary>
    public static MetricReading Missing(string error)
    {
        ArgumentException.ThrowIfNullOrEmpty(error);
        return new MetricReading(0, error);
    }
}
