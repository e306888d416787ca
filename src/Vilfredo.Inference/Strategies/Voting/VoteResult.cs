using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>The result of a vote.</summary>
/// <param name="Winner">The first response with the winning answer; the first of all when none has an answer.</param>
/// <param name="Share">The winning answer's share of the weight of all responses that could vote, abstentions counted as 1; 0 when none has an answer.</param>
/// <param name="Classes">The answers, in the order in which they were first given.</param>
public sealed record VoteResult(Candidate Winner, double Share, IReadOnlyList<VoteClass> Classes);
