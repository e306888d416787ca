using Vilfredo.ReferenceDirections;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of NSGA-III. The defaults are those of its paper.</summary>
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

    internal override int SizeFor(int objectiveCount) =>
        PopulationSize ?? Math.Max(4, (DirectionsFor(objectiveCount).Length / objectiveCount + 3) / 4 * 4);

    internal override ISurvival CreateSurvival(int objectiveCount) =>
        new Nsga3Survival(objectiveCount, DirectionsFor(objectiveCount));

    private double[] DirectionsFor(int objectives)
    {
        if (Directions is not null) return [.. Directions];
        if (objectives == 1) return [1];
        if (PopulationSize is { } size)
        {
            var divisions = DasDennisDirections.DivisionsFor(objectives, Math.Max(1, size));
            return divisions > 0 ? DasDennisDirections.Create(objectives, divisions) : Axes(objectives, Math.Max(1, size));
        }

        return objectives switch
        {
            2 => DasDennisDirections.Create(2, 99),
            3 => DasDennisDirections.Create(3, 12),
            4 => DasDennisDirections.Create(4, 8),
            <= 6 => DasDennisDirections.Create(objectives, 6),
            <= 10 => DasDennisDirections.TwoLayers(objectives, 3, 2),
            _ => DasDennisDirections.TwoLayers(objectives, 2, 1),
        };
    }

    // Fewer points than objectives: the middle, then one axis after the other.
    private static double[] Axes(int objectives, int count)
    {
        var directions = new double[count * objectives];
        directions.AsSpan(0, objectives).Fill(1);
        for (var i = 1; i < count; i++) directions[i * objectives + i - 1] = 1;
        return directions;
    }
}
