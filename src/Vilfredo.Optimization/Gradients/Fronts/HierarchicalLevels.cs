using Vilfredo.Sorting;

namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>The front of three objectives by the number of objectives of the sub-problem that gave each point.</summary>
/// <param name="Minima">One objective: its minimum, in the order of the objectives.</param>
/// <param name="Pairs">Two objectives: the fronts of the pairs (0, 1), (0, 2) and (1, 2), in order along each. They are the boundary of the Pareto set.</param>
/// <param name="Inside">Three objectives: the points between.</param>
public sealed record HierarchicalLevels(
    IReadOnlyList<FrontPoint> Minima, IReadOnlyList<IReadOnlyList<FrontPoint>> Pairs, IReadOnlyList<FrontPoint> Inside)
{
    /// <summary>The points of all levels of which none dominates another.</summary>
    public IReadOnlyList<FrontPoint> Front()
    {
        FrontPoint[] points = [.. Minima, .. Pairs.SelectMany(pair => pair), .. Inside];
        double[] matrix = [.. points.SelectMany(point => point.Values)];
        return [.. NonDominatedFilter.Indices(matrix, 3, keepDuplicates: false).Order().Select(i => points[i])];
    }
}
