using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>The shortest or the longest of independent attempts, in output tokens: baselines of weighted votes.</summary>
/// <remarks>Attempts that were cut off or have nothing in them are taken only when all are like that. Of equally long ones the first is taken.</remarks>
public sealed class LengthChoiceStrategy : InferenceStrategy
{
    private readonly bool _longest;
    private readonly int _attempts;
    private readonly double _temperature;

    /// <summary>A choice by length.</summary>
    /// <param name="longest">Whether the longest is taken.</param>
    /// <param name="attempts">The number of attempts, at least 1.</param>
    /// <param name="temperature">Where the caller sets none.</param>
    public LengthChoiceStrategy(bool longest, int attempts = 8, double temperature = 0.7)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        (_longest, _attempts, _temperature) = (longest, attempts, temperature);
    }

    /// <summary>How files name the choice of the shortest.</summary>
    public static StrategyDefinition Shortest { get; } = Define("shortest", false);

    /// <summary>How files name the choice of the longest.</summary>
    public static StrategyDefinition Longest { get; } = Define("longest", true);

    /// <inheritdoc/>
    public override string Name => (_longest ? Longest : Shortest).Name;

    /// <inheritdoc/>
    public override CallPlan Plan => CallPlan.Fixed(_attempts, 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        VotingStrategy.WarnOfNoDiversity(run, _attempts, _temperature);
        var candidates = await run.SampleAsync(_attempts, new() { Role = CallRole.Sample, Temperature = _temperature }, cancellation).ConfigureAwait(false);
        var whole = candidates.Where(candidate => !candidate.IsTruncated && !candidate.IsEmpty).DefaultIfEmpty(candidates[0]);
        var chosen = _longest ? whole.MaxBy(Length) : whole.MinBy(Length);
        return StrategyOutcome.Of(chosen!, candidates);
    }

    private static long Length(Candidate candidate) => candidate.Call.Usage.OutputTokens;

    private static StrategyDefinition Define(string name, bool longest) => new(
        name, $"the {name} of n attempts", [CommonKnobs.Attempts("8"), CommonKnobs.Temperature("0.7")],
        values => new LengthChoiceStrategy(longest, values.Integer("n"), values.Number("temperature")!.Value))
    { Source = "baseline of Wang et al., arXiv 2504.14047" };
}
