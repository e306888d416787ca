using Vilfredo.Optimization;
using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Studies;

/// <summary>
/// A generational algorithm (NSGA-II, NSGA-III, SMS-EMOA, SPEA2, RVEA, AGE-MOEA-II, MOEA/D, GDE3, MOPSO, MO-CMA-ES, C-TAEA, R-NSGA-II, R-NSGA-III) for studies: generation g is the proposals with index g·P to
/// (g + 1)·P - 1, P being the option <c>population</c>. Its parents are the survivors of the generations before.
/// </summary>
/// <remarks>
/// In a deterministic study a generation waits for the whole of the one before. Otherwise a worker that would have to
/// wait proposes from the results that are in. Failed and timed-out trials are left out; infeasible ones rank behind all
/// feasible ones, by their violation; of feasible ones those outside the ranges of the preference behind those inside. Trials outside a space that was narrowed since are left out too.
/// </remarks>
internal sealed class EvolutionarySampler : ITrialSampler
{
    /// <summary>The option of NSGA-III and U-NSGA-III for <see cref="Nsga3Options.ExtremePoints"/>.</summary>
    public const string ExtremePointsOption = "extreme_points";

    /// <summary>The options of every algorithm with crossover for knobs that are orders; see <see cref="VariationOptions.PermutationCrossover"/> and <see cref="VariationOptions.PermutationMutation"/>.</summary>
    public static readonly string[] OrderOptionNames = ["order_crossover", "order_mutation"];

    /// <summary>The options with their defaults: see <see cref="EvolutionaryOptions"/> and <see cref="VariationOptions"/>.</summary>
    public static readonly string[] OptionNames = ["population", .. OrderOptionNames];

    /// <summary>The options of NSGA-III and U-NSGA-III; see <see cref="Nsga3Options"/>.</summary>
    public static readonly string[] Nsga3OptionNames = [.. OptionNames, ExtremePointsOption];

    /// <summary>The options of MOPSO, which has no crossover.</summary>
    public static readonly string[] MopsoOptionNames = ["population"];

    /// <summary>The options of MOEA/D, of which <c>pbi</c>, <c>differential</c> and <c>normalize</c> are 0 or 1; see <see cref="MoeadOptions"/>.</summary>
    public static readonly string[] MoeadOptionNames = ["population", "neighborhood", "pbi", "penalty", "differential", "scale", "crossover", "normalize", .. OrderOptionNames];

    /// <summary>The options of GDE3; see <see cref="Gde3Options"/>.</summary>
    public static readonly string[] Gde3OptionNames = ["population", "scale", "crossover"];

    /// <summary>The options of RVEA, of which <c>fill</c> is 0 or 1; see <see cref="RveaOptions"/>.</summary>
    public static readonly string[] RveaOptionNames = ["population", "generations", "fill", .. OrderOptionNames];

    /// <summary>The options of MO-CMA-ES, of which <c>step</c> is <see cref="MoCmaEsOptions.InitialStep"/>.</summary>
    public static readonly string[] MoCmaEsOptionNames = ["population", "step"];

    /// <summary>The options of R-NSGA-II; see <see cref="RNsga2Options"/>.</summary>
    public static readonly string[] RNsga2OptionNames = ["population", "epsilon", .. OrderOptionNames];

    /// <summary>The options of R-NSGA-III; see <see cref="RNsga3Options"/>.</summary>
    public static readonly string[] RNsga3OptionNames = ["population", "spread", .. OrderOptionNames];

    private const int DefaultPopulation = 50;
    private const int DuplicateTries = 50;

    private readonly StudyDefinition definition;
    private readonly int populationSize;
    private readonly List<Completed> generations = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private int seen;
    private (IGeneration Generation, int Told)? partial;

    // Generation `Number` with the trial after the last one of the generations before.
    private sealed record Completed(IGeneration Generation, int NextTrial);

    private EvolutionarySampler(StudyDefinition definition, IGeneration first)
    {
        this.definition = definition;
        populationSize = first.PopulationSize;
        generations.Add(new Completed(first, 0));
    }

    /// <summary>NSGA-II.</summary>
    public static EvolutionarySampler Nsga2(StudyDefinition definition) => WithOptions(
        definition,
        // Better spread at no cost that a study would notice; docs/benchmarks/nsga2.md has the comparison.
        population => new Nsga2Options { PopulationSize = population, Truncation = CrowdingTruncation.OneByOne });

    /// <summary>NSGA-III, with as many reference directions as the population has room for.</summary>
    public static EvolutionarySampler Nsga3(StudyDefinition definition) =>
        WithOptions(definition, population => new Nsga3Options { PopulationSize = population, ExtremePoints = ExtremePoints(definition.Sampler) });

    /// <summary>SMS-EMOA that selects once per generation.</summary>
    public static EvolutionarySampler SmsEmoa(StudyDefinition definition) =>
        WithOptions(definition, population => new SmsEmoaOptions { PopulationSize = population });

    /// <summary>U-NSGA-III, as <see cref="Nsga3"/>.</summary>
    public static EvolutionarySampler UnifiedNsga3(StudyDefinition definition) =>
        WithOptions(definition, population => new Nsga3Options { PopulationSize = population, Unified = true, ExtremePoints = ExtremePoints(definition.Sampler) });

    /// <summary>SPEA2.</summary>
    public static EvolutionarySampler Spea2(StudyDefinition definition) =>
        WithOptions(definition, population => new Spea2Options { PopulationSize = population });

    /// <summary>AGE-MOEA-II.</summary>
    public static EvolutionarySampler AgeMoea2(StudyDefinition definition) =>
        WithOptions(definition, population => new AgeMoea2Options { PopulationSize = population });

    /// <summary>RVEA over as many generations as the option <c>generations</c> says, else as the budget of trials makes.</summary>
    public static EvolutionarySampler Rvea(StudyDefinition definition) => WithOptions(
        definition,
        population =>
        {
            var options = new RveaOptions { PopulationSize = population };
            var expected = definition.Budget.Trials is { } trials ? Math.Clamp(trials / population, 1, 1_000_000) : options.Generations;
            return options with
            {
                FillPopulation = SamplerOptions.Switch(definition.Sampler, "fill", options.FillPopulation),
                Generations = SamplerOptions.Count(definition.Sampler, RveaOptionNames[1], expected),
            };
        });

    /// <summary>R-NSGA-II around the study's preference.</summary>
    public static EvolutionarySampler RNsga2(StudyDefinition definition)
    {
        var (preference, defaults) = (definition.Preference!, new RNsga2Options());
        return WithOptions(definition, population => defaults with
        {
            PopulationSize = population,
            ReferencePoints = preference.MinimizedPoints(definition.Objectives),
            Weights = preference.WeightsOf(definition.Objectives),
            Epsilon = SamplerOptions.Number(definition.Sampler, "epsilon", defaults.Epsilon, 0, 10),
        });
    }

    /// <summary>R-NSGA-III around the study's preference, with as many directions as the population has room for.</summary>
    /// <exception cref="ArgumentException">The preference has reference points and weights.</exception>
    public static EvolutionarySampler RNsga3(StudyDefinition definition)
    {
        var (preference, defaults) = (definition.Preference!, new RNsga3Options());
        var points = Math.Max(1, preference.ReferencePoints.Count);
        return WithOptions(definition, population => defaults with
        {
            PopulationSize = population,
            ReferencePoints = preference.MinimizedPoints(definition.Objectives),
            Weights = preference.WeightsOf(definition.Objectives),
            DirectionsPerPoint = Math.Max(1, (population - definition.Objectives.Count) / points),
            Spread = SamplerOptions.Number(definition.Sampler, "spread", defaults.Spread, 1e-6, 1),
        });
    }

    /// <summary>
    /// MOEA/D, with the finest lattice of weights that is no larger than the population. Objectives of a study have units of their own,
    /// so they are normalized unless that is switched off.
    /// </summary>
    public static EvolutionarySampler Moead(StudyDefinition definition)
    {
        var (sampler, defaults) = (definition.Sampler, new MoeadOptions());
        var options = defaults with
        {
            Weights = MoeadOptions.LatticeOf(definition.Objectives.Count, Population(definition)),
            Neighborhood = SamplerOptions.Count(sampler, "neighborhood", defaults.Neighborhood, least: 2),
            Scalarization = SamplerOptions.Switch(sampler, "pbi", false) ? MoeadScalarization.PenaltyBoundaryIntersection : defaults.Scalarization,
            Penalty = SamplerOptions.Number(sampler, "penalty", defaults.Penalty, 0, 1e6),
            Children = SamplerOptions.Switch(sampler, "differential", false) ? MoeadVariation.DifferentialEvolution : defaults.Children,
            Differential = Differential(sampler, defaults.Differential),
            Normalize = SamplerOptions.Switch(sampler, "normalize", true),
            Variation = WithOrders(sampler, defaults.Variation),
        };
        return new(definition, MoeadGeneration.First(definition.Space.Decisions, definition.Objectives.Count, Constraints(definition), definition.Seed, options));
    }

    /// <summary>GDE3.</summary>
    public static EvolutionarySampler Gde3(StudyDefinition definition)
    {
        var defaults = new Gde3Options();
        var options = defaults with
        {
            PopulationSize = SamplerOptions.Count(definition.Sampler, OptionNames[0], DefaultPopulation, least: 4),
            Differential = Differential(definition.Sampler, defaults.Differential),
        };
        return new(definition, Gde3Generation.First(definition.Space.Decisions, definition.Objectives.Count, Constraints(definition), definition.Seed, options));
    }

    /// <summary>MOPSO, with an archive of the size of its swarm.</summary>
    public static EvolutionarySampler Mopso(StudyDefinition definition)
    {
        var options = new MopsoOptions { PopulationSize = Population(definition), ArchiveSize = Population(definition) };
        return new(definition, MopsoGeneration.First(definition.Space.Decisions, definition.Objectives.Count, Constraints(definition), definition.Seed, options));
    }

    /// <summary>MO-CMA-ES, for real knobs only.</summary>
    public static EvolutionarySampler MoCmaEs(StudyDefinition definition)
    {
        var options = new MoCmaEsOptions
        {
            PopulationSize = Population(definition),
            InitialStep = SamplerOptions.Number(definition.Sampler, "step", new MoCmaEsOptions().InitialStep, 1e-6, 1),
        };
        return new(definition, MoCmaEsGeneration.First(definition.Space.Decisions, definition.Objectives.Count, Constraints(definition), definition.Seed, options));
    }

    /// <summary>C-TAEA.</summary>
    public static EvolutionarySampler Ctaea(StudyDefinition definition)
    {
        var defaults = new CtaeaOptions();
        var options = defaults with { PopulationSize = Population(definition), Variation = WithOrders(definition.Sampler, defaults.Variation) };
        return new(definition, CtaeaGeneration.First(definition.Space.Decisions, definition.Objectives.Count, Constraints(definition), definition.Seed, options));
    }

    private static DifferentialOptions Differential(SamplerDefinition sampler, DifferentialOptions defaults) => defaults with
    {
        Scale = SamplerOptions.Number(sampler, "scale", defaults.Scale, 1e-6, 2),
        CrossoverRate = SamplerOptions.Number(sampler, "crossover", defaults.CrossoverRate, 0, 1),
    };

    private static ExtremePointUnits ExtremePoints(SamplerDefinition sampler) => SamplerOptions.Choice(
        sampler, ExtremePointsOption, ExtremePointUnits.Scaled, ("scaled", ExtremePointUnits.Scaled), ("raw", ExtremePointUnits.Raw));

    private static VariationOptions WithOrders(SamplerDefinition sampler, VariationOptions variation) => variation with
    {
        PermutationCrossover = SamplerOptions.Choice(
            sampler, OrderOptionNames[0], variation.PermutationCrossover,
            ("order", PermutationCrossover.Order), ("partially_mapped", PermutationCrossover.PartiallyMapped), ("edge_recombination", PermutationCrossover.EdgeRecombination)),
        PermutationMutation = SamplerOptions.Choice(
            sampler, OrderOptionNames[1], variation.PermutationMutation,
            ("inversion", PermutationMutation.Inversion), ("insertion", PermutationMutation.Insertion), ("swap", PermutationMutation.Swap)),
    };

    // The algorithm's settings for a population size; the sampler adds what a study needs.
    private static EvolutionarySampler WithOptions(StudyDefinition definition, Func<int, EvolutionaryOptions> algorithm)
    {
        var options = algorithm(Population(definition));
        options = options with { EliminateDuplicates = !definition.Space.Decisions.IsContinuous, Variation = WithOrders(definition.Sampler, options.Variation) };
        return new(definition, EvolutionaryGeneration.First(definition.Space.Decisions, definition.Objectives.Count, Constraints(definition), definition.Seed, options));
    }

    private static int Population(StudyDefinition definition) => SamplerOptions.Count(definition.Sampler, OptionNames[0], DefaultPopulation, least: 2);

    private static int Constraints(StudyDefinition definition) => definition.MeasuredConstraints.Count > 0 || definition.Preference is { Ranges.Count: > 0 } ? 1 : 0;

    /// <inheritdoc/>
    public Proposal Propose(SamplingContext context)
    {
        var (number, child) = Math.DivRem(context.Index, populationSize);
        while (generations.Count <= number && Complete(context.State) is { } next) generations.Add(next);
        IGeneration generation;
        if (generations.Count > number) generation = generations[number].Generation;
        else if (definition.Deterministic) return Proposal.Wait;
        else generation = FromWhatIsIn(context.State, number);

        Span<double> decisions = context.Space.Decisions.Count <= 256 ? stackalloc double[context.Space.Decisions.Count] : new double[context.Space.Decisions.Count];
        generation.Propose(child, decisions);
        var configuration = context.Space.Decode(decisions);
        if (context.Space.Decisions.IsContinuous) return new Proposal(configuration);

        // In a space of few values children come out alike: their siblings beyond the population may be new.
        for (; seen < context.State.Trials.Count; seen++) known.Add(context.State.Trials[seen].Configuration.Key);
        for (var i = 1; i <= DuplicateTries && known.Contains(configuration.Key); i++)
        {
            generation.Propose(child + (long)i * populationSize, decisions);
            configuration = context.Space.Decode(decisions);
        }

        return new Proposal(configuration);
    }

    // The generation after the last known one, if every trial of that one is finished.
    private Completed? Complete(StudyState state)
    {
        var last = generations[^1];
        var end = EndOf(state, last, out var isWhole);
        if (!isWhole) return null;
        for (var i = last.NextTrial; i < end; i++)
        {
            if (!state.Trials[i].IsFinished) return null;
        }

        partial = null;
        return new Completed(Next(last.Generation, state, last.NextTrial, end), end);
    }

    private IGeneration FromWhatIsIn(StudyState state, int number)
    {
        var last = generations[^1];
        var told = state.Finished;
        if (partial is { } earlier && earlier.Generation.Number == number && earlier.Told == told) return earlier.Generation;
        var generation = Next(last.Generation, state, last.NextTrial, state.Trials.Count);
        // Further generations on, the same results breed children of a number of their own.
        while (generation.Number < number) generation = Next(generation, state, 0, 0);
        partial = (generation, told);
        return generation;
    }

    // The trial after the last of a generation's proposals; repeats of earlier trials lie between them and count along.
    private int EndOf(StudyState state, Completed generation, out bool isWhole)
    {
        var proposals = 0;
        var i = generation.NextTrial;
        while (i < state.Trials.Count && proposals < populationSize)
        {
            if (state.Trials[i++].RepeatOf is null) proposals++;
        }

        isWhole = proposals == populationSize;
        return i;
    }

    private IGeneration Next(IGeneration generation, StudyState state, int from, int to)
    {
        var objectives = definition.Objectives;
        var constraints = Constraints(definition);
        var population = new Population(definition.Space.Decisions.Count, objectives.Count, constraints);
        var decisions = new double[definition.Space.Decisions.Count];
        var values = new double[objectives.Count];
        var violation = new double[constraints];
        var indices = new List<long>();
        var proposals = 0;
        for (var i = from; i < to; i++)
        {
            var trial = state.Trials[i];
            // Beyond the population come proposals of later generations, made while this one was unfinished.
            var index = trial.RepeatOf is null && proposals < populationSize ? proposals++ : -1;
            if (trial.Outcome is not { HasValues: true } outcome) continue;
            if (!definition.Space.TryEncode(trial.Configuration, decisions, new RandomGenerator(definition.Seed, (ulong)trial.Number))) continue;
            // An imported or older trial may violate a constraint that was added since.
            if (!definition.Space.Decisions.Satisfies(decisions)) continue;
            for (var k = 0; k < values.Length; k++) values[k] = objectives[k].Objective.ToMinimization(outcome.Values[k]);
            if (constraints > 0) violation[0] = definition.Preference?.Violation(objectives, outcome) ?? outcome.TotalViolation;
            population.Add(decisions, values, violation);
            indices.Add(index);
        }

        return generation.Next(population, indices.ToArray());
    }
}
