using System.Globalization;

namespace Vilfredo.Studies;

/// <summary>Chooses a sampler for a study: the name <c>auto</c>.</summary>
/// <remarks>
/// The choice is made once, when the study is created, and is part of its definition from then on. Its grounds are the comparisons in docs/benchmarks: models win while trials are few,
/// evolution when they are many or cheap. A study that grows far beyond the budget it was created with may want another sampler: <c>vilfredo resume --sampler</c>.
/// </remarks>
public static class AutoSampler
{
    /// <summary>The name that stands for a choice.</summary>
    public const string Name = "auto";

    private const int FewestForModels = 12; // ten points to begin with, and some to profit
    private const int MostForModels = 300; // a suggestion grows with the cube of the trials
    private const int MostKnobsForModels = 20;
    private const int MostObjectivesForModels = 5;
    private const int MostForEstimators = 1_000;
    private const double CheapTrial = 0.5; // seconds: about what a suggestion of a model costs

    /// <summary>The sampler for a study and why, whatever sampler the definition names.</summary>
    /// <param name="definition">The study.</param>
    public static SamplerChoice Choose(StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Preference is { HasDirection: true })
        {
            // The directions of R-NSGA-III keep a spread around the wish where crowding of many objectives says little; it takes one of the two kinds of wishes.
            var both = definition.Preference is { ReferencePoints.Count: > 0, Weights.Count: > 0 };
            return Of(definition.Objectives.Count > 3 && !both ? "rnsga3" : "rnsga2", "it searches where the preference points");
        }

        var hasRanges = definition.Preference is { Ranges.Count: > 0 };
        if (definition.Space.Knobs.Count == 0 && hasRanges)
            return Of("nsga2", "the knobs are not known before the objective asks for them, and the ranges of the preference need a sampler that learns");
        if (definition.Space.Knobs.Count == 0)
            return Of("random", "the knobs are not known before the objective asks for them");
        var (trials, knobs, objectives) = (definition.Budget.Trials, definition.Space.Decisions.Count, definition.Objectives.Count);
        if (!hasRanges && Configurations(definition) is { } all && all <= trials)
        {
            var choice = Of("grid", Text($"there are {all} configurations, which the budget of {trials} trials covers"));
            var finest = Levels(definition).Max();
            return choice with { Sampler = choice.Sampler with { Options = new Dictionary<string, double> { ["resolution"] = finest } } };
        }

        var evolution = objectives > 3 ? "nsga3" : "nsga2";
        var many = objectives > 3 ? Text($", and for {objectives} objectives reference directions keep the spread") : "";
        if (trials is null) return Of(evolution, $"the number of trials is open{many}");
        if (!hasRanges && trials < FewestForModels) return Of("sobol", Text($"{trials} trials are too few to learn from; they cover the space evenly"));
        if (SecondsPerTrial(definition) is { } seconds and < CheapTrial)
            return Of(evolution, Text($"a trial may take {seconds:G2} s, less than a model would think about it{many}"));
        if (trials <= MostForModels && knobs <= MostKnobsForModels && objectives <= MostObjectivesForModels)
            return Of("bayesian", Text($"{trials} trials of {knobs} {(knobs == 1 ? "knob" : "knobs")} are few, so a model chooses each"));
        if (trials <= MostForEstimators && (knobs > MostKnobsForModels || definition.Space.Knobs.Any(knob => knob is CategoricalKnob)))
            return Of("tpe", Text($"{trials} trials of {knobs} knobs are too many for exact models and few for evolution"));
        return Of(evolution, Text($"{trials} trials are enough for a population to evolve{many}"));
    }

    /// <summary>The definition with a chosen sampler where it names <c>auto</c>; unchanged otherwise.</summary>
    /// <exception cref="ArgumentException">There are options beside <c>auto</c>, which has none.</exception>
    public static StudyDefinition Resolve(StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (!string.Equals(definition.Sampler.Name, Name, StringComparison.OrdinalIgnoreCase)) return definition;
        if (definition.Sampler.Options.Keys.Concat(definition.Sampler.Choices.Keys).FirstOrDefault() is { } option)
            throw new ArgumentException($"The sampler 'auto' has no option '{option}'; name the sampler whose option it is.");
        return definition with { Sampler = Choose(definition).Sampler };
    }

    private static SamplerChoice Of(string name, string reason) => new(new SamplerDefinition(name), reason);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double? SecondsPerTrial(StudyDefinition definition) =>
        definition.Budget is { Time: { } time, Trials: { } trials } ? time.TotalSeconds * definition.Parallelism / trials : definition.TimeLimit?.TotalSeconds;

    private static IEnumerable<long> Levels(StudyDefinition definition)
    {
        foreach (var variable in definition.Space.Decisions.Variables.ToArray())
            yield return variable.Cardinality ?? long.MaxValue;
    }

    // Null when a knob is continuous, or there are more than anyone tries.
    private static long? Configurations(StudyDefinition definition)
    {
        var product = 1L;
        foreach (var levels in Levels(definition))
        {
            if (levels > int.MaxValue / product) return null;
            product *= levels;
        }

        return product;
    }
}
