namespace Vilfredo.Studies.Tests;

/// <summary>Small studies that many tests start from.</summary>
internal static class TestStudies
{
    public static readonly Objective[] TwoObjectives = [Objective.Minimize("cost", "USD"), Objective.Maximize("quality")];

    public static readonly SearchSpace Space = new([new FloatKnob("x", 0, 1), new IntegerKnob("n", 1, 9), new CategoricalKnob("tool", ["a", "b"])]);

    public static StudyOptions Options(int? trials = null, IStudyStorage? storage = null, string name = "study", ulong seed = 1, string sampler = "random") => new()
    {
        Name = name,
        Budget = new StudyBudget { Trials = trials },
        Sampler = new SamplerDefinition(sampler),
        Preference = WishFor(sampler),
        Storage = storage,
        Seed = seed,
    };

    /// <summary>The preference without which a sampler cannot be, or none.</summary>
    public static PreferenceDefinition? WishFor(string sampler) =>
        sampler is "rnsga2" or "rnsga3" ? new() { Weights = new Dictionary<string, double> { ["cost"] = 1, ["quality"] = 1 } } : null;

    public static Study Create(int? trials = null, IStudyStorage? storage = null, string name = "study", ulong seed = 1, string sampler = "random") =>
        Study.Create(Space, TwoObjectives, Options(trials, storage, name, seed, sampler));

    public static double[] Measure(Trial trial) =>
        [trial.Float("x") * trial.Integer("n"), trial.Choice("tool") == "a" ? trial.Float("x") : 1 - trial.Float("x")];

    public static Trial AskTrial(this Study study) => study.Ask().Trial ?? throw new InvalidOperationException("no trial was given out");
}
