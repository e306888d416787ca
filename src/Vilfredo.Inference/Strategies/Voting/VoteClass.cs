using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>The responses that give one answer.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Weight">The sum of their weights, which are 1 on average over all voters.</param>
/// <param name="Members">They, in their order.</param>
public sealed record VoteClass(string Answer, double Weight, IReadOnlyList<Candidate> Members);
