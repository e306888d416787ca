using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Knobs of strategies that have a judge.</summary>
public static class JudgeKnobs
{
    /// <summary>The knobs of <see cref="JudgeSettings"/>.</summary>
    public static IReadOnlyList<Knob> All { get; } =
    [
        new("judge_model", KnobKind.Model, "the model that judges", null),
        new("judge_temperature", KnobKind.Number, "temperature of judgements", "0.1") { Minimum = 0, Maximum = 2 },
        new("judge_tokens", KnobKind.Integer, "most output tokens of a judgement", "512") { Minimum = 1, Maximum = 1_000_000 },
        new("judge_schema", KnobKind.Flag, "whether judgements are held to a JSON schema; false for clients that cannot", "true"),
    ];

    /// <summary>The settings that knobs give.</summary>
    /// <param name="values">The knobs.</param>
    /// <param name="temperature">The temperature of a strategy whose knob for it has no default.</param>
    public static JudgeSettings Settings(KnobValues values, double temperature = 0.1)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new()
        {
            Client = values.Model("judge_model"),
            Temperature = values.Number("judge_temperature") ?? temperature,
            MaximumOutputTokens = values.Integer("judge_tokens"),
            UsesSchema = values.Flag("judge_schema"),
        };
    }
}
