namespace Vilfredo.Attainment;

/// <summary>
/// Moves a plane over the points of all runs, by ascending third objective, and keeps for each run and each level the
/// staircase that bounds what is reached in the first two objectives so far.
/// </summary>
/// <remarks>
/// A point q of run r adds one run to the region D = (all that q weakly dominates) without what r reached before. So the
/// region of level k grows by what level k - 1 reached within D. The new corners of level k are therefore corners of level
/// k - 1 moved up to q, as far as they lie in D and level k did not reach them. What is still a corner when all points of
/// one third objective are in is a vertex.
/// </remarks>
internal sealed class SpatialSweep
{
    private readonly RunPoint[] points;
    private readonly Staircase[] ofRun, ofLevel;
    private readonly List<(double X, double Y)>[] candidates;

    public SpatialSweep(RunSet runs)
    {
        points = runs.SortedBy(2);
        ofRun = new Staircase[runs.Count];
        ofLevel = new Staircase[runs.Count];
        candidates = new List<(double, double)>[runs.Count];
        for (var i = 0; i < runs.Count; i++) (ofRun[i], ofLevel[i], candidates[i]) = (new(), new(), []);
    }

    public void Run(VertexVisitor visit)
    {
        (double X, double Y) corner = default;
        Func<int, bool> attains = run => ofRun[run].Reaches(corner.X, corner.Y);
        Span<double> vertex = stackalloc double[3];
        for (var i = 0; i < points.Length; i++)
        {
            Add(points[i]);
            if (i + 1 < points.Length && points[i + 1].Key == points[i].Key) continue;
            for (var level = 0; level < candidates.Length; level++)
            {
                foreach (var candidate in candidates[level])
                {
                    if (!ofLevel[level].IsCorner(candidate.X, candidate.Y)) continue;
                    corner = candidate;
                    (vertex[0], vertex[1], vertex[2]) = (corner.X, corner.Y, points[i].Key);
                    visit(level + 1, vertex, attains);
                }

                candidates[level].Clear();
            }
        }
    }

    private void Add(RunPoint q)
    {
        var reached = ofRun[q.Run];
        if (reached.Reaches(q.X, q.Y)) return;

        // From the top level down, so that each level still sees the level below as it was before this point.
        for (var level = ofLevel.Length - 1; level > 0; level--) Grow(level, q, reached);
        Grow(0, q.X, q.Y);
        reached.Insert(q.X, q.Y);
    }

    // Raises corners of the level below to q. Those that matter start left of the next step of the run's own staircase.
    private void Grow(int level, RunPoint q, Staircase reached)
    {
        var below = ofLevel[level - 1];
        var ceiling = reached.HeightAt(q.X);
        var end = reached.FirstAtMost(q.Y);
        var right = end < reached.Count ? reached.X(end) : double.PositiveInfinity;
        var start = Math.Max(below.LastLeftOf(q.X), below.FirstBelow(ceiling));
        for (var i = Math.Max(start, 0); i < below.Count && below.X(i) < right; i++)
        {
            double x = Math.Max(below.X(i), q.X), y = Math.Max(below.Y(i), q.Y);
            if (!reached.Reaches(x, y)) Grow(level, x, y);
            if (below.Y(i) <= q.Y) break;
        }
    }

    private void Grow(int level, double x, double y)
    {
        if (ofLevel[level].Reaches(x, y)) return;
        ofLevel[level].Insert(x, y);
        candidates[level].Add((x, y));
    }
}
