namespace Vilfredo.Optimization;

/// <summary>When the hypervolume of all feasible points evaluated in a run counts as standing still.</summary>
/// <param name="Generations">The number of batches over which it has not grown, at least 1.</param>
/// <param name="Tolerance">The growth that counts as none, as a share of the hypervolume; in [0, 1).</param>
public sealed record HypervolumeStagnation(int Generations, double Tolerance = 0.001)
{
    /// <summary>
    /// One finite value per objective, from which on a point counts nothing; <see langword="null"/> for the worst values in the first batch that has a feasible point, and a tenth of
    /// its range beyond.
    /// </summary>
    public IReadOnlyList<double>? ReferencePoint { get; init; }
}
