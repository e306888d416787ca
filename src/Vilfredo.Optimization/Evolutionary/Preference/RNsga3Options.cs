namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of R-NSGA-III.</summary>
public sealed record RNsga3Options : EvolutionaryOptions
{
    private const double PaperCrossoverIndex = 30;

    /// <summary>Creates the defaults: crossover always, with distribution index 30, as NSGA-III.</summary>
    public RNsga3Options() => Variation = new() { CrossoverProbability = 1, CrossoverDistributionIndex = PaperCrossoverIndex };

    /// <summary>Row-major points that the user would like to reach, one value per objective to be minimised, in the objectives' own units. At least one, unless there are <see cref="Weights"/>.</summary>
    public IReadOnlyList<double> ReferencePoints { get; init; } = [];

    /// <summary>
    /// How much each objective counts, instead of reference points: the search gathers where distances from the best values, times the weights and in units of the front's ranges, are
    /// equal. An objective without weight counts a thousandth of the heaviest one. <see langword="null"/> for none.
    /// </summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>The size of the lattice of directions around each reference point, against that of the whole front; in (0, 1].</summary>
    public double Spread { get; init; } = 0.1;

    /// <summary>The most directions around each reference point, at least 1; the lattice is the finest that has no more.</summary>
    public int DirectionsPerPoint { get; init; } = 50;

    /// <summary>The number of points that survive each generation, at least 2; <see langword="null"/> for the smallest multiple of 4 that gives each direction a point.</summary>
    public int? PopulationSize { get; init; }

    internal override int SizeFor(int objectiveCount) =>
        PopulationSize ?? Math.Max(4, (Math.Max(1, ReferencePoints.Count / objectiveCount) * (Lattice(objectiveCount).Length / objectiveCount) + objectiveCount + 3) / 4 * 4);

    internal override ISurvival CreateSurvival(int objectiveCount) =>
        new Nsga3Survival(objectiveCount, new AspirationDirections(objectiveCount, [.. ReferencePoints], Lattice(objectiveCount), Spread) { Weights = Weights });

    internal override void Validate(DecisionSpace space, int objectiveCount)
    {
        AspirationPoints.Validate(ReferencePoints, Weights, objectiveCount);
        if (Weights is not null && ReferencePoints.Count > 0)
            throw new ArgumentException("There are reference points and weights; R-NSGA-III takes one or the other, R-NSGA-II both.");
        if (!(Spread is > 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"Spread is {Spread}; it must be above 0 and at most 1."));
        if (DirectionsPerPoint < 1) throw new ArgumentException($"DirectionsPerPoint is {DirectionsPerPoint}; it must be at least 1.");
        base.Validate(space, objectiveCount);
    }

    private double[] Lattice(int objectiveCount) => ReferenceLattice.For(objectiveCount, DirectionsPerPoint, null);
}
