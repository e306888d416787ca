using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Agents.Selection;

/// <summary>Chooses among attempts, or among next steps of one.</summary>
internal sealed class AttemptChoice(StrategyRun run, AgentConfiguration configuration, ITrajectoryVerifier verifier)
{
    private static readonly IAnswerExtractor Answers = AnswerExtractors.Named("auto");

    /// <summary>The best ones, the best first.</summary>
    /// <param name="attempts">At least one.</param>
    /// <param name="keep">How many, at least 1.</param>
    /// <param name="round">The round of the judge's calls.</param>
    /// <param name="sibling">The place of this choice among others of the round.</param>
    /// <param name="cancellation">Ends the calls.</param>
    public async Task<IReadOnlyList<Trajectory>> BestAsync(IReadOnlyList<Trajectory> attempts, int keep, int round, int sibling, CancellationToken cancellation)
    {
        List<Trajectory> left = [.. attempts];
        var best = new List<Trajectory>();
        for (var i = 0; best.Count < keep && left.Count > 0; i++)
        {
            var chosen = left.Count == 1 ? (left[0], 1) : await OneAsync(left, round, (sibling * 16) + i, cancellation).ConfigureAwait(false);
            left.RemoveAt(left.FindIndex(one => one.Attempt == chosen.Chosen.Attempt));
            best.Add(chosen.Chosen);
        }

        return best;
    }

    /// <summary>The best one, and the share of a vote that it has; null where no vote is taken.</summary>
    public async Task<(Trajectory Chosen, double? Share)> OneAsync(IReadOnlyList<Trajectory> attempts, int round, int sibling, CancellationToken cancellation)
    {
        if (attempts.Count == 1)
            return (attempts[0], null);
        switch (configuration.Merge)
        {
            case TrajectoryMerge.Majority:
                var ballots = attempts.Select(attempt => (Attempt: attempt, Ballot: BallotOf(attempt))).Where(voter => voter.Ballot is not null).ToList();
                if (ballots.Count == 0)
                    return (attempts[0], 0);
                var most = ballots.GroupBy(voter => voter.Ballot, StringComparer.Ordinal).MaxBy(group => group.Count())!;
                return (most.First().Attempt, (double)most.Count() / attempts.Count);
            case TrajectoryMerge.Score:
                return (await ScoredAsync(attempts, round, sibling, cancellation).ConfigureAwait(false), null);
            default:
                var place = new CallRequest { Role = CallRole.Select, Round = round, Sibling = sibling, After = [.. attempts.SelectMany(attempt => attempt.Tail).Distinct()] };
                if (await verifier.PickAsync(run, attempts, place, cancellation).ConfigureAwait(false) is not { } picked)
                {
                    run.Warn("No attempt was validly chosen, so the first is taken.");
                    return (attempts[0], null);
                }

                return (WithTail(attempts[picked.Place], picked.Call), null);
        }
    }

    private static string? BallotOf(Trajectory attempt) => attempt.Answer is { } answer ? Vote.BallotOf(answer, Answers) : AgentLoop.LastDeed(attempt);

    // Solved before not solved, then by the score of the last step; how the published code joins the two is not known (reconstruction).
    private async Task<Trajectory> ScoredAsync(IReadOnlyList<Trajectory> attempts, int round, int sibling, CancellationToken cancellation)
    {
        var scored = await Task.WhenAll(attempts.Select(async attempt =>
        {
            var place = new CallRequest { Role = CallRole.Judge, Round = round * 2, Sibling = (sibling * 1024) + attempt.Attempt, After = attempt.Tail };
            var progress = await verifier.ProgressAsync(run, attempt, place, cancellation).ConfigureAwait(false);
            var outcome = attempt.Answer is null ? null : await verifier.OutcomeAsync(run, attempt, place with { Round = (round * 2) + 1 }, cancellation).ConfigureAwait(false);
            var judged = progress is { } known ? WithTail(attempt, known.Call) : attempt;
            return (Attempt: outcome is { } checkedOut ? WithTail(judged, checkedOut.Call) : judged, IsValid: progress is not null || outcome is not null, Solved: outcome?.Solved == true, Score: progress?.Score ?? 0);
        })).ConfigureAwait(false);
        if (scored.Any(one => one.IsValid))
            return scored.Where(one => one.IsValid).OrderByDescending(one => one.Solved).ThenByDescending(one => one.Score).First().Attempt;
        run.Warn("No attempt has a valid judgement, so the first is taken.");
        return attempts[0];
    }

    private static Trajectory WithTail(Trajectory attempt, Candidate call) => attempt with { Tail = [.. attempt.Tail, call] };
}
