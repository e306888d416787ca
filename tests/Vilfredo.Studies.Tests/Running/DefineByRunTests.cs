namespace Vilfredo.Studies.Tests.Running;

public class DefineByRunTests
{
    private static double[] Compress(Trial trial)
    {
        var tool = trial.SuggestCategorical("tool", "gzip", "xz");
        var level = trial.SuggestInteger("level", 1, 9);
        // Only xz has an extreme mode.
        var extreme = tool == "xz" && trial.SuggestCategorical("extreme", "no", "yes") == "yes";
        return [level * (extreme ? 3 : 1), level + (tool == "xz" ? 5 : 0)];
    }

    [Fact]
    public void The_space_is_what_the_objective_asks_for_and_conditional_knobs_are_set_only_where_they_were_asked_for()
    {
        using var study = Study.Create(TestStudies.TwoObjectives, TestStudies.Options(60));
        study.Run(Compress);
        Assert.Equal(["extreme", "level", "tool"], study.Definition.Space.Knobs.Select(k => k.Name).Order());
        var trials = study.Read(s => s.Trials.ToArray());
        Assert.All(trials, t => Assert.Equal(t.Configuration["tool"].Text == "xz", t.Configuration.TryGet("extreme", out _)));
        Assert.Contains(trials, t => t.Configuration["tool"].Text == "xz");
        Assert.Contains(trials, t => t.Configuration["tool"].Text == "gzip");
        Assert.Contains("new knob tool", string.Join('|', study.Read(s => s.History.Select(h => h.Note).ToArray())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_that_grows_while_running_widens_the_knob()
    {
        using var study = Study.Create([Objective.Minimize("loss")], TestStudies.Options(20));
        study.Run(trial => [trial.SuggestFloat("x", 0, trial.Number < 10 ? 1 : 2)]);
        var knob = Assert.IsType<FloatKnob>(Assert.Single(study.Definition.Space.Knobs));
        Assert.Equal((0, 2), (knob.Low, knob.High));
    }

    [Fact]
    public void Nsga2_improves_a_space_that_it_learns_from_the_objective()
    {
        using var study = Study.Create(TestStudies.TwoObjectives, TestStudies.Options(400) with
        {
            Sampler = new SamplerDefinition("nsga2") { Options = new Dictionary<string, double> { ["population"] = 20 } },
        });
        study.Run(trial =>
        {
            var x = trial.SuggestFloat("x0", 0, 1);
            var g = 1 + Enumerable.Range(1, 9).Sum(i => trial.SuggestFloat($"x{i}", 0, 1));
            return [x, -g * (1 - Math.Sqrt(x / g))];
        });
        double Distance(IEnumerable<TrialRecord> trials) => trials.Average(t => t.Configuration.Where(k => k.Key != "x0").Sum(k => k.Value.Number));
        var trials = study.Read(s => s.Trials.ToArray());
        Assert.True(Distance(trials.TakeLast(40)) < 0.5 * Distance(trials.Take(40)), $"{Distance(trials.Take(40))} became {Distance(trials.TakeLast(40))}");
    }
}
