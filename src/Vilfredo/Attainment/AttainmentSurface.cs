namespace Vilfredo.Attainment;

/// <summary>
/// The border of what at least <see cref="Level"/> runs reached, given by its vertices: the mutually non-dominated minimal
/// points of that region.
/// </summary>
public sealed class AttainmentSurface
{
    internal AttainmentSurface(int level, int runCount, int objectives, double[] vertices)
    {
        Level = level;
        RunCount = runCount;
        Objectives = objectives;
        Vertices = vertices;
    }

    /// <summary>The number of runs, from 1 to <see cref="RunCount"/>, that reached everything beyond the surface.</summary>
    public int Level { get; }

    /// <summary>The number of runs in all.</summary>
    public int RunCount { get; }

    /// <summary>Values per vertex.</summary>
    public int Objectives { get; }

    /// <summary>The share of the runs in percent.</summary>
    public double Percentile => 100.0 * Level / RunCount;

    /// <summary>Row-major vertices in lexicographic order; empty when fewer runs than <see cref="Level"/> have points.</summary>
    public ReadOnlyMemory<double> Vertices { get; }

    /// <summary>The number of vertices.</summary>
    public int Count => Vertices.Length / Objectives;

    /// <summary>Whether at least <see cref="Level"/> runs reached a goal: some vertex weakly dominates it.</summary>
    /// <param name="goal">One value per objective.</param>
    /// <exception cref="ArgumentException"><paramref name="goal"/> has a wrong length or a NaN.</exception>
    public bool Attains(ReadOnlySpan<double> goal)
    {
        PointMatrix.ValidatePoint(goal, Objectives, nameof(goal));
        return WeaklyDominates.Any(Vertices.Span, goal);
    }
}
