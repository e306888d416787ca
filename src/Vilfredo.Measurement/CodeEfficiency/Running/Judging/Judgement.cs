namespace Vilfredo.Measurement.CodeEfficiency.Running.Judging;

/// <summary>Whether an output is right, and if not, where it is not.</summary>
/// <param name="Difference">The first difference found, for people; <see langword="null"/> for a right output.</param>
public readonly record struct Judgement(string? Difference)
{
    /// <summary>A right output.</summary>
    public static Judgement Correct => default;

    /// <summary>Whether the output is right.</summary>
    public bool IsCorrect => Difference is null;
}
