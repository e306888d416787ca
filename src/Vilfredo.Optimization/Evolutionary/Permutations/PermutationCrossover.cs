namespace Vilfredo.Optimization.Evolutionary;

/// <summary>How orders (permutations) are recombined.</summary>
public enum PermutationCrossover
{
    /// <summary>A stretch of one parent, the rest in the order of the other (<see cref="OrderCrossover"/>); keeps relative order.</summary>
    Order,

    /// <summary>A stretch of one parent, the rest at the places of the other (<see cref="PartiallyMappedCrossover"/>); keeps places.</summary>
    PartiallyMapped,

    /// <summary>Neighbours of both parents (<see cref="EdgeRecombinationCrossover"/>); keeps who stands next to whom, for round tours.</summary>
    EdgeRecombination,
}
