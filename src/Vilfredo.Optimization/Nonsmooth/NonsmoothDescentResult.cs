namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>What a descent ended with.</summary>
/// <param name="Point">The last point.</param>
/// <param name="Values">The objectives there.</param>
/// <param name="Norm">The norm of the last direction: near a critical point at most the last level's.</param>
/// <param name="Critical">Whether every level was reached.</param>
/// <param name="Steps">The steps taken.</param>
/// <param name="Evaluations">The values computed, all objectives together.</param>
/// <param name="Subgradients">The subgradients computed, all objectives together.</param>
public sealed record NonsmoothDescentResult(
    IReadOnlyList<double> Point,
    IReadOnlyList<double> Values,
    double Norm,
    bool Critical,
    int Steps,
    long Evaluations,
    long Subgradients);
