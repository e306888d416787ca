using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Sampling;

/// <summary>Independent attempts, of which the most frequent answer wins: self-consistency (Wang et al., arXiv 2203.11171).</summary>
/// <remarks>Attempts that were cut off or have no answer abstain. Of answers that are equally frequent the one that came first wins, and the text is that of its first attempt. The confidence is the winner's share of all attempts that did not fail.</remarks>
public sealed class MajorityVotingStrategy : InferenceStrategy
{
    private readonly int _attempts;
    private readonly double _temperature;
    private readonly IAnswerExtractor _answers;

    /// <summary>A vote.</summary>
    /// <param name="attempts">The number of attempts, at least 1.</param>
    /// <param name="temperature">Where the caller sets none.</param>
    /// <param name="answers">Finds the answers; null means <c>auto</c>.</param>
    public MajorityVotingStrategy(int attempts = 8, double temperature = 0.7, IAnswerExtractor? answers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        (_attempts, _temperature, _answers) = (attempts, temperature, answers ?? AnswerExtractors.Named("auto"));
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "majority_voting", "the most frequent answer of n attempts", [CommonKnobs.Attempts("8"), CommonKnobs.Temperature("0.7"), CommonKnobs.Answer],
        values => new MajorityVotingStrategy(values.Integer("n"), values.Number("temperature")!.Value, AnswerExtractors.Named(values.Text("answer")!)))
    {
        Aliases = ["self_consistency_voting"],
        Source = "Wang et al., arXiv 2203.11171",
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => CallPlan.Fixed(_attempts, 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_attempts > 1 && (run.Options?.Temperature ?? _temperature) == 0)
            run.Warn("The temperature is 0, so all attempts of the vote are likely the same; set one above 0.");
        var candidates = await run.SampleAsync(_attempts, new() { Role = CallRole.Sample, Temperature = _temperature }, cancellation).ConfigureAwait(false);
        var votes = candidates
            .Select(candidate => (Candidate: candidate, Answer: candidate.IsTruncated ? null : _answers.Extract(candidate.Text)))
            .Where(vote => vote.Answer is not null)
            .GroupBy(vote => vote.Answer, StringComparer.Ordinal)
            .MaxBy(group => group.Count());
        return votes is null
            ? StrategyOutcome.Of(candidates[0], candidates, 0)
            : StrategyOutcome.Of(votes.First().Candidate, candidates, (double)votes.Count() / candidates.Count);
    }
}
