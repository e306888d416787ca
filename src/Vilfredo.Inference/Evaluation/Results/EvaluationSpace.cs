using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Studies;

namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>The points of an evaluation as a study's space of knobs: the model, the strategy, and the strategies' knobs that are not always the same, each where its strategy is chosen.</summary>
internal sealed class EvaluationSpace
{
    private const string Strategy = "strategy";
    private const string Model = "model";

    private readonly EvaluationDefinition _definition;
    private readonly bool _sharesModels;

    public EvaluationSpace(EvaluationDefinition definition)
    {
        _definition = definition;
        _sharesModels = definition.Strategies.All(strategy => strategy.Models.SequenceEqual(definition.Strategies[0].Models));
        var labels = definition.Strategies.Select(strategy => strategy.Label).Distinct().ToList();
        var knobs = new List<Knob> { new CategoricalKnob(Strategy, labels) };
        if (_sharesModels)
            knobs.Add(new CategoricalKnob(Model, definition.Strategies[0].Models));
        // Entries of one label, which only a list of points may have, share their knobs.
        foreach (var label in labels)
        {
            var entries = definition.Strategies.Where(strategy => strategy.Label == label).ToList();
            var when = KnobExpression.Parse($"{Strategy} == '{label}'");
            if (!_sharesModels)
                knobs.Add(new CategoricalKnob($"{label}.{Model}", entries.SelectMany(entry => entry.Models).Distinct()) { When = when });
            foreach (var name in entries.SelectMany(entry => entry.Knobs.Select(knob => knob.Name)).Distinct())
                knobs.Add(KnobOf($"{label}.{name}", [.. entries.SelectMany(entry => entry.Knobs).Where(knob => knob.Name == name)], entries.All(entry => entry.Knobs.Any(knob => knob.Name == name)), when));
        }

        Space = new(knobs);
    }

    /// <summary>The space.</summary>
    public SearchSpace Space { get; }

    /// <summary>The point of a configuration.</summary>
    public EvaluatedPoint PointOf(Configuration configuration)
    {
        var label = configuration[Strategy].Text;
        var entry = _definition.Strategies.First(strategy => strategy.Label == label);
        var model = configuration[_sharesModels ? Model : $"{label}.{Model}"].Text;
        return entry.Point(model, entry.Knobs.ToDictionary(knob => knob.Name, knob => configuration[$"{label}.{knob.Name}"].ToString(), StringComparer.Ordinal));
    }

    /// <summary>The configuration of a point.</summary>
    /// <param name="point">The point.</param>
    public Configuration ConfigurationOf(EvaluatedPoint point)
    {
        var entry = _definition.Strategies.First(strategy => strategy.Expand().Any(one => one.Name == point.Name) || (_definition.Search is not null && point.Name.StartsWith($"{point.Model}:{strategy.Label}", StringComparison.Ordinal)));
        var values = new List<KeyValuePair<string, KnobValue>>
        {
            new(Strategy, KnobValue.Choice(entry.Label)),
            new(_sharesModels ? Model : $"{entry.Label}.{Model}", KnobValue.Choice(point.Model)),
        };
        foreach (var knob in Space.Knobs.Where(knob => knob.Name.StartsWith(entry.Label + ".", StringComparison.Ordinal) && knob.Name != $"{entry.Label}.{Model}"))
        {
            var text = point.Knobs.GetValueOrDefault(knob.Name[(entry.Label.Length + 1)..], "-");
            values.Add(new(knob.Name, knob.Type switch
            {
                KnobType.Integer => KnobValue.Integer(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
                KnobType.Float => KnobValue.Float(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
                _ => KnobValue.Choice(text),
            }));
        }

        return new(values);
    }

    private static Knob KnobOf(string name, IReadOnlyList<SearchedKnob> uses, bool isAlwaysSet, KnobExpression when)
    {
        if (uses is [{ Low: { } low, High: { } high } range] && high > low && isAlwaysSet)
        {
            return range.IsInteger
                ? new IntegerKnob(name, (long)low, (long)high, range.IsLogarithmic) { When = when }
                : new FloatKnob(name, low, high, range.IsLogarithmic) { When = when };
        }

        var choices = uses.SelectMany(use => use.Values).Distinct();
        return new CategoricalKnob(name, isAlwaysSet ? choices : choices.Append("-")) { When = when };
    }
}
