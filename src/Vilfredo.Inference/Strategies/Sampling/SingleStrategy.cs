using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Sampling;

/// <summary>One call: what every other strategy is compared with.</summary>
/// <param name="temperature">The temperature where the caller sets none; null leaves the model's own.</param>
public sealed class SingleStrategy(double? temperature = null) : InferenceStrategy
{
    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "single", "one call", [new("temperature", KnobKind.Number, "temperature, where the caller sets none", null) { Minimum = 0, Maximum = 2 }],
        values => new SingleStrategy(values.Number("temperature")))
    { Aliases = ["none"] };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <summary>The temperature where the caller sets none; null leaves the model's own.</summary>
    public double? Temperature => temperature;

    /// <summary>The seed that the call is given where the caller gives one: that of the first sample of any strategy.</summary>
    /// <param name="seed">The caller's seed.</param>
    public static long SeedOfCall(long seed) => StrategyRun.SeedOfCall(unchecked((ulong)seed), CallRole.Sample, 0, 0);

    /// <inheritdoc/>
    public override CallPlan Plan => CallPlan.Fixed(1, 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var candidate = run.Require(await run.TryFinalCallAsync(new() { Role = CallRole.Sample, Temperature = temperature }, cancellation).ConfigureAwait(false));
        return StrategyOutcome.Of(candidate, [candidate]);
    }
}
