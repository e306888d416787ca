using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>Says how good a cheap answer seems, so that a cascade can keep it or ask the next tier.</summary>
public interface IResponseAcceptor
{
    /// <summary>The score from which on answers are accepted where the cascade says nothing else.</summary>
    double DefaultThreshold { get; }

    /// <summary>Asks for what it needs to see of an answer.</summary>
    /// <param name="options">The options of the tier's calls, to be changed.</param>
    void Ask(ChatOptions options)
    {
    }

    /// <summary>The calls that it makes beside the answer's.</summary>
    /// <param name="tier">The calls of an answer of the tier.</param>
    CallPlan PlanFor(CallPlan tier);

    /// <summary>Scores an answer.</summary>
    /// <param name="attempt">The answer, and the way to ask for more.</param>
    /// <param name="cancellation">Ends its calls.</param>
    /// <returns>The score, and the answer that it is of, which may be another than the attempt's; null when it cannot tell.</returns>
    Task<AcceptorScore?> ScoreAsync(CascadeAttempt attempt, CancellationToken cancellation);
}
