namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of AGE-MOEA-II.</summary>
public sealed record AgeMoea2Options : EvolutionaryOptions
{
    private const double PaperDistributionIndex = 30;

    /// <summary>Creates the defaults: distribution index 30 for crossover, 20 for mutation.</summary>
    public AgeMoea2Options() => Variation = new() { CrossoverDistributionIndex = PaperDistributionIndex };

    /// <summary>The number of points that survive each generation, at least 2.</summary>
    public int PopulationSize { get; init; } = 100;

    internal override int SizeFor(int objectiveCount) => PopulationSize;

    internal override ISurvival CreateSurvival(int objectiveCount) => new AgeMoea2Survival(objectiveCount);
}
