namespace Vilfredo.Inference.Running;

/// <summary>How many calls an answer takes, told before any is made.</summary>
/// <param name="Fewest">The fewest calls, when nothing fails.</param>
/// <param name="Most">The most calls; null where it depends on what models say.</param>
/// <param name="Depth">The most calls that wait for each other; null where it depends on what models say.</param>
public readonly record struct CallPlan(int Fewest, int? Most, int? Depth)
{
    /// <summary>A fixed number of calls.</summary>
    public static CallPlan Fixed(int calls, int depth) => new(calls, calls, depth);
}
