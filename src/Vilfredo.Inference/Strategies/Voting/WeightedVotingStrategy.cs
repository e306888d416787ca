using System.Globalization;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Features;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>A vote in which responses count by what can be seen of them: length, markers, a fitted model, or the model's own confidence.</summary>
/// <param name="weights">How much each counts.</param>
/// <param name="attempts">The number of attempts, at least 1.</param>
/// <param name="temperature">Where the caller sets none.</param>
/// <param name="rules">Everything else about the vote; null means the defaults.</param>
public sealed class WeightedVotingStrategy(IVoteWeights weights, int attempts = 8, double temperature = 0.7, VoteRules? rules = null)
    : VotingStrategy(attempts, temperature, (rules ?? new()) with { Weights = weights })
{
    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "weighted_voting", "the heaviest answer of n attempts, which count by length, markers, a fitted model or confidence",
        [
            CommonKnobs.Attempts("8"),
            new("weights", KnobKind.Choice, "what attempts count by: features are length and markers together", "features") { Choices = ["equal", "features", "fitted", "confidence"] },
            Weight("beta", "how much shorter attempts count more; 0 ignores lengths", "1"),
            Weight("hedging", "how much hedging words per 1000 tokens lower the weight", "0"),
            Weight("thinking", "how much words of self-interruption per 1000 tokens lower the weight", "0"),
            Weight("discourse", "how much ordering words per 1000 tokens lower the weight; negative raises it", "0"),
            new("theta", KnobKind.Text, "of weights: fitted, five numbers: constant, output tokens, hedging, thinking, discourse", null),
            new("confidence_temperature", KnobKind.Number, "of weights: confidence, small values trust the most confident attempt", "0.1") { Minimum = 0.001, Maximum = 100 },
            CommonKnobs.Temperature("0.7"), CommonKnobs.Answer, VotingKnobs.TieBreak,
        ],
        values => new WeightedVotingStrategy(WeightsOf(values), values.Integer("n"), values.Number("temperature")!.Value, VotingKnobs.Rules(values)))
    { Source = "after Wang et al., arXiv 2504.14047; confidence after Taubenfeld et al., arXiv 2502.06233" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    private static Knob Weight(string name, string summary, string value) => new(name, KnobKind.Number, summary, value);

    private static IVoteWeights WeightsOf(KnobValues values) => values.Text("weights") switch
    {
        "equal" => new EqualWeights(),
        "confidence" => new ConfidenceWeights(values.Number("confidence_temperature")!.Value),
        "fitted" => new FittedWeights(Model(values.Text("theta"))),
        _ => new FeatureWeights(values.Number("beta")!.Value, MarkerFamily.English.ToDictionary(family => family.Name, family => values.Number(family.Name)!.Value)),
    };

    private static LogisticModel Model(string? theta)
    {
        var parts = (theta ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN).ToList();
        if (numbers.Count != 2 + MarkerFamily.English.Count || numbers.Exists(double.IsNaN))
            throw new FormatException($"'theta' is '{theta}'; with 'weights: fitted' it must be {2 + MarkerFamily.English.Count} numbers: constant, output tokens, {string.Join(", ", MarkerFamily.English.Select(family => family.Name))}.");
        return new(numbers[0], numbers[1..]);
    }
}
