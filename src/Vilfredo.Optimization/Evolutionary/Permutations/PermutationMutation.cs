namespace Vilfredo.Optimization.Evolutionary;

/// <summary>How orders (permutations) are mutated.</summary>
public enum PermutationMutation
{
    /// <summary>A stretch is turned round (<see cref="InversionMutation"/>): for tours, where neighbours matter.</summary>
    Inversion,

    /// <summary>An item moves to another place (<see cref="InsertionMutation"/>): for schedules, where relative order matters.</summary>
    Insertion,

    /// <summary>Two items change places (<see cref="SwapMutation"/>): where the place of each item matters.</summary>
    Swap,
}
