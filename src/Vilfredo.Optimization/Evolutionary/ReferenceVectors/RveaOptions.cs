namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of RVEA. The defaults are those of its paper but for the number of generations, which it sets for each problem.</summary>
public sealed record RveaOptions : EvolutionaryOptions
{
    private const double PaperCrossoverIndex = 30;

    /// <summary>Creates the defaults: crossover always, with distribution index 30; 20 for mutation.</summary>
    public RveaOptions() => Variation = new() { CrossoverProbability = 1, CrossoverDistributionIndex = PaperCrossoverIndex };

    /// <summary>The number of points that survive each generation, at least 2; <see langword="null"/> as for <see cref="Nsga3Options.PopulationSize"/>.</summary>
    public int? PopulationSize { get; init; }

    /// <summary>Row-major reference vectors; <see langword="null"/> for the lattice of <see cref="Nsga3Options.Directions"/>.</summary>
    public IReadOnlyList<double>? Directions { get; init; }

    /// <summary>
    /// The number of generations over which the angle grows from nothing to its full weight, at least 1: how long the search is going to be.
    /// Further generations keep the full weight.
    /// </summary>
    public int Generations { get; init; } = 200;

    /// <summary>alpha, how late the weight grows, at least 0. 2 in the paper.</summary>
    public double Exponent { get; init; } = 2;

    /// <summary>
    /// How much the angle weighs at the end, at least 0: the M in M (t/tmax)^alpha. <see langword="null"/> for the number of objectives, as in the paper; a smaller one
    /// lets points off the vectors survive that are nearer to the front.
    /// </summary>
    public double? AngleWeight { get; init; }

    /// <summary>
    /// Whether vectors that no point is near to are made up for by other points, the best fronts first, so that the population keeps its size. Off, as in the paper: there is one
    /// survivor for each vector that has points, and the population may be smaller than its size.
    /// </summary>
    public bool FillPopulation { get; init; }

    /// <summary>
    /// Whether the best value of each objective, also that of the ranges, is the best of all points so far, as in pymoo. Off, as in the paper: that of the points at hand.
    /// </summary>
    public bool RememberIdeal { get; init; }

    /// <summary>fr, after which share of the generations the vectors are scaled to the ranges of objectives again, in (0, 1]. 0.1 in the paper.</summary>
    public double AdaptationShare { get; init; } = 0.1;

    internal override int SizeFor(int objectiveCount) => ReferenceLattice.PopulationFor(objectiveCount, PopulationSize, Directions);

    internal override ISurvival CreateSurvival(int objectiveCount) => new RveaSurvival(objectiveCount, ReferenceLattice.For(objectiveCount, PopulationSize, Directions), this);

    internal override void Validate(DecisionSpace space, int objectiveCount)
    {
        base.Validate(space, objectiveCount);
        if (Generations < 1) throw new ArgumentException($"Generations is {Generations}; it must be at least 1.");
        if (!(Exponent >= 0 && double.IsFinite(Exponent))) throw new ArgumentException($"Exponent is {Exponent}; it must be a finite number of at least 0.");
        if (AngleWeight is { } weight && !(weight >= 0 && double.IsFinite(weight))) throw new ArgumentException($"AngleWeight is {weight}; it must be a finite number of at least 0.");
        if (!(AdaptationShare > 0 && AdaptationShare <= 1))
            throw new ArgumentException($"AdaptationShare is {AdaptationShare}; it must be above 0 and at most 1.");
    }
}
