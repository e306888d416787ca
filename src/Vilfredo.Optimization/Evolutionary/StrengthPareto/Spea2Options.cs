namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of SPEA2. The defaults are those of its paper.</summary>
public sealed record Spea2Options : EvolutionaryOptions
{
    private const double PaperDistributionIndex = 15;

    /// <summary>Creates the defaults: crossover always, with distribution index 15; 20 for mutation.</summary>
    public Spea2Options() => Variation = new() { CrossoverProbability = 1, CrossoverDistributionIndex = PaperDistributionIndex };

    /// <summary>The number of points that survive, the size of the paper's archive, and of children; at least 2.</summary>
    public int PopulationSize { get; init; } = 100;

    internal override int SizeFor(int objectiveCount) => PopulationSize;

    internal override ISurvival CreateSurvival(int objectiveCount) => new Spea2Survival(objectiveCount);
}
