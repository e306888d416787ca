namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>Where more answers would tell most about the frontier.</summary>
/// <param name="Point">The point.</param>
/// <param name="DominatedProbability">The probability that it is dominated: near one half, its place is open.</param>
/// <param name="Advice">What to do, in words.</param>
/// <param name="Worth">The expected fall of the uncertainty per unit of cost, relative to the best point, in (0, 1].</param>
public sealed record NextSpending(string Point, double DominatedProbability, string Advice, double Worth);
