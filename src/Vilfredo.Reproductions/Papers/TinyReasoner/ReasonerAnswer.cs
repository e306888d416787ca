using Vilfredo.Inference.Running;

namespace Vilfredo.Reproductions.Papers;

/// <summary>An answer of a strategy over the small reasoner.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Account">The answer with its calls.</param>
internal sealed record ReasonerAnswer(ResidueProblem Problem, StrategyAnswer Account)
{
    public double Right => ReasonerPool.IsRight(Problem, Account.Outcome.Response.Text) ? 1 : 0;
}
