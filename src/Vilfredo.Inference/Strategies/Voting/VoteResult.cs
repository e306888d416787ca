using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>The result of a vote.</summary>
/// <param name="Winner">The first response with the winning answer; the first of all when none has an answer.</param>
/// <param name="Share">The winning answer's share of the weight of all responses that could vote, abstentions counted as 1; 0 when none has an answer.</param>
/// <param name="Classes">The answers, in the order in which they were first given.</param>
public sealed record VoteResult(Candidate Winner, double Share, IReadOnlyList<VoteClass> Classes)
{
    /// <summary>The share of the vote for each candidate's answer; null where it did not vote.</summary>
    /// <param name="candidates">The candidates that the vote was over.</param>
    public IReadOnlyList<double?> GradesOf(IReadOnlyList<Candidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var shares = new Dictionary<Candidate, double>(ReferenceEqualityComparer.Instance);
        // The winner's share says what weights are shares of.
        var winner = Classes.FirstOrDefault(option => option.Members.Any(member => ReferenceEquals(member, Winner)));
        foreach (var option in winner is { Weight: > 0 } ? Classes : [])
        {
            foreach (var member in option.Members)
                shares[member] = option.Weight * Share / winner!.Weight;
        }

        return [.. candidates.Select(candidate => shares.TryGetValue(candidate, out var share) ? share : (double?)null)];
    }
}
