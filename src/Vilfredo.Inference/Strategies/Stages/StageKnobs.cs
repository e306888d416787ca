using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Strategies.Stages;

/// <summary>Knobs of strategies that have texts written before the answer.</summary>
public static class StageKnobs
{
    /// <summary>The knobs of <see cref="StageSettings"/>, such as <c>plan_model</c>, <c>plan_temperature</c> and <c>plan_tokens</c>.</summary>
    /// <param name="part">The word that they begin with.</param>
    /// <param name="temperature">The default temperature.</param>
    /// <param name="tokens">The default of the most tokens.</param>
    public static IReadOnlyList<Knob> Of(string part, string temperature = "0.7", string tokens = "2048") =>
    [
        new($"{part}_model", KnobKind.Model, $"the model of the part '{part}'", null),
        new($"{part}_temperature", KnobKind.Number, $"temperature of the part '{part}'", temperature) { Minimum = 0, Maximum = 2 },
        new($"{part}_tokens", KnobKind.Integer, $"most output tokens of a text of the part '{part}'", tokens) { Minimum = 1, Maximum = 1_000_000 },
    ];

    /// <summary>The settings that knobs give.</summary>
    public static StageSettings Settings(KnobValues values, string part)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new() { Client = values.Model($"{part}_model"), Temperature = values.Number($"{part}_temperature")!.Value, MaximumOutputTokens = values.Integer($"{part}_tokens") };
    }
}
