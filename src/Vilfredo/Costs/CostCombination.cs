namespace Vilfredo;

/// <summary>How the costs of two things done one after the other combine.</summary>
public enum CostCombination
{
    /// <summary>They add up.</summary>
    Sum,

    /// <summary>The larger one counts: memory and parameters are used again.</summary>
    Maximum,
}
