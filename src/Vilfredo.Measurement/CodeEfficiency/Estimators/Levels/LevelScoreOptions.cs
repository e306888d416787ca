namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;

/// <summary>Settings of <see cref="LevelScoring"/>; the defaults are the published ones (arXiv 2406.06647 and its code).</summary>
public sealed record LevelScoreOptions
{
    /// <summary>α: a run is cut off at α times the reference's slowest test; above 1.</summary>
    public double TimeoutFactor { get; init; } = 2;

    /// <summary>
    /// h: the weight of each level from 0 on, none negative, not all zero. Level 0 only screens for correctness.
    /// </summary>
    public IReadOnlyList<double> Hardness { get; init; } = [0, 3, 3, 4];

    /// <summary>
    /// How far beyond the limit a run goes on before it is killed, in the unit of the costs. A test that ends within the tolerance
    /// scores nothing, but the next level is still run.
    /// </summary>
    public double KillTolerance { get; init; } = 0.01;
}
