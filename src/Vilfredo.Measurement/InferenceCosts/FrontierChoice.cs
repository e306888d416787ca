namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>The cheapest way to solve one problem.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Cost">The frontier cost of pass.</param>
/// <param name="Member">
/// Who attains it, the first of several; <see langword="null"/> when it is the human expert or nobody solves the problem.
/// </param>
public sealed record FrontierChoice(string Problem, PassCost Cost, string? Member);
