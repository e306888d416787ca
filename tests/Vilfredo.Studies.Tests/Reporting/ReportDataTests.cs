using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public class ReportDataTests
{
    private static readonly ReportData Plain = Sample.TwoObjectives();

    [Fact]
    public void Consistent_data_passes()
    {
        Plain.Validate();
        foreach (var (_, data) in Sample.EdgeCases())
            data.Validate();
    }

    [Fact]
    public void States_are_counted() =>
        Assert.Equal(
            [(ReportPointState.Completed, 4), (ReportPointState.Infeasible, 1), (ReportPointState.Failed, 1), (ReportPointState.TimedOut, 1)],
            Plain.CountByState().Select(pair => (pair.Key, pair.Value)));

    public static TheoryData<string, string> Mistakes() => new()
    {
        { "no objective", "at least one objective" },
        { "same objective", "two objectives are called 'a'" },
        { "same knob", "two knobs are called 'k'" },
        { "short row", "trial 1 has 1 values for 2 objectives" },
        { "NaN", "trial 1 has the value NaN" },
        { "infinity", "give finite numbers" },
        { "failed on the frontier", "trial 6 is Failed and cannot be on the frontier" },
        { "knee off the frontier", "the knee but not on the frontier" },
        { "probability", "from 0 to 1" },
        { "bounds", "trial 7 has 1 bounds for 2 objectives" },
        { "sample", "a sample of trial 1 has 1 values" },
        { "unknown knob", "sets the knob 'other', which the report does not list" },
        { "reference", "the reference point has 1 values" },
        { "hypervolume", "the hypervolume after 1 trials is NaN" },
        { "curves", "attainment curves are drawn for 2 objectives" },
        { "level", "level 0" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_place(string mistake, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => Broken(mistake).Validate());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static ReportData Broken(string mistake) => mistake switch
    {
        "no objective" => Plain with { Objectives = [] },
        "same objective" => Plain with { Objectives = [Objective.Minimize("a"), Objective.Maximize("a")] },
        "same knob" => Plain with { Knobs = [Knob("k"), Knob("k")] },
        "short row" => With(0, point => point with { Values = [1] }),
        "NaN" => With(0, point => point with { Values = [1, double.NaN] }),
        "infinity" => With(0, point => point with { Values = [1, double.PositiveInfinity] }),
        "failed on the frontier" => With(5, point => point with { IsOnFrontier = true }),
        "knee off the frontier" => With(3, point => point with { IsKnee = true }),
        "probability" => With(0, point => point with { NonDominatedProbability = 1.5 }),
        "bounds" => With(6, point => point with { Bounds = [1.0] }),
        "sample" => With(0, point => point with { Samples = [[1.0]] }),
        "unknown knob" => With(0, point => point with { Knobs = new Dictionary<string, ReportKnobValue> { ["other"] = ReportKnobValue.Of(1) } }),
        "reference" => Plain with { ReferencePoint = [1] },
        "hypervolume" => Plain with { HypervolumeHistory = [new(1, double.NaN)] },
        "curves" => Sample.Objectives(3, 4) with { AttainmentCurves = [new(0.5, [])] },
        "level" => Plain with { AttainmentCurves = [new(0, [])] },
        _ => throw new ArgumentOutOfRangeException(nameof(mistake)),
    };

    private static ReportKnob Knob(string name) => new() { Name = name, Kind = ReportKnobKind.Float };

    private static ReportData With(int index, Func<ReportPoint, ReportPoint> change) =>
        Plain with { Points = [.. Plain.Points.Select((point, i) => i == index ? change(point) : point)] };
}
