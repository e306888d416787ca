namespace Vilfredo.Attainment;

/// <summary>The checked outcomes of several runs, without points that reach no finite goal.</summary>
internal sealed class RunSet
{
    private readonly double[][] runs;

    public RunSet(IReadOnlyList<double[]> runs, int objectives)
    {
        if (runs.Count == 0)
            throw new ArgumentException("There are no runs; give one matrix of points per run.", nameof(runs));
        Objectives = objectives;
        this.runs = new double[runs.Count][];
        for (var i = 0; i < runs.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(runs[i], $"runs[{i}]");
            PointMatrix.Validate(runs[i], objectives, $"runs[{i}]");
            this.runs[i] = [.. runs[i].Chunk(objectives).Where(p => !p.Contains(double.PositiveInfinity)).SelectMany(p => p)];
        }
    }

    private RunSet(double[][] runs, int objectives)
    {
        this.runs = runs;
        Objectives = objectives;
    }

    public int Objectives { get; }

    public int Count => runs.Length;

    public static RunSet Join(RunSet first, RunSet second) => new([.. first.runs, .. second.runs], first.Objectives);

    public ReadOnlySpan<double> Points(int run) => runs[run];

    /// <summary>All points with their runs, in ascending order of one objective.</summary>
    public RunPoint[] SortedBy(int objective)
    {
        var all = new RunPoint[runs.Sum(r => r.Length / Objectives)];
        var keys = new double[all.Length];
        var next = 0;
        for (var run = 0; run < runs.Length; run++)
        {
            for (var offset = 0; offset < runs[run].Length; offset += Objectives)
            {
                keys[next] = runs[run][offset + objective];
                all[next++] = new(keys[next - 1], runs[run][offset], runs[run][offset + 1], run);
            }
        }

        Array.Sort(keys, all);
        return all;
    }
}

/// <summary>A point on its way through a sweep: the value of the sweep objective, the first two objectives, the run.</summary>
internal readonly record struct RunPoint(double Key, double X, double Y, int Run);
