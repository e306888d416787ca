using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Scores answers to one question against each other.</summary>
public interface IJudge
{
    /// <summary>Asks for what it needs to see of the attempts.</summary>
    /// <param name="options">The options of an attempt, to be changed.</param>
    void Ask(ChatOptions options)
    {
    }

    /// <summary>The calls that it makes for so many answers; at least 2.</summary>
    CallPlan PlanFor(int answers);

    /// <summary>Scores answers.</summary>
    /// <param name="run">The run; its calls are made there.</param>
    /// <param name="candidates">The answers, at least 2.</param>
    /// <param name="cancellation">Ends the calls.</param>
    /// <returns>The score of each, higher for better; null where there is no valid judgement.</returns>
    Task<IReadOnlyList<double?>> ScoreAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, CancellationToken cancellation);
}
