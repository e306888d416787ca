namespace Vilfredo.Studies.Tests.Sampling;

public class DescentSamplerTests
{
    // Squared distances to two points of the unit cube, the second turned into something to maximise; y on a logarithmic scale.
    private static readonly SearchSpace Space = new([new FloatKnob("x", -1, 1), new FloatKnob("y", 1e-3, 1e3, log: true)]);
    private static readonly Objective[] Goals = [Objective.Minimize("loss"), Objective.Maximize("gain")];
    private static readonly (double X, double Y) First = (0.2, 0.7), Second = (0.8, 0.3);

    public static TheoryData<string> All => ["mgda", "pcgrad", "cagrad", "nashmtl", "weightedsum"];

    [Theory]
    [MemberData(nameof(All))]
    public void Trials_reach_the_Pareto_set(string sampler)
    {
        using var study = Study.Create(Space, Goals, Options(sampler, 150));
        study.Run(Measure);
        var near = study.Read(s => s.Trials.Where(t => Distance(t.Configuration) < 0.01).ToArray());
        Assert.True(near.Length >= 3, $"{near.Length} trials of {sampler} are near");
    }

    [Theory]
    [InlineData("mgda")]
    [InlineData("weightedsum")]
    public void Reported_gradients_reach_the_same_points_with_fewer_trials(string sampler)
    {
        var (reported, differences) = (Reached(true), Reached(false));
        Assert.True(1.5 * reported.Trials < differences.Trials, $"{reported.Trials} against {differences.Trials}");
        Assert.Equal(differences.Point.X, reported.Point.X, 0.03);
        Assert.Equal(differences.Point.Y, reported.Point.Y, 0.03);

        // The first trial near the Pareto set, and the point there.
        (int Trials, (double X, double Y) Point) Reached(bool report)
        {
            using var storage = new MemoryStorage();
            using var study = Study.Create(Space, Goals, Options(sampler, 120, ("starts", 1), ("difference", 1e-6), ("normalize", 1)) with { Storage = storage });
            study.Run(trial =>
            {
                var (x, y) = Unit(trial.Configuration);
                // By the knobs: x spans 2, and y six decades.
                var (byX, byY) = (0.5, 1 / (6 * Math.Log(10) * trial.Float("y")));
                if (report) trial.Gradients = [[2 * (x - First.X) * byX, 2 * (y - First.Y) * byY], [-2 * (x - Second.X) * byX, -2 * (y - Second.Y) * byY]];
                return [Losses(trial.Configuration).First, -Losses(trial.Configuration).Second + 2];
            });
            using var reopened = Study.Open(storage, "study");
            var near = reopened.Read(s => s.Trials.First(t => Distance(t.Configuration) < 0.005));
            Assert.Equal(report ? 2 : 0, near.Outcome!.Gradients.Length);
            return (near.Number, Unit(near.Configuration));
        }
    }

    [Fact]
    public void Gradients_of_the_wrong_shape_are_refused()
    {
        using var study = Study.Create(Space, Goals, Options("mgda", null));
        var trial = study.AskTrial();
        Assert.Contains("1 gradients", Assert.Throws<InvalidResultException>(() => study.Tell(trial, TrialOutcome.Measured(1, 1) with { Gradients = [[1, 1]] })).Message, StringComparison.Ordinal);
        Assert.Contains("3 components", Assert.Throws<InvalidResultException>(() => study.Tell(trial, TrialOutcome.Measured(1, 1) with { Gradients = [[1, 1, 1], [1, 1, 1]] })).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<InvalidResultException>(() => study.Tell(trial, TrialOutcome.Measured(1, 1) with { Gradients = [[1, double.NaN], [1, 1]] })).Message, StringComparison.Ordinal);
        trial.Gradients = [[1], [1]];
        Assert.Throws<InvalidResultException>(() => study.Tell(trial, 1, 1));

        using var run = Study.Create(Space, Goals, Options("mgda", 2));
        run.Run(t =>
        {
            t.Gradients = [[1], [1]];
            return [1, 1];
        });
        Assert.All(run.Read(s => s.Trials), t => Assert.Contains("1 components", t.Outcome!.Reason!, StringComparison.Ordinal));
    }

    [Fact]
    public void Gradients_survive_storage()
    {
        var outcome = TrialOutcome.Measured(1, 2) with { Gradients = [[0.1, -1e-300], [1.0 / 3, 4]] };
        var told = new TrialTold(DateTimeOffset.UnixEpoch, 0, 1, outcome);
        var read = (TrialTold)StudyEventJson.Read("told", DateTimeOffset.UnixEpoch, StudyEventJson.Write(told));
        Assert.Equal(outcome.Gradients, read.Outcome.Gradients);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_study_goes_on_where_it_was_in_another_process(string sampler)
    {
        var whole = Run(sampler, 80);
        using var storage = new MemoryStorage();
        using (var first = Study.Create(Space, Goals, Options(sampler, 33) with { Storage = storage })) first.Run(Measure);
        using var second = Study.Open(storage, "study");
        second.Change(definition => definition with { Budget = new() { Trials = 80 } }, "more");
        second.Run(Measure);
        Assert.Equal(whole, second.Read(s => s.Trials.Select(t => t.Configuration.Key).ToArray()));
    }

    [Fact]
    public void Trials_from_elsewhere_do_not_disturb_the_descent()
    {
        using var study = Study.Create(Space, Goals, Options("mgda", null));
        var elsewhere = new Configuration([new("x", KnobValue.Float(0.5)), new("y", KnobValue.Float(2))]);
        var descent = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            if (i % 5 == 2) study.Add(elsewhere, TrialOutcome.Measured(1, 1));
            var trial = study.AskTrial();
            descent.Add(trial.Configuration.Key);
            study.Tell(trial, Measure(trial));
        }

        Assert.Equal(Run("mgda", 40), descent);
    }

    [Fact]
    public void A_round_waits_for_its_running_trials()
    {
        using var study = Study.Create(Space, Goals, Options("mgda", null, ("starts", 2)));
        var starts = new[] { study.AskTrial(), study.AskTrial() };
        Assert.Equal(AskStatus.Wait, study.Ask().Status);
        study.Tell(starts[1], Measure(starts[1]));
        Assert.Equal(AskStatus.Wait, study.Ask().Status);
        study.Tell(starts[0], Measure(starts[0]));
        Assert.NotNull(study.Ask().Trial);
    }

    [Fact]
    public void A_failed_difference_ends_its_path_and_a_new_one_starts()
    {
        using var study = Study.Create(Space, Goals, Options("mgda", null, ("starts", 1), ("difference", 0.05)));
        var start = study.AskTrial();
        study.Tell(start, Measure(start));
        var (right, above) = (study.AskTrial(), study.AskTrial());
        Assert.Equal(start.Configuration["y"], right.Configuration["y"]);
        Assert.Equal(start.Configuration["x"], above.Configuration["x"]);
        Assert.Equal(0.1, Math.Abs(right.Float("x") - start.Float("x")), 1e-9); // 0.05 of the range
        study.Tell(right, Measure(right));
        study.Tell(above, TrialOutcome.Failed("no result"));
        var other = study.AskTrial();
        Assert.Equal(AskStatus.Wait, study.Ask().Status);
        Assert.NotEqual(start.Configuration["x"], other.Configuration["x"]);
        Assert.NotEqual(start.Configuration["y"], other.Configuration["y"]);

        // The failed trial gives its value after all: the first path goes on, and the other start counts as from elsewhere.
        study.Tell(above, Measure(above));
        var step = study.AskTrial();
        Assert.NotEqual(other.Configuration, step.Configuration);
        Assert.Equal(0.1, Math.Sqrt(Square(Unit(step.Configuration).X - Unit(start.Configuration).X) + Square(Unit(step.Configuration).Y - Unit(start.Configuration).Y)), 1e-6);
    }

    [Fact]
    public void Paths_do_not_stand_on_infeasible_trials()
    {
        var options = Options("mgda", 120) with { MeasuredConstraints = [KnobExpression.Parse("loss >= 0.05")] };
        using var study = Study.Create(Space, [Objective.Minimize("loss")], options);
        study.Run(trial => [Losses(trial.Configuration).First]);
        var (feasible, all) = study.Read(s => (s.Trials.Where(t => t.IsFeasible).Min(t => t.Outcome!.Values[0]), s.Trials.Min(t => t.Outcome!.Values[0])));
        Assert.InRange(feasible, 0.05, 0.06);
        Assert.True(all < 0.05);
    }

    [Fact]
    public void Knobs_that_are_not_real_and_always_active_are_refused()
    {
        Knob[] refused =
        [
            new IntegerKnob("k", 1, 3), new CategoricalKnob("k", ["a", "b"]), new OrderKnob("k", ["a", "b"]), new FloatKnob("k", 0, 1, step: 0.1),
            new FloatKnob("k", 0, 1) { When = KnobExpression.Parse("x > 0") },
        ];
        foreach (var sampler in All)
        {
            foreach (var knob in refused)
            {
                var space = new SearchSpace([new FloatKnob("x", 0, 1), knob]);
                var message = Assert.Throws<ArgumentException>(() => Study.Create(space, Goals, Options((string)sampler, 10))).Message;
                Assert.Contains("'k'", message, StringComparison.Ordinal);
                Assert.Contains("real knobs", message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("starts", 0)]
    [InlineData("difference", 0.5)]
    [InlineData("step", 2)]
    [InlineData("shortest", 0.5)]
    [InlineData("normalize", 3)]
    [InlineData("radius", 1)]
    public void Options_are_checked(string option, double value)
    {
        Assert.Contains(option, Assert.Throws<ArgumentException>(() => Study.Create(Space, Goals, Options("cagrad", 10, (option, value)))).Message, StringComparison.Ordinal);
    }

    private static string[] Run(string sampler, int trials)
    {
        using var study = Study.Create(Space, Goals, Options(sampler, trials));
        study.Run(Measure);
        return study.Read(s => s.Trials.Select(t => t.Configuration.Key).ToArray());
    }

    private static StudyOptions Options(string sampler, int? trials, params (string Name, double Value)[] options) => TestStudies.Options(trials) with
    {
        Sampler = new(sampler) { Options = new Dictionary<string, double>(options.Select(o => KeyValuePair.Create(o.Name, o.Value))) { ["starts"] = options.FirstOrDefault(o => o.Name == "starts", ("starts", 3)).Value } },
    };

    private static double[] Measure(Trial trial) => [Losses(trial.Configuration).First, 2 - Losses(trial.Configuration).Second];

    private static (double X, double Y) Unit(Configuration configuration) => ((configuration["x"].Number + 1) / 2, (Math.Log10(configuration["y"].Number) + 3) / 6);

    private static (double First, double Second) Losses(Configuration configuration)
    {
        var (x, y) = Unit(configuration);
        return (Square(x - First.X) + Square(y - First.Y), Square(x - Second.X) + Square(y - Second.Y));
    }

    // From the segment between the two points, in the unit square.
    private static double Distance(Configuration configuration)
    {
        var ((x, y), dx, dy) = (Unit(configuration), Second.X - First.X, Second.Y - First.Y);
        var t = Math.Clamp(((x - First.X) * dx + (y - First.Y) * dy) / (dx * dx + dy * dy), 0, 1);
        return Math.Sqrt(Square(x - First.X - t * dx) + Square(y - First.Y - t * dy));
    }

    private static double Square(double value) => value * value;
}
