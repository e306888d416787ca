namespace Vilfredo.Measurement.CodeEfficiency.Running.Judging;

/// <summary>When two outputs count as equal.</summary>
public sealed record EqualityOptions
{
    /// <summary>How far a floating number may be off; 1e-6 unless said otherwise. Of two whole numbers neither may be off.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-6;

    /// <summary>How far a floating number may be off as a fraction of the expected one, on top; 1e-7 unless said otherwise.</summary>
    public double RelativeTolerance { get; init; } = 1e-7;

    /// <summary>Whether the items of lists may come in any order, at every depth.</summary>
    public bool AnyOrder { get; init; }
}
