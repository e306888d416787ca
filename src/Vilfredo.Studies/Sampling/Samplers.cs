using Vilfredo.Optimization.Bayesian;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Studies;

/// <summary>The samplers by the names that study files, the command line and the API share.</summary>
public static class Samplers
{
    private static readonly Dictionary<string, (string[] Options, Func<StudyDefinition, ITrialSampler> Create)> Registry =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["nsga2"] = (EvolutionarySampler.OptionNames, EvolutionarySampler.Nsga2),
            ["nsga3"] = (EvolutionarySampler.OptionNames, EvolutionarySampler.Nsga3),
            ["smsemoa"] = (EvolutionarySampler.OptionNames, EvolutionarySampler.SmsEmoa),
            ["unsga3"] = (EvolutionarySampler.OptionNames, EvolutionarySampler.UnifiedNsga3),
            ["spea2"] = (EvolutionarySampler.OptionNames, EvolutionarySampler.Spea2),
            ["agemoea2"] = (EvolutionarySampler.OptionNames, EvolutionarySampler.AgeMoea2),
            ["rvea"] = (EvolutionarySampler.RveaOptionNames, EvolutionarySampler.Rvea),
            ["moead"] = (EvolutionarySampler.MoeadOptionNames, EvolutionarySampler.Moead),
            ["gde3"] = (EvolutionarySampler.Gde3OptionNames, EvolutionarySampler.Gde3),
            ["mocmaes"] = (EvolutionarySampler.MoCmaEsOptionNames, EvolutionarySampler.MoCmaEs),
            ["ctaea"] = (EvolutionarySampler.OptionNames, EvolutionarySampler.Ctaea),
            ["mopso"] = (EvolutionarySampler.OptionNames, EvolutionarySampler.Mopso),
            ["bayesian"] = (BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.NoisyHypervolume)),
            ["ehvi"] = (BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.Hypervolume)),
            ["parego"] = (BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.ParEgo)),
            ["thompson"] = (BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.ThompsonSampling)),
            ["usemo"] = (BayesianSampler.OptionNames, BayesianSampler.With(AcquisitionFunction.Uncertainty)),
            ["tpe"] = (TreeParzenSampler.OptionNames, definition => new TreeParzenSampler(definition)),
            ["random"] = ([], definition => new IndexedSampler(new RandomSampler(definition.Space.Decisions, definition.Seed))),
            ["sobol"] = ([], definition => new IndexedSampler(QuasiRandomSampler.Sobol(definition.Space.Decisions, definition.Seed))),
            ["halton"] = ([], definition => new IndexedSampler(QuasiRandomSampler.Halton(definition.Space.Decisions, definition.Seed))),
            ["grid"] = (["resolution"], definition => new IndexedSampler(
                new GridSampler(definition.Space.Decisions, (int)definition.Sampler.Options.GetValueOrDefault("resolution", 10)))),
        };

    /// <summary>The names, in alphabetical order; <see cref="AutoSampler.Name"/> stands for a choice among the others.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Registry.Keys.Append(AutoSampler.Name).Order(StringComparer.Ordinal)];

    /// <summary>Creates the sampler that a definition names.</summary>
    /// <exception cref="ArgumentException">There is no such sampler, or it has no such option.</exception>
    public static ITrialSampler Create(StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        definition = AutoSampler.Resolve(definition);
        var sampler = definition.Sampler;
        if (!Registry.TryGetValue(sampler.Name, out var entry))
            throw new ArgumentException($"There is no sampler '{sampler.Name}'; choose one of: {string.Join(", ", Names)}.");
        var unknown = sampler.Options.Keys.FirstOrDefault(o => !entry.Options.Contains(o));
        if (unknown is not null)
        {
            var known = entry.Options.Length == 0 ? "it has none" : "it has: " + string.Join(", ", entry.Options);
            throw new ArgumentException($"The sampler '{sampler.Name}' has no option '{unknown}'; {known}.");
        }

        return definition.Space.Knobs.Count == 0 ? new EmptySpaceSampler() : entry.Create(definition);
    }
}
