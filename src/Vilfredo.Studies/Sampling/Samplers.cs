using Vilfredo.Optimization.Bayesian;
using Vilfredo.Optimization.Gradients.Descents;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Studies;

/// <summary>The samplers by the names that study files, the command line and the API share.</summary>
public static class Samplers
{
    private static readonly Dictionary<string, (PreferenceUse Use, string[] Options, Func<StudyDefinition, ITrialSampler> Create)> Registry =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["nsga2"] = (PreferenceUse.Ranges, EvolutionarySampler.OptionNames, EvolutionarySampler.Nsga2),
            ["nsga3"] = (PreferenceUse.Ranges, EvolutionarySampler.Nsga3OptionNames, EvolutionarySampler.Nsga3),
            ["smsemoa"] = (PreferenceUse.Ranges, EvolutionarySampler.OptionNames, EvolutionarySampler.SmsEmoa),
            ["unsga3"] = (PreferenceUse.Ranges, EvolutionarySampler.Nsga3OptionNames, EvolutionarySampler.UnifiedNsga3),
            ["spea2"] = (PreferenceUse.Ranges, EvolutionarySampler.OptionNames, EvolutionarySampler.Spea2),
            ["agemoea2"] = (PreferenceUse.Ranges, EvolutionarySampler.OptionNames, EvolutionarySampler.AgeMoea2),
            ["rvea"] = (PreferenceUse.Ranges, EvolutionarySampler.RveaOptionNames, EvolutionarySampler.Rvea),
            ["moead"] = (PreferenceUse.Ranges, EvolutionarySampler.MoeadOptionNames, EvolutionarySampler.Moead),
            ["gde3"] = (PreferenceUse.Ranges, EvolutionarySampler.Gde3OptionNames, EvolutionarySampler.Gde3),
            ["mocmaes"] = (PreferenceUse.Ranges, EvolutionarySampler.MoCmaEsOptionNames, EvolutionarySampler.MoCmaEs),
            ["ctaea"] = (PreferenceUse.Ranges, EvolutionarySampler.OptionNames, EvolutionarySampler.Ctaea),
            ["mopso"] = (PreferenceUse.Ranges, EvolutionarySampler.MopsoOptionNames, EvolutionarySampler.Mopso),
            ["rnsga2"] = (PreferenceUse.All, EvolutionarySampler.RNsga2OptionNames, EvolutionarySampler.RNsga2),
            ["rnsga3"] = (PreferenceUse.All, EvolutionarySampler.RNsga3OptionNames, EvolutionarySampler.RNsga3),
            ["bayesian"] = (PreferenceUse.Ranges, BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.NoisyHypervolume)),
            ["ehvi"] = (PreferenceUse.Ranges, BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.Hypervolume)),
            ["parego"] = (PreferenceUse.Ranges, BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.ParEgo)),
            ["thompson"] = (PreferenceUse.Ranges, BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.ThompsonSampling)),
            ["usemo"] = (PreferenceUse.Ranges, BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.Uncertainty)),
            ["tpe"] = (PreferenceUse.Ranges, TreeParzenSampler.OptionNames, definition => new TreeParzenSampler(definition)),
            ["mgda"] = (PreferenceUse.None, DescentSampler.OptionNames, DescentSampler.With(DescentMethod.MultipleGradientDescent)),
            ["pcgrad"] = (PreferenceUse.None, DescentSampler.OptionNames, DescentSampler.With(DescentMethod.ProjectedConflicts)),
            ["cagrad"] = (PreferenceUse.None, DescentSampler.ConflictAverseOptionNames, DescentSampler.With(DescentMethod.ConflictAverse)),
            ["nashmtl"] = (PreferenceUse.None, DescentSampler.OptionNames, DescentSampler.With(DescentMethod.NashBargaining)),
            ["weightedsum"] = (PreferenceUse.None, DescentSampler.OptionNames, DescentSampler.With(DescentMethod.WeightedSum)),
            ["random"] = (PreferenceUse.None, [], definition => new IndexedSampler(new RandomSampler(definition.Space.Decisions, definition.Seed))),
            ["sobol"] = (PreferenceUse.None, [], definition => new IndexedSampler(QuasiRandomSampler.Sobol(definition.Space.Decisions, definition.Seed))),
            ["halton"] = (PreferenceUse.None, [], definition => new IndexedSampler(QuasiRandomSampler.Halton(definition.Space.Decisions, definition.Seed))),
            ["grid"] = (PreferenceUse.None, ["resolution"], definition => new IndexedSampler(
                new GridSampler(definition.Space.Decisions, (int)definition.Sampler.Options.GetValueOrDefault("resolution", 10)))),
        };

    /// <summary>The names, in alphabetical order; <see cref="AutoSampler.Name"/> stands for a choice among the others.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Registry.Keys.Append(AutoSampler.Name).Order(StringComparer.Ordinal)];

    /// <summary>Creates the sampler that a definition names.</summary>
    /// <exception cref="ArgumentException">There is no such sampler, it has no such option, or it makes no use of the study's preference.</exception>
    public static ITrialSampler Create(StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        definition = AutoSampler.Resolve(definition);
        var sampler = definition.Sampler;
        if (!Registry.TryGetValue(sampler.Name, out var entry))
            throw new ArgumentException($"There is no sampler '{sampler.Name}'; choose one of: {string.Join(", ", Names)}.");
        var unknown = sampler.Options.Keys.Concat(sampler.Choices.Keys).FirstOrDefault(o => !entry.Options.Contains(o));
        if (unknown is not null)
        {
            var known = entry.Options.Length == 0 ? "it has none" : "it has: " + string.Join(", ", entry.Options);
            throw new ArgumentException($"The sampler '{sampler.Name}' has no option '{unknown}'; {known}.");
        }

        if (sampler.Options.Keys.FirstOrDefault(IsChoice) is { } worded)
            throw new ArgumentException($"The option '{worded}' of {sampler.Name} is a word, not a number; give it in 'Choices'.");
        if (sampler.Choices.Keys.FirstOrDefault(o => !IsChoice(o)) is { } numeric)
            throw new ArgumentException($"The option '{numeric}' of {sampler.Name} is a number, not a word; give it in 'Options'.");
        CheckPreference(definition, entry.Use);
        return definition.Space.Knobs.Count == 0 ? new EmptySpaceSampler() : entry.Create(definition);
    }

    /// <summary>Whether the value of an option is a word (<see cref="SamplerDefinition.Choices"/>) and not a number.</summary>
    internal static bool IsChoice(string option) =>
        option == EvolutionarySampler.ExtremePointsOption || EvolutionarySampler.OrderOptionNames.Contains(option);

    private static void CheckPreference(StudyDefinition definition, PreferenceUse use)
    {
        var (sampler, preference) = (definition.Sampler.Name, definition.Preference);
        if (use == PreferenceUse.All && preference is not { HasDirection: true })
            throw new ArgumentException($"The sampler '{sampler}' needs reference points or weights; give a 'preference' with 'reference_points' or 'weights'.");
        if (use != PreferenceUse.All && preference is { HasDirection: true })
            throw new ArgumentException($"The sampler '{sampler}' makes no use of reference points and weights; choose rnsga2 or rnsga3.");
        if (use == PreferenceUse.None && preference is { Ranges.Count: > 0 })
            throw new ArgumentException($"The sampler '{sampler}' makes no use of ranges; choose another, such as nsga2 or bayesian.");
    }
}
