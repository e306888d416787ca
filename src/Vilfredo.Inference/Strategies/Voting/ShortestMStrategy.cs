using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Begins n attempts, stops when the first m have finished, and votes over those: short responses finish first, and the rest is not paid to its end (short-m@k, Hassid et al., arXiv 2505.17813).</summary>
/// <remarks>
/// Attempts that are cancelled are in the account with the tokens that they had written; their responses are read as streams for that.
/// An attempt that failed or was cut off does not count as finished. At most <see cref="StrategySettings.MaximumConcurrency"/> attempts run at a time, so with a larger n the last begin when the first end.
/// </remarks>
public sealed class ShortestMStrategy : InferenceStrategy
{
    private readonly int _attempts;
    private readonly int _finishers;
    private readonly double _temperature;
    private readonly VoteRules _rules;

    /// <summary>A race.</summary>
    /// <param name="attempts">n, at least 1.</param>
    /// <param name="finishers">m, from 1 to n.</param>
    /// <param name="temperature">Where the caller sets none.</param>
    /// <param name="rules">How the vote is taken; null means the defaults.</param>
    public ShortestMStrategy(int attempts = 8, int finishers = 3, double temperature = 0.7, VoteRules? rules = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        if (finishers < 1 || finishers > attempts)
            throw new ArgumentOutOfRangeException(nameof(finishers), finishers, $"The first m of {attempts} attempts are waited for; m is from 1 to {attempts}.");
        (_attempts, _finishers, _temperature, _rules) = (attempts, finishers, temperature, rules ?? new());
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "shortest_m", "n attempts begin, the first m that finish vote, the rest is cancelled",
        [CommonKnobs.Attempts("8"), new("m", KnobKind.Integer, "how many must finish", "3") { Minimum = 1, Maximum = 1024 }, CommonKnobs.Temperature("0.7"), CommonKnobs.Answer, VotingKnobs.TieBreak],
        values => new ShortestMStrategy(values.Integer("n"), values.Integer("m"), values.Number("temperature")!.Value, VotingKnobs.Rules(values)))
    { Source = "Hassid et al., arXiv 2505.17813" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => new(_finishers, _attempts + (_rules.TieBreak == VoteTieBreak.Judge ? 1 : 0), _rules.TieBreak == VoteTieBreak.Judge ? 2 : 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        VotingStrategy.WarnOfNoDiversity(run, _attempts, _temperature);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = Enumerable.Range(0, _attempts).Select(sibling => AttemptAsync(run, sibling, rest.Token, cancellation)).ToList();
        var ended = new List<Candidate>();
        try
        {
            await foreach (var attempt in Task.WhenEach(running).ConfigureAwait(false))
            {
                if (await attempt.ConfigureAwait(false) is not { } candidate)
                    continue;
                ended.Add(candidate);
                if (ended.Count(one => !one.IsTruncated) == _finishers)
                    await rest.CancelAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            // The first attempt that is cancelled from outside leaves the loop; none may outlive it.
            await rest.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (ended.Count == 0)
            throw run.Failed($"None of {_attempts} attempts succeeded.");
        // An attempt may end between the m-th and the cancellation.
        var finished = ended.Where(one => !one.IsTruncated).Take(_finishers).ToList();
        var voters = finished.Count > 0 ? finished : ended;
        var vote = await Vote.TakeAsync(run, [.. voters.OrderBy(candidate => candidate.Call.Sibling)], _rules, cancellation).ConfigureAwait(false);
        return StrategyOutcome.Of(vote.Winner, ended, vote.Share, finished.Count == _finishers && ended.Count < _attempts) with { Grades = vote.GradesOf(ended) };
    }

    private async Task<Candidate?> AttemptAsync(StrategyRun run, int sibling, CancellationToken race, CancellationToken cancellation)
    {
        try
        {
            return await run.TryCallAsync(new() { Role = CallRole.Sample, Sibling = sibling, Temperature = _temperature, CountsPartial = _finishers < _attempts, Configure = _rules.Weights.Ask }, race).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
