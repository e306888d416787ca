using Vilfredo.Optimization;
using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Studies;

/// <summary>
/// A generational algorithm (NSGA-II, NSGA-III, SMS-EMOA) for studies: generation g is the proposals with index g·P to
/// (g + 1)·P - 1, P being the option <c>population</c>. Its parents are the survivors of the generations before.
/// </summary>
/// <remarks>
/// In a deterministic study a generation waits for the whole of the one before. Otherwise a worker that would have to
/// wait proposes from the results that are in. Failed and timed-out trials are left out; infeasible ones rank behind all
/// feasible ones, by their violation. Trials outside a space that was narrowed since are left out too.
/// </remarks>
internal sealed class EvolutionarySampler : ITrialSampler
{
    /// <summary>The options with their defaults: see <see cref="EvolutionaryOptions"/> and <see cref="VariationOptions"/>.</summary>
    public static readonly string[] OptionNames = ["population"];

    private const int DefaultPopulation = 50;
    private const int DuplicateTries = 50;

    private readonly StudyDefinition definition;
    private readonly EvolutionaryOptions options;
    private readonly int populationSize;
    private readonly List<Completed> generations = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private int seen;
    private (EvolutionaryGeneration Generation, int Told)? partial;

    // Generation `Number` with the trial after the last one of the generations before.
    private sealed record Completed(EvolutionaryGeneration Generation, int NextTrial);

    /// <summary>Creates the sampler of a definition.</summary>
    /// <param name="definition">The study.</param>
    /// <param name="algorithm">The algorithm's settings for a population size; the sampler adds what a study needs.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    private EvolutionarySampler(StudyDefinition definition, Func<int, EvolutionaryOptions> algorithm)
    {
        this.definition = definition;
        var population = definition.Sampler.Options.GetValueOrDefault(OptionNames[0], DefaultPopulation);
        if (population < 2 || population > 1e6 || Math.Floor(population) != population)
            throw new ArgumentException($"The option 'population' of {definition.Sampler.Name} must be a whole number of at least 2, not {population}.");
        populationSize = (int)population;
        options = algorithm(populationSize) with { EliminateDuplicates = !definition.Space.Decisions.IsContinuous };
        generations.Add(new Completed(
            EvolutionaryGeneration.First(definition.Space.Decisions, definition.Objectives.Count, definition.MeasuredConstraints.Count > 0 ? 1 : 0, definition.Seed, options), 0));
    }

    /// <summary>NSGA-II.</summary>
    public static EvolutionarySampler Nsga2(StudyDefinition definition) => new(
        definition,
        // Better spread at no cost that a study would notice; docs/benchmarks/nsga2.md has the comparison.
        population => new Nsga2Options { PopulationSize = population, Truncation = CrowdingTruncation.OneByOne });

    /// <summary>NSGA-III, with as many reference directions as the population has room for.</summary>
    public static EvolutionarySampler Nsga3(StudyDefinition definition) =>
        new(definition, population => new Nsga3Options { PopulationSize = population });

    /// <summary>SMS-EMOA that selects once per generation.</summary>
    public static EvolutionarySampler SmsEmoa(StudyDefinition definition) =>
        new(definition, population => new SmsEmoaOptions { PopulationSize = population });

    /// <inheritdoc/>
    public Proposal Propose(SamplingContext context)
    {
        var (number, child) = Math.DivRem(context.Index, populationSize);
        while (generations.Count <= number && Complete(context.State) is { } next) generations.Add(next);
        EvolutionaryGeneration generation;
        if (generations.Count > number) generation = generations[number].Generation;
        else if (definition.Deterministic) return Proposal.Wait;
        else generation = FromWhatIsIn(context.State, number);

        Span<double> decisions = context.Space.Knobs.Count <= 256 ? stackalloc double[context.Space.Knobs.Count] : new double[context.Space.Knobs.Count];
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
        return new Completed(last.Generation.Next(Results(state, last.NextTrial, end)), end);
    }

    private EvolutionaryGeneration FromWhatIsIn(StudyState state, int number)
    {
        var last = generations[^1];
        var told = state.Finished;
        if (partial is { } earlier && earlier.Generation.Number == number && earlier.Told == told) return earlier.Generation;
        var generation = last.Generation.Next(Results(state, last.NextTrial, state.Trials.Count));
        // Further generations on, the same results breed children of a number of their own.
        while (generation.Number < number) generation = generation.Next(Results(state, 0, 0));
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

    private Population Results(StudyState state, int from, int to)
    {
        var objectives = definition.Objectives;
        var constraints = definition.MeasuredConstraints.Count > 0 ? 1 : 0;
        var population = new Population(definition.Space.Knobs.Count, objectives.Count, constraints);
        var decisions = new double[definition.Space.Knobs.Count];
        var values = new double[objectives.Count];
        var violation = new double[constraints];
        for (var i = from; i < to; i++)
        {
            var trial = state.Trials[i];
            if (trial.Outcome is not { HasValues: true } outcome) continue;
            if (!definition.Space.TryEncode(trial.Configuration, decisions, new RandomGenerator(definition.Seed, (ulong)trial.Number))) continue;
            // An imported or older trial may violate a constraint that was added since.
            if (!definition.Space.Decisions.Satisfies(decisions)) continue;
            for (var k = 0; k < values.Length; k++) values[k] = objectives[k].Objective.ToMinimization(outcome.Values[k]);
            if (constraints > 0) violation[0] = outcome.TotalViolation;
            population.Add(decisions, values, violation);
        }

        return population;
    }
}
