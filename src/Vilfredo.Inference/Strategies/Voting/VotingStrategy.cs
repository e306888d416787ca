using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Independent attempts and a vote over them. What follows from it differs in the rules alone.</summary>
public abstract class VotingStrategy : InferenceStrategy
{
    private readonly int _attempts;
    private readonly double _temperature;

    /// <summary>A vote.</summary>
    /// <param name="attempts">The number of attempts, at least 1.</param>
    /// <param name="temperature">Where the caller sets none.</param>
    /// <param name="rules">How the vote is taken.</param>
    protected VotingStrategy(int attempts, double temperature, VoteRules rules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        ArgumentNullException.ThrowIfNull(rules);
        (_attempts, _temperature, Rules) = (attempts, temperature, rules);
    }

    /// <summary>How the vote is taken.</summary>
    public VoteRules Rules { get; }

    /// <inheritdoc/>
    public override CallPlan Plan => Rules.TieBreak == VoteTieBreak.Judge && _attempts > 1 ? new(_attempts, _attempts + 1, 2) : CallPlan.Fixed(_attempts, 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        WarnOfNoDiversity(run, _attempts, _temperature);
        var candidates = await run.SampleAsync(_attempts, new() { Role = CallRole.Sample, Temperature = _temperature, Configure = Rules.Weights.Ask }, cancellation).ConfigureAwait(false);
        var vote = await Vote.TakeAsync(run, candidates, Rules, cancellation).ConfigureAwait(false);
        return StrategyOutcome.Of(vote.Winner, candidates, vote.Share) with { Grades = vote.GradesOf(candidates) };
    }

    /// <summary>Warns where attempts are likely to be the same.</summary>
    internal static void WarnOfNoDiversity(StrategyRun run, int attempts, double temperature)
    {
        if (attempts > 1 && (run.Options?.Temperature ?? temperature) == 0)
            run.Warn("The temperature is 0, so all attempts of the vote are likely the same; set one above 0.");
    }
}
