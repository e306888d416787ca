using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Independent attempts, of which the model picks the best when it is shown several at once: generative selection (Toshniwal et al., arXiv 2507.17797). More attempts than one prompt shows meet in rounds.</summary>
/// <remarks>A group whose reply is not valid passes its first attempt on. Attempts are shown in an order drawn with the seed.</remarks>
public sealed class GenerativeSelectionStrategy : InferenceStrategy
{
    private readonly int _attempts;
    private readonly int _group;
    private readonly double _temperature;
    private readonly JudgeSettings _judge;

    /// <summary>A selection.</summary>
    /// <param name="attempts">The number of attempts, at least 1.</param>
    /// <param name="group">The most attempts that one prompt shows, at least 2.</param>
    /// <param name="temperature">Where the caller sets none.</param>
    /// <param name="judge">Null means the defaults, with a temperature of 0.3.</param>
    public GenerativeSelectionStrategy(int attempts = 4, int group = 8, double temperature = 0.7, JudgeSettings? judge = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(group, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        (_attempts, _group, _temperature, _judge) = (attempts, group, temperature, judge ?? new() { Temperature = 0.3 });
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "genselect", "the one of n attempts that the model picks when it sees them together",
        [
            CommonKnobs.Attempts("4"), new("group", KnobKind.Integer, "most attempts shown at once; 2 makes it a tournament", "8") { Minimum = 2, Maximum = 1024 },
            .. JudgeKnobs.All.Select(knob => knob.Name == "judge_temperature" ? knob with { Default = "0.3" } : knob), CommonKnobs.Temperature("0.7"),
        ],
        values => new GenerativeSelectionStrategy(values.Integer("n"), values.Integer("group"), values.Number("temperature")!.Value, JudgeKnobs.Settings(values)))
    { Aliases = ["generative_selection"], Source = "Toshniwal et al., arXiv 2507.17797" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var (calls, rounds) = (0, 0);
            for (var left = _attempts; left > 1; left = (left + _group - 1) / _group)
            {
                calls += left / _group + (left % _group > 1 ? 1 : 0);
                rounds++;
            }

            return new(_attempts + calls, _attempts + calls * JudgeCall.Attempts, 1 + rounds * JudgeCall.Attempts);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        VotingStrategy.WarnOfNoDiversity(run, _attempts, _temperature);
        var candidates = await run.SampleAsync(_attempts, new() { Role = CallRole.Sample, Temperature = _temperature }, cancellation).ConfigureAwait(false);
        var standing = candidates.Where(candidate => !candidate.IsEmpty).DefaultIfEmpty(candidates[0]).ToList();
        for (var round = 0; standing.Count > 1; round++)
        {
            var winners = await Task.WhenAll(standing.Chunk(_group).Select(async (group, place) =>
                group[await ListwiseJudge.PickAsync(run, group, _judge, new() { Role = CallRole.Select, Round = round, Sibling = place }, cancellation).ConfigureAwait(false) ?? 0])).ConfigureAwait(false);
            standing = [.. winners];
        }

        return StrategyOutcome.Of(standing[0], candidates);
    }
}
