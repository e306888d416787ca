namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>
/// How clearly two neighbouring costs must differ to belong to different clusters: x and the next smaller y are cut apart when
/// (x − y) / x &gt; <see cref="BaseThreshold"/> + √(<see cref="NoiseWeight"/> / x).
/// </summary>
public sealed record CutOptions
{
    /// <summary>
    /// The relative gap that large costs need, at least 0: 0.10 for ladders in the published code, 0.20 for its filter of tasks.
    /// </summary>
    public double BaseThreshold { get; init; } = 0.10;

    /// <summary>
    /// The cost below which noise drowns a difference, in the unit of the costs and at least 0: 10,000 instructions in the published
    /// code. Choose another one for seconds.
    /// </summary>
    public double NoiseWeight { get; init; } = 10_000;
}
