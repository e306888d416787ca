namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of SMS-EMOA. The defaults are those of its paper.</summary>
public sealed record SmsEmoaOptions : EvolutionaryOptions
{
    private const double PaperDistributionIndex = 15;

    /// <summary>One range of the front, where the paper adds 1.</summary>
    public const double DefaultReferenceOffset = 1;

    /// <summary>Creates the defaults: distribution index 15 for crossover, 20 for mutation.</summary>
    public SmsEmoaOptions() => Variation = new() { CrossoverDistributionIndex = PaperDistributionIndex };

    /// <summary>The number of points that survive, at least 2. 100 in the paper.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>
    /// The number of children between two selections, at least 1: 1 is the steady state of the paper, the population size a
    /// (mu + lambda) form for batches. <see cref="EvolutionaryGeneration"/> always has as many as its population.
    /// </summary>
    public int Children { get; init; } = 1;

    /// <summary>How parents are chosen. By chance in the paper; tournaments by dominance are pymoo's, and help where most of the population is far from the front.</summary>
    public SmsEmoaMating Mating { get; init; }

    /// <summary>What drops points of dominated fronts. The paper's procedure by default.</summary>
    public SmsEmoaReduction Reduction { get; init; }

    /// <summary>
    /// How far the reference point lies behind the worst values of the front, in its ranges; above 0. With three and more objectives a larger one keeps more of the front's
    /// rim; with two it changes nothing, as the best point in each objective stays. 10 in pymoo.
    /// </summary>
    public double ReferenceOffset { get; init; } = DefaultReferenceOffset;

    internal override bool MeetByDominance => Mating == SmsEmoaMating.Dominance;

    internal override int SizeFor(int objectiveCount) => PopulationSize;

    internal override int ChildrenFor(int objectiveCount) => Children;

    internal override ISurvival CreateSurvival(int objectiveCount) => new SmsEmoaSurvival(objectiveCount, Reduction, ReferenceOffset);

    internal override void Validate(DecisionSpace space, int objectiveCount)
    {
        base.Validate(space, objectiveCount);
        if (!Enum.IsDefined(Mating)) throw new ArgumentException($"Mating is {Mating}; it must be one of {string.Join(", ", Enum.GetNames<SmsEmoaMating>())}.");
        if (!Enum.IsDefined(Reduction)) throw new ArgumentException($"Reduction is {Reduction}; it must be one of {string.Join(", ", Enum.GetNames<SmsEmoaReduction>())}.");
        if (!(ReferenceOffset > 0 && double.IsFinite(ReferenceOffset))) throw new ArgumentException($"ReferenceOffset is {ReferenceOffset}; it must be above 0 and finite.");
        if (Children < 1) throw new ArgumentException($"Children is {Children}; it must be at least 1.");
    }
}
