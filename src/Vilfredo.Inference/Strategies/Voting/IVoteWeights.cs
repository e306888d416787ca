using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>How much each response counts in a vote.</summary>
public interface IVoteWeights
{
    /// <summary>Asks for what it needs to see of the responses.</summary>
    /// <param name="options">The options of an attempt, to be changed.</param>
    void Ask(ChatOptions options)
    {
    }

    /// <summary>The natural logarithm of each voter's weight, up to a common constant; null where the responses do not show what is needed, and all count the same.</summary>
    /// <param name="voters">The responses that have an answer; at least one.</param>
    IReadOnlyList<double>? LogWeights(IReadOnlyList<Candidate> voters);
}
