namespace Vilfredo.Attainment;

/// <summary>
/// The empirical attainment function of several runs of an optimiser: for every goal, the share of runs that reached it,
/// that is, that found a point at least as good in all objectives (V. Grunert da Fonseca, C. M. Fonseca and A. O. Hall,
/// EMO 2001). All objectives are minimised.
/// </summary>
/// <remarks>
/// <para>A run may be empty (it reached nothing). Points with +Infinity are left out: they reach no finite goal. Values of
/// -Infinity are allowed.</para>
/// <para>Surfaces exist for 2 and 3 objectives and are computed once, when first asked for. With n runs and m points in all:
/// 2 objectives take O(m log m + n m), as in C. M. Fonseca, A. P. Guerreiro, M. Lopez-Ibanez and L. Paquete, "On the
/// computation of the empirical attainment function", EMO 2011; 3 objectives take O(n m log m) plus a term that grows with
/// the size of the surfaces. Instances are immutable and thread-safe.</para>
/// </remarks>
public sealed class AttainmentFunction
{
    private readonly Lazy<IReadOnlyList<AttainmentSurface>> surfaces;

    /// <summary>Takes the outcome of each run; the values are copied.</summary>
    /// <param name="runs">One row-major matrix per run, dominated points and duplicates allowed; at least one run.</param>
    /// <param name="objectives">Values per point.</param>
    /// <exception cref="ArgumentException">There is no run, or a run has a wrong shape or a NaN.</exception>
    public AttainmentFunction(IReadOnlyList<double[]> runs, int objectives)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Runs = new RunSet(runs, objectives);
        surfaces = new(ComputeSurfaces);
    }

    /// <summary>Values per point.</summary>
    public int Objectives => Runs.Objectives;

    /// <summary>The number of runs.</summary>
    public int RunCount => Runs.Count;

    /// <summary>
    /// The surfaces of all levels: element k - 1 bounds what at least k runs reached, so the first is the best case and the
    /// last the worst case over the runs.
    /// </summary>
    /// <exception cref="NotSupportedException">There are not 2 or 3 objectives.</exception>
    public IReadOnlyList<AttainmentSurface> Surfaces => surfaces.Value;

    internal RunSet Runs { get; }

    /// <summary>How many runs reached a goal, for any number of objectives, in O(m).</summary>
    /// <param name="goal">One value per objective.</param>
    /// <exception cref="ArgumentException"><paramref name="goal"/> has a wrong length or a NaN.</exception>
    public int CountAt(ReadOnlySpan<double> goal)
    {
        PointMatrix.ValidatePoint(goal, Objectives, nameof(goal));
        var count = 0;
        for (var run = 0; run < RunCount; run++)
        {
            if (WeaklyDominates.Any(Runs.Points(run), goal)) count++;
        }

        return count;
    }

    /// <summary>The share of runs that reached a goal, in [0, 1].</summary>
    /// <inheritdoc cref="CountAt"/>
    public double ProbabilityAt(ReadOnlySpan<double> goal) => (double)CountAt(goal) / RunCount;

    /// <summary>The surface that bounds what at least a percentage of the runs reached: 50 is the median surface.</summary>
    /// <param name="percentile">From 0 to 100; the level is the percentage of the runs, rounded up, and at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percentile"/> is outside 0 to 100.</exception>
    /// <exception cref="NotSupportedException">There are not 2 or 3 objectives.</exception>
    public AttainmentSurface SurfaceAtPercentile(double percentile)
    {
        if (!(percentile >= 0 && percentile <= 100))
            throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "A percentile is a number from 0 to 100.");

        // The tolerance keeps 100 k / n, computed in floating point, at level k.
        const double tolerance = 1e-8;
        return Surfaces[Math.Max(1, (int)Math.Ceiling(percentile / 100 * RunCount - tolerance)) - 1];
    }

    private AttainmentSurface[] ComputeSurfaces()
    {
        var levels = new List<double>[RunCount];
        for (var k = 0; k < levels.Length; k++) levels[k] = [];
        AttainmentSweep.ForEachVertex(Runs, (level, vertex, _) => levels[level - 1].AddRange(vertex));
        return [.. levels.Select((vertices, k) => new AttainmentSurface(k + 1, RunCount, Objectives, RowOrder.Sort(vertices, Objectives)))];
    }
}
