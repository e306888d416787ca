namespace Vilfredo.Studies.Tests.Running;

public class DeterminismTests
{
    private const int Budget = 60;

    public static TheoryData<string> AllSamplers => [.. Samplers.Names];

    [Theory]
    [MemberData(nameof(AllSamplers))]
    public void Trials_are_the_same_with_1_2_and_8_workers_and_after_a_stop(string sampler)
    {
        var alone = Run(1);
        Assert.Equal(Budget, alone.Length);
        Assert.Equal(alone, Run(2));
        Assert.Equal(alone, Run(8));
        Assert.Equal(alone, Run(3, stopAfter: 25));

        string[] Run(int workers, int? stopAfter = null)
        {
            using var storage = new MemoryStorage();
            using var study = Study.Create(SpaceFor(sampler), TestStudies.TwoObjectives, Options(sampler) with { Storage = storage, Parallelism = workers });
            if (stopAfter is { } stop)
            {
                using var source = new CancellationTokenSource();
                var told = 0;
                study.Run(
                    trial =>
                    {
                        if (Interlocked.Increment(ref told) == stop) source.Cancel();
                        return Measure(trial);
                    },
                    cancellation: source.Token);
                Assert.InRange(study.Read(s => s.Finished), stop, stop + workers);
            }

            using var opened = Study.Open(storage, "study");
            opened.Run(Measure);
            return opened.Read(s => s.Trials.Select(t => t.Configuration.ToString()).ToArray());
        }
    }

    // MO-CMA-ES and descents take real knobs only.
    private static SearchSpace SpaceFor(string sampler) => sampler is "mocmaes" or "mgda" or "pcgrad" or "cagrad" or "nashmtl" or "weightedsum"
        ? new SearchSpace([new FloatKnob("x", 0, 1), new FloatKnob("y", 0, 1)])
        : TestStudies.Space;

    [Fact]
    public void Repeats_are_given_to_the_same_trials_with_any_number_of_workers()
    {
        var alone = Run(1);
        Assert.Contains(alone, t => t.RepeatOf is not null);
        Assert.Equal(alone, Run(4));

        (int? RepeatOf, string Knobs)[] Run(int workers)
        {
            using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, Options("nsga2") with
            {
                Parallelism = workers,
                Repeats = new RepeatsDefinition { Auto = true },
                Budget = new StudyBudget { Trials = 100 },
            });
            study.Run(trial => [TestStudies.Measure(trial)[0] + 0.05 * trial.Random().NextNormal(), TestStudies.Measure(trial)[1]]);
            return study.Read(s => s.Trials.Select(t => (t.RepeatOf, t.Configuration.ToString())).ToArray());
        }
    }

    [Fact]
    public void Another_seed_gives_other_trials()
    {
        string[] Run(ulong seed)
        {
            using var study = TestStudies.Create(10, seed: seed);
            study.Run(TestStudies.Measure);
            return study.Read(s => s.Trials.Select(t => t.Configuration.ToString()).ToArray());
        }

        Assert.NotEqual(Run(1), Run(2));
    }

    private static StudyOptions Options(string sampler) => TestStudies.Options(Budget) with
    {
        Sampler = new SamplerDefinition(sampler) { Options = sampler == "nsga2" ? new Dictionary<string, double> { ["population"] = 10 } : new Dictionary<string, double>() },
        Preference = TestStudies.WishFor(sampler),
        Deterministic = true,
    };

    // Trials take turns at random, so that results come in another order than trials went out.
    private static double[] Measure(Trial trial)
    {
        for (var i = 0; i < trial.Number % 7; i++) Thread.Yield();
        return trial.Has("tool") ? TestStudies.Measure(trial) : [trial.Float("x"), trial.Float("x") - trial.Float("y")];
    }
}
