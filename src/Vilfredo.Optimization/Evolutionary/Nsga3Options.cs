namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of NSGA-III. The defaults are those of its paper, but for <see cref="ExtremePoints"/>.</summary>
public sealed record Nsga3Options : EvolutionaryOptions
{
    private const double PaperCrossoverIndex = 30;

    /// <summary>Creates the defaults: crossover always, with distribution index 30 (Deb and Jain 2014, table III).</summary>
    public Nsga3Options() => Variation = new() { CrossoverProbability = 1, CrossoverDistributionIndex = PaperCrossoverIndex };

    /// <summary>
    /// The number of points that survive each generation, at least 2; <see langword="null"/> for the smallest multiple of 4
    /// that gives each direction a point.
    /// </summary>
    public int? PopulationSize { get; init; }

    /// <summary>
    /// Row-major reference directions: non-negative values, not all 0, one per objective. <see langword="null"/> for a
    /// lattice: with a population size the finest with no more directions than points; without one that of the paper (12
    /// divisions for 3 objectives, 6 for 5, two layers of 3 and 2 for 8 and 10, of 2 and 1 for 15), its neighbours' for
    /// numbers between, and 99 divisions for 2.
    /// </summary>
    public IReadOnlyList<double>? Directions { get; init; }

    /// <summary>
    /// Whether parents that are near the same direction meet in tournaments: by front, then by distance from it. That is U-NSGA-III
    /// (H. Seada, K. Deb, "A unified evolutionary optimization procedure for single, multiple, and many objectives", IEEE Transactions on
    /// Evolutionary Computation 20(3), 2016), which helps with few objectives and with more points than directions.
    /// </summary>
    public bool Unified { get; init; }

    /// <summary>
    /// The units in which extreme points are compared. <see cref="ExtremePointUnits.Scaled"/> differs from the paper, so that the scale of an objective does not
    /// matter; <see cref="ExtremePointUnits.Raw"/> is the paper's.
    /// </summary>
    public ExtremePointUnits ExtremePoints { get; init; } = ExtremePointUnits.Scaled;

    internal override int SizeFor(int objectiveCount) => ReferenceLattice.PopulationFor(objectiveCount, PopulationSize, Directions);

    internal override ISurvival CreateSurvival(int objectiveCount) =>
        new Nsga3Survival(objectiveCount, ReferenceLattice.For(objectiveCount, PopulationSize, Directions), Unified, ExtremePoints);
}
