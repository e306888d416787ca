using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Responses count by the softmax of their scores.</summary>
internal sealed class ScoreWeights(IReadOnlyDictionary<Candidate, double> scores, double temperature) : IVoteWeights
{
    public IReadOnlyList<double> LogWeights(IReadOnlyList<Candidate> voters) => [.. voters.Select(voter => scores[voter] / temperature)];
}
