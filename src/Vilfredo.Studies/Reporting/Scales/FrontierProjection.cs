namespace Vilfredo.Studies.Reporting;

/// <summary>A study seen in the plane of two of its objectives: the points by role, and the staircase of the frontier.</summary>
public sealed record FrontierProjection
{
    /// <summary>The objective across.</summary>
    public required Objective X { get; init; }

    /// <summary>The objective up.</summary>
    public required Objective Y { get; init; }

    /// <summary>Points of the frontier over all objectives.</summary>
    public IReadOnlyList<PlanePoint> Frontier { get; init; } = [];

    /// <summary>Feasible points that are dominated.</summary>
    public IReadOnlyList<PlanePoint> Dominated { get; init; } = [];

    /// <summary>Points that break a constraint.</summary>
    public IReadOnlyList<PlanePoint> Infeasible { get; init; } = [];

    /// <summary>The knee, which is also one of <see cref="Frontier"/>.</summary>
    public PlanePoint? Knee { get; init; }

    /// <summary>The trial number of the knee.</summary>
    public int? KneeTrial { get; init; }

    /// <summary>
    /// Corners of the staircase (see <see cref="Reporting.Staircase.Corners"/>) of the frontier's points in this plane.
    /// With more than two objectives, frontier points may lie behind it: they are better in what the plane does not show.
    /// </summary>
    public IReadOnlyList<PlanePoint> Corners { get; init; } = [];

    /// <summary>The spread of the repeats behind frontier points that were measured more than once.</summary>
    public IReadOnlyList<PlaneSpread> Spreads { get; init; } = [];

    /// <summary>Looks at a study in the plane of two objectives.</summary>
    /// <param name="data">The study. With a single objective, it is shown over the trial number, without a staircase.</param>
    /// <param name="x">Index of the objective across.</param>
    /// <param name="y">Index of the objective up.</param>
    public static FrontierProjection Of(ReportData data, int x = 0, int y = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        var overTrials = data.Objectives.Count == 1;
        if (!overTrials)
        {
            CheckIndex(data, x, nameof(x));
            CheckIndex(data, y, nameof(y));
        }

        PlanePoint Place(ReportPoint point) =>
            overTrials ? new(point.Trial, point.Values[0]) : new(point.Values[x], point.Values[y]);

        PlanePoint[] Where(Func<ReportPoint, bool> role) => [.. data.Points.Where(role).Select(Place)];

        var knee = data.Points.FirstOrDefault(point => point.IsKnee);
        var across = overTrials ? Objective.Minimize("trial") : data.Objectives[x];
        var up = data.Objectives[overTrials ? 0 : y];
        var frontier = Where(point => point.IsOnFrontier);
        return new FrontierProjection
        {
            X = across,
            Y = up,
            Frontier = frontier,
            Dominated = Where(point => point.State == ReportPointState.Completed && !point.IsOnFrontier),
            Infeasible = Where(point => point.State == ReportPointState.Infeasible),
            Knee = knee is null ? null : Place(knee),
            KneeTrial = knee?.Trial,
            Spreads = overTrials ? [] : [.. data.Points.Where(point => point.IsOnFrontier && point.Samples.Count > 1).Select(point => SpreadOf(point, x, y))],
            Corners = overTrials ? [] : Staircase.Corners(frontier, across.Direction, up.Direction),
        };
    }

    /// <summary>An axis across that shows every point.</summary>
    /// <param name="logarithmic"><see langword="null"/> chooses, see <see cref="AxisScale.Fit"/>.</param>
    public AxisScale ScaleX(bool? logarithmic = null) => AxisScale.Fit(All().Select(point => point.X), X.Unit, logarithmic);

    /// <summary>An axis up that shows every point.</summary>
    /// <param name="logarithmic"><see langword="null"/> chooses, see <see cref="AxisScale.Fit"/>.</param>
    public AxisScale ScaleY(bool? logarithmic = null) => AxisScale.Fit(All().Select(point => point.Y), Y.Unit, logarithmic);

    /// <summary>The staircase drawn to the worse edges of two axes.</summary>
    public IReadOnlyList<PlanePoint> StaircasePath(AxisScale x, AxisScale y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Staircase.Path(Corners, WorstEnd(x, X.Direction), WorstEnd(y, Y.Direction));
    }

    internal static double WorstEnd(AxisScale scale, Direction direction) =>
        direction == Direction.Maximize ? scale.Minimum : scale.Maximum;

    private IEnumerable<PlanePoint> All() => Frontier.Concat(Dominated).Concat(Infeasible);

    private static PlaneSpread SpreadOf(ReportPoint point, int x, int y)
    {
        var xs = point.Samples.Select(sample => sample[x]);
        var ys = point.Samples.Select(sample => sample[y]);
        return new PlaneSpread(
            new PlanePoint(point.Values[x], point.Values[y]), new PlanePoint(xs.Min(), ys.Min()), new PlanePoint(xs.Max(), ys.Max()));
    }

    private static void CheckIndex(ReportData data, int index, string name)
    {
        if (index < 0 || index >= data.Objectives.Count)
        {
            throw new ArgumentOutOfRangeException(
                name, index, $"The study has {data.Objectives.Count} objectives; give an index from 0 to {data.Objectives.Count - 1}.");
        }
    }
}
