namespace Vilfredo.Studies.Tests.Sampling;

public class ModelSamplerTests
{
    public static TheoryData<string> ModelSamplers => ["tpe"];

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

    private static SearchSpace Conditional => new(
        [
            new FloatKnob("x", 0.01, 1, log: true), new IntegerKnob("n", 1, 9), new CategoricalKnob("tool", ["a", "b"]),
            new FloatKnob("y", 0, 1) { When = KnobExpression.Parse("tool == 'b'") },
        ]);
}
