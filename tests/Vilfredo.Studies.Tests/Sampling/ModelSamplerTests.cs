namespace Vilfredo.Studies.Tests.Sampling;

public class ModelSamplerTests
{
    public static TheoryData<string> ModelSamplers => ["bayesian", "ehvi", "parego", "thompson", "usemo", "tpe"];

    [Theory]
    [MemberData(nameof(ModelSamplers))]
    public void Another_process_goes_on_with_the_same_proposals(string sampler)
    {
        const int Trials = 20;
        var whole = Run([Trials]);
        Assert.Equal(whole, Run([7, 13, Trials]));
        Assert.Equal(Trials, whole.Distinct().Count());

        string[] Run(int[] stops)
        {
            using var storage = new MemoryStorage();
            Study.Create(Conditional, TestStudies.TwoObjectives, TestStudies.Options(Trials, storage, sampler: sampler)).Dispose();
            foreach (var stop in stops)
            {
                using var study = Study.Open(storage, "study");
                while (study.Read(s => s.Trials.Count) < stop)
                {
                    var trial = study.AskTrial();
                    if (trial.Number == 3) study.Tell(trial, TrialOutcome.Failed("broken"));
                    else study.Tell(trial, trial.Float("x"), trial.Has("y") ? trial.Float("y") : 0.5);
                }
            }

            using var opened = Study.Open(storage, "study");
            return opened.Read(s => s.Trials.Select(t => t.Configuration.Key).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(ModelSamplers))]
    public void Options_are_checked_under_the_samplers_own_name(string sampler)
    {
        var definition = TestStudies.Create().Read(state => state.Definition);
        SamplerDefinition With(string option, double value) =>
            new(sampler) { Options = new Dictionary<string, double> { [option] = value } };
        Assert.Contains($"'initial' of {sampler}", Assert.Throws<ArgumentException>(() => Samplers.Create(definition with { Sampler = With("initial", 0) })).Message);
        Assert.Throws<ArgumentException>(() => Samplers.Create(definition with { Sampler = With("batch", 1.5) }));
        Assert.Throws<ArgumentException>(() => Samplers.Create(definition with { Sampler = With("population", 3) }));
        Assert.NotNull(Samplers.Create(definition with { Sampler = With("initial", 5) }));
    }

    [Theory]
    [MemberData(nameof(ModelSamplers))]
    public void A_study_whose_every_trial_fails_goes_on(string sampler)
    {
        using var study = TestStudies.Create(16, sampler: sampler);
        for (var i = 0; i < 16; i++) study.Tell(study.AskTrial(), TrialOutcome.Failed("broken"));
        Assert.Equal(16, study.Read(s => s.Finished));
    }

    [Theory]
    [MemberData(nameof(ModelSamplers))]
    public void Trials_that_run_at_once_are_different(string sampler)
    {
        using var study = TestStudies.Create(30, sampler: sampler);
        for (var i = 0; i < 14; i++)
        {
            var trial = study.AskTrial();
            study.Tell(trial, TestStudies.Measure(trial));
        }

        var running = Enumerable.Range(0, 6).Select(_ => study.AskTrial().Configuration.Key).ToList();
        Assert.Equal(6, running.Distinct().Count());
    }

    [Fact]
    public void Samplers_refuse_numbers_of_objectives_that_they_are_not_for()
    {
        Study Create(string sampler, int objectives) => Study.Create(
            TestStudies.Space, Enumerable.Range(0, objectives).Select(i => Objective.Minimize($"f{i}")), TestStudies.Options(10, sampler: sampler));
        Assert.Contains("up to 3 objectives, not 4", Assert.Throws<ArgumentException>(() => Create("ehvi", 4)).Message);
        Assert.Contains("up to 5 objectives, not 6", Assert.Throws<ArgumentException>(() => Create("bayesian", 6)).Message);
        Create("parego", 7).Dispose();
        Create("bayesian", 1).Dispose();
    }

    [Theory]
    [MemberData(nameof(ModelSamplers))]
    public void Measured_constraints_steer_the_search(string sampler)
    {
        var definition = TestStudies.Create().Read(s => s.Definition) with
        {
            Space = new SearchSpace([new FloatKnob("x", 0, 1), new FloatKnob("y", 0, 1)]),
            MeasuredConstraints = [KnobExpression.Parse("cost <= 0.3")],
            Sampler = new SamplerDefinition(sampler),
            Budget = new StudyBudget { Trials = 40 },
        };
        using var study = Study.Create(definition);
        study.Run(trial => [trial.Float("x") + trial.Float("y"), trial.Float("x") - trial.Float("y")]);
        // A random point satisfies the constraint with probability 0.045.
        Assert.InRange(study.Read(s => s.Trials.Count(t => t.Number >= 10 && t.IsFeasible)), 8, 30);
    }

    private static SearchSpace Conditional => new(
        [
            new FloatKnob("x", 0.01, 1, log: true), new IntegerKnob("n", 1, 9), new CategoricalKnob("tool", ["a", "b"]),
            new FloatKnob("y", 0, 1) { When = KnobExpression.Parse("tool == 'b'") },
        ]);
}
