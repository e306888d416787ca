using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Every response counts the same: a plain vote.</summary>
public sealed class EqualWeights : IVoteWeights
{
    /// <inheritdoc/>
    public IReadOnlyList<double> LogWeights(IReadOnlyList<Candidate> voters)
    {
        ArgumentNullException.ThrowIfNull(voters);
        return new double[voters.Count];
    }
}
