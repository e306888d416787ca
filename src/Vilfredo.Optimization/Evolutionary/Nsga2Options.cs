namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of NSGA-II. The defaults are those of its paper.</summary>
public sealed record Nsga2Options : EvolutionaryOptions
{
    /// <summary>The number of points that survive each generation, and of children in it; at least 2. 100 in the paper.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>How the front that does not fit the population as a whole is cut.</summary>
    public CrowdingTruncation Truncation { get; init; } = CrowdingTruncation.AtOnce;

    internal override int SizeFor(int objectiveCount) => PopulationSize;

    internal override ISurvival CreateSurvival(int objectiveCount) => new Nsga2Survival(objectiveCount, Truncation);
}
