namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>Which tasks count for a model, and how many of its right samples are profiled.</summary>
/// <param name="MinCorrect">A task enters when the model has at least this many right samples for it, at least 1.</param>
/// <param name="MaxProfiled">At most this many of them are profiled, in the order of the samples; at least 1.</param>
public sealed record ScoringProtocol(int MinCorrect, int MaxProfiled)
{
    /// <summary>The published code's: at least 10 right samples, up to 20 profiled.</summary>
    public static ScoringProtocol Current { get; } = new(10, 20);

    /// <summary>The paper's: at least 1 right sample, up to 10 profiled.</summary>
    public static ScoringProtocol Paper { get; } = new(1, 10);
}
