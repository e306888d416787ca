using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>A vote that asks for attempts only while they may change something: adaptive self-consistency (Aggarwal et al., arXiv 2305.11860), and two other rules.</summary>
public sealed class AdaptiveVotingStrategy : InferenceStrategy
{
    private readonly AdaptiveVotingOptions _options;

    /// <summary>An adaptive vote.</summary>
    /// <param name="options">Null means the defaults.</param>
    public AdaptiveVotingStrategy(AdaptiveVotingOptions? options = null)
    {
        _options = options ?? new();
        if (_options.Rules.Weights is not EqualWeights || _options.Rules.KeepShortest < 1)
            throw new ArgumentException("An adaptive vote stops by counts, so every response counts once; take weighted_voting or length_filtered_voting for anything else.", nameof(options));
        if (_options.Stop == AdaptiveStop.Exact && _options.Rules.TieBreak != VoteTieBreak.Earliest)
            throw new ArgumentException("The exact rule knows the winner of ties beforehand only where the earliest answer wins; take the tie break 'earliest'.", nameof(options));
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "adaptive_voting", "a vote of at most n attempts that stops when more are not worth it",
        [
            CommonKnobs.Attempts("16"), Count("fewest", "attempts with an answer before it may stop", "2"), Count("batch", "attempts side by side between two looks", "2"),
            new("stop", KnobKind.Choice, "when it stops: exact (the leader cannot be caught), posterior (the leader leads probably), value (more attempts cost more than they are expected to bring)", "posterior") { Choices = ["exact", "posterior", "value"] },
            new("confidence", KnobKind.Number, "of stop: posterior, the probability wanted", "0.95") { Minimum = 0.5, Maximum = 0.999999 },
            new("worth", KnobKind.Number, "of stop: value, what the most probable answer is worth, in attempts", "50") { Minimum = 0.001, Maximum = 1e9 },
            CommonKnobs.Temperature("0.7"), CommonKnobs.Answer, VotingKnobs.TieBreak,
        ],
        values => new AdaptiveVotingStrategy(new()
        {
            Attempts = values.Integer("n"),
            Fewest = values.Integer("fewest"),
            Batch = values.Integer("batch"),
            Stop = values.Text("stop") switch { "exact" => AdaptiveStop.Exact, "posterior" => AdaptiveStop.Posterior, _ => AdaptiveStop.Value },
            Confidence = values.Number("confidence")!.Value,
            Worth = values.Number("worth")!.Value,
            Temperature = values.Number("temperature")!.Value,
            Rules = VotingKnobs.Rules(values),
        }))
    { Aliases = ["adaptive_consistency"], Source = "Aggarwal et al., arXiv 2305.11860" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var judge = _options.Rules.TieBreak == VoteTieBreak.Judge ? 1 : 0;
            return new(Math.Min(_options.Attempts, Math.Max(_options.Batch, _options.Fewest)), _options.Attempts + judge, (_options.Attempts + _options.Batch - 1) / _options.Batch + judge);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        VotingStrategy.WarnOfNoDiversity(run, _options.Attempts, _options.Temperature);
        var candidates = new List<Candidate>();
        var asked = 0;
        var stops = false;
        while (asked < _options.Attempts && !stops && !run.IsOutOfBudget)
        {
            var count = Math.Min(_options.Batch, _options.Attempts - asked);
            // Each look waits for all attempts so far.
            var before = candidates.ToList();
            candidates.AddRange(await run.CallAllAsync(
                Enumerable.Range(asked, count).Select(sibling => new CallRequest { Role = CallRole.Sample, Sibling = sibling, Temperature = _options.Temperature, After = before }), cancellation).ConfigureAwait(false));
            asked += count;
            stops = asked < _options.Attempts && Stops(run, candidates, _options.Attempts - asked);
        }

        if (candidates.Count == 0)
            throw run.Failed($"None of {asked} attempts succeeded.");
        var vote = await Vote.TakeAsync(run, candidates, _options.Rules, cancellation).ConfigureAwait(false);
        return StrategyOutcome.Of(vote.Winner, candidates, vote.Share, stops) with { Grades = vote.GradesOf(candidates) };
    }

    private bool Stops(StrategyRun run, List<Candidate> candidates, int left)
    {
        var counts = candidates.Select(candidate => Vote.BallotOf(candidate, _options.Rules.Answers)).OfType<string>().GroupBy(answer => answer, StringComparer.Ordinal).Select(group => group.Count()).ToList();
        if (counts.Sum() < _options.Fewest)
            return false;
        return _options.Stop switch
        {
            AdaptiveStop.Exact => StoppingRules.CannotBeCaught(counts, left),
            AdaptiveStop.Posterior => StoppingRules.LeaderProbability(counts) >= _options.Confidence,
            _ => !IsWorthMore(run, counts, left),
        };
    }

    // One attempt more often changes nothing where several would, so larger steps are looked at too.
    private bool IsWorthMore(StrategyRun run, List<int> counts, int left)
    {
        for (var more = 1; more <= left; more = more < left ? Math.Min(2 * more, left) : left + 1)
        {
            if (StoppingRules.ExpectedGain(counts, more, run.RandomFor($"vote/value/{counts.Sum()}")) * _options.Worth > more)
                return true;
        }

        return false;
    }

    private static Knob Count(string name, string summary, string value) => new(name, KnobKind.Integer, summary, value) { Minimum = 1, Maximum = 1024 };
}
