using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Takes votes over responses.</summary>
/// <remarks>Responses that were cut off or have no answer abstain: they never win, and lower the winner's share.</remarks>
public static class Vote
{
    // Sums of weights in another order differ in their last digits.
    private const double Equal = 1e-12;

    /// <summary>What a response votes for; null when it abstains.</summary>
    public static string? BallotOf(Candidate candidate, IAnswerExtractor answers)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(answers);
        return candidate.IsTruncated ? null : ToolCallAnswers.Of(candidate.Response) ?? answers.Extract(candidate.Text);
    }

    /// <summary>Takes a vote.</summary>
    /// <param name="run">The run that the responses are of; it breaks ties.</param>
    /// <param name="candidates">The responses, at least one.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="cancellation">Ends the call of a judge.</param>
    public static async Task<VoteResult> TakeAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, VoteRules rules, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(rules);
        var voters = candidates.Select(candidate => (Candidate: candidate, Answer: BallotOf(candidate, rules.Answers))).Where(voter => voter.Answer is not null).ToList();
        if (voters.Count == 0)
            return new(candidates[0], 0, []);
        var abstentions = candidates.Count - voters.Count;
        if (rules.KeepShortest < 1)
        {
            // The product of a share and a count may lie a rounding above a whole number.
            var kept = voters.OrderBy(voter => voter.Candidate.Call.Usage.OutputTokens).Take((int)Math.Ceiling(rules.KeepShortest * voters.Count - 1e-9)).ToHashSet();
            voters.RemoveAll(voter => !kept.Contains(voter));
        }

        var weights = WeightsOf(run, [.. voters.Select(voter => voter.Candidate)], rules.Weights);
        var classes = voters.Zip(weights)
            .GroupBy(pair => pair.First.Answer!, StringComparer.Ordinal)
            .Select(group => new VoteClass(group.Key, group.Sum(pair => pair.Second), [.. group.Select(pair => pair.First.Candidate)]))
            .ToList();
        var most = classes.Max(option => option.Weight);
        var tied = classes.Where(option => option.Weight >= most - Equal * voters.Count).ToList();
        var winner = tied.Count == 1 ? tied[0] : await BreakAsync(run, tied, rules, cancellation).ConfigureAwait(false);
        return new(winner.Members[0], winner.Weight / (voters.Count + abstentions), classes);
    }

    // Weights of mean 1.
    private static List<double> WeightsOf(StrategyRun run, IReadOnlyList<Candidate> voters, IVoteWeights weights)
    {
        if (weights.LogWeights(voters) is not { } logs)
        {
            run.Warn("The responses have no log-probabilities, so their votes count the same; ask a client that gives them, or weigh by something else.");
            logs = new double[voters.Count];
        }

        var most = logs.Max();
        var raw = logs.Select(log => log == most ? 1 : Math.Exp(log - most)).ToList();
        var mean = raw.Average();
        return [.. raw.Select(weight => weight / mean)];
    }

    private static async Task<VoteClass> BreakAsync(StrategyRun run, List<VoteClass> tied, VoteRules rules, CancellationToken cancellation)
    {
        switch (rules.TieBreak)
        {
            case VoteTieBreak.Shortest:
                return tied.MinBy(option => option.Members.Min(member => member.Call.Usage.OutputTokens))!;
            case VoteTieBreak.Random:
                return tied[run.RandomFor("vote/tie").NextInt32(tied.Count)];
            case VoteTieBreak.Judge:
                var shown = tied.Select(option => option.Members[0]).ToList();
                var picked = await ListwiseJudge.PickAsync(run, shown, rules.Prompts, new() { Role = CallRole.Judge }, cancellation).ConfigureAwait(false);
                return tied[picked ?? 0];
            default:
                return tied[0];
        }
    }
}
