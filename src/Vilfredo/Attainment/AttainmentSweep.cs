namespace Vilfredo.Attainment;

/// <summary>Receives a vertex of the surface of a level, and can ask which runs reach it.</summary>
internal delegate void VertexVisitor(int level, ReadOnlySpan<double> vertex, Func<int, bool> attains);

/// <summary>Enumerates the vertices of the attainment surfaces of all levels in 2 and 3 objectives.</summary>
internal static class AttainmentSweep
{
    public static void ForEachVertex(RunSet runs, VertexVisitor visit)
    {
        switch (runs.Objectives)
        {
            case 2: Planar(runs, visit); break;
            case 3: new SpatialSweep(runs).Run(visit); break;
            default:
                throw new NotSupportedException(
                    $"Attainment surfaces are computed for 2 or 3 objectives, not {runs.Objectives}; the probability at a goal works for any.");
        }
    }

    private static void Planar(RunSet runs, VertexVisitor visit)
    {
        var sweep = new PlanarSweep(runs);
        var lowest = new double[runs.Count];
        Array.Fill(lowest, double.PositiveInfinity);
        double y = 0;
        Func<int, bool> attains = run => sweep.MinimumOf(run) <= y;
        Span<double> vertex = stackalloc double[2];
        while (sweep.MoveNext())
        {
            // Level k turns a corner where the k-th smallest of the runs' minima falls.
            for (var k = 0; k < lowest.Length; k++)
            {
                y = sweep.MinimumOf(sweep.RunsByMinimum[k]);
                if (y >= lowest[k]) continue;
                lowest[k] = y;
                vertex[0] = sweep.X;
                vertex[1] = y;
                visit(k + 1, vertex, attains);
            }
        }
    }
}
