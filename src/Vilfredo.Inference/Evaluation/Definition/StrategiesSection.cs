using System.Globalization;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Catalog;
using Vilfredo.IO;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>Reads the strategies of an evaluation file, with lists and ranges of their knobs.</summary>
internal sealed class StrategiesSection(string folder, YamlMistakes mistakes, FileValues values, IReadOnlyList<string> models, Budget? budget, string currency)
{
    private const int MostPoints = 10_000;

    public IReadOnlyList<EvaluatedStrategy> Read(YamlMapping file)
    {
        if (file.Require("strategies", "[single, { strategy: majority_voting, n: [4, 8] }]") is null)
            return [];
        var strategies = new List<EvaluatedStrategy>();
        foreach (var node in file.Items("strategies"))
        {
            if (One(node) is not { } strategy)
                continue;
            var points = strategy.Knobs.Aggregate((long)strategy.Models.Count, (product, knob) => product * knob.Values.Count);
            if (points > MostPoints)
                mistakes.Add(node, $"these are {points} points; at most {MostPoints} are tried. Shorten the lists, or search with a sampler.");
            else
                Check(strategy, node);
            strategies.Add(strategy);
        }

        return strategies;
    }

    private EvaluatedStrategy? One(YamlNode node)
    {
        if (node is YamlScalarNode scalar)
            return Named(scalar.Value ?? "", node) is { } alone ? new() { Definition = alone, Models = models, Budget = budget ?? Budget.Unlimited } : null;
        if (YamlMapping.Of(node, "a strategy", mistakes) is not { } mapping || mapping.Require("strategy", "majority_voting") is not { } word)
            return null;
        if (mapping.Text("strategy") is not { } name || Named(name, word) is not { } definition)
            return null;
        foreach (var reserved in (string[])["name", "models", "budget"])
            mapping.Find(reserved);
        var knobs = new List<SearchedKnob>();
        foreach (var knob in definition.Knobs)
        {
            if (mapping.Find(knob.Name) is { } value && ReadKnob(definition, knob, value) is { } read)
                knobs.Add(read);
        }

        var chosen = mapping.Items("models").Select(item => (Node: item, Name: mapping.TextOf(item, "a model's name") ?? "")).ToList();
        foreach (var (item, model) in chosen.Where(one => !models.Contains(one.Name)))
            mistakes.Add(item, $"there is no model '{model}'; there are: {string.Join(", ", models)}.");
        var label = mapping.Text("name");
        if (label is "" || label?.AsSpan().IndexOfAny("/:'\"") >= 0)
            mistakes.Add(mapping.Find("name")!, "a strategy's name is not empty, and has no '/', ':' and quotes.");
        var strategy = new EvaluatedStrategy
        {
            Name = label,
            Definition = definition,
            Models = chosen.Count > 0 ? [.. chosen.Select(one => one.Name)] : models,
            Knobs = knobs,
            Budget = values.Budget(mapping, "budget", currency) ?? budget ?? Budget.Unlimited,
        };
        mapping.RefuseOthers();
        return strategy;
    }

    private StrategyDefinition? Named(string name, YamlNode node)
    {
        if (StrategyCatalog.Find(name) is { } definition)
            return definition;
        var names = StrategyCatalog.All.Select(strategy => strategy.Name).ToList();
        mistakes.Add(node, $"there is no strategy '{name}'; {(NearestName.Find(name, names) is { } near ? $"did you mean '{near}'?" : $"there are: {string.Join(", ", names)}.")}");
        return null;
    }

    private SearchedKnob? ReadKnob(StrategyDefinition definition, Knob knob, YamlNode node)
    {
        if (node is YamlMappingNode)
            return ReadRange(knob, node);
        YamlNode[] items = node is YamlSequenceNode list ? [.. list.Children] : [node];
        if (items.Length == 0)
            mistakes.Add(node, $"the list of '{knob.Name}' is empty; give at least one value.");
        var texts = new List<string>();
        foreach (var item in items)
        {
            // A list in a list is one value of a knob that takes lists.
            var text = item is YamlSequenceNode inner ? string.Join(knob.Kind == KnobKind.Models ? ',' : '-', inner.Children.Select(child => (child as YamlScalarNode)?.Value)) : (item as YamlScalarNode)?.Value;
            try
            {
                _ = new KnobValues(definition, new Dictionary<string, string> { [knob.Name] = text ?? "" });
                if (knob.Kind == KnobKind.File)
                {
                    text = Path.GetFullPath(text!, folder);
                    knob.CheckFile?.Invoke(text);
                }

                texts.Add(text!);
            }
            catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
            {
                mistakes.Add(item, error.Message);
            }
        }

        return texts.Count == 0 ? null : new(knob.Name) { Values = [.. texts.Distinct()], IsInteger = knob.Kind == KnobKind.Integer };
    }

    private SearchedKnob? ReadRange(Knob knob, YamlNode node)
    {
        if (YamlMapping.Of(node, $"the range of '{knob.Name}'", mistakes) is not { } range)
            return null;
        if (knob.Kind is not (KnobKind.Integer or KnobKind.Number))
        {
            mistakes.Add(node, $"'{knob.Name}' is no number and has no range; give a value or a list of them.");
            return null;
        }

        range.Require("from", "1");
        range.Require("to", "16");
        var (low, high, step, factor) = (range.Number("from"), range.Number("to"), range.Number("step"), range.Number("times"));
        range.RefuseOthers();
        if (low is not { } from || high is not { } to)
            return null;
        try
        {
            if (step is not null && factor is not null)
                throw new ArgumentException("A range has a 'step' that is added or 'times' that is multiplied with, not both.");
            if (from < knob.Minimum || to > knob.Maximum)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{knob.Name}' goes from {knob.Minimum} to {knob.Maximum}."));
            var isInteger = knob.Kind == KnobKind.Integer;
            if (isInteger && (from % 1 != 0 || to % 1 != 0))
                throw new ArgumentException($"'{knob.Name}' takes whole numbers.");
            var by = factor ?? step ?? (isInteger ? 1 : (to - from) / 4);
            return new(knob.Name)
            {
                Values = from == to ? [from.ToString(CultureInfo.InvariantCulture)] : EvaluatedStrategy.Grid(from, to, by, factor is not null, isInteger),
                Low = from,
                High = to,
                IsLogarithmic = factor is not null,
                IsInteger = isInteger,
            };
        }
        catch (ArgumentException error)
        {
            mistakes.Add(node, $"the range of '{knob.Name}' does not make sense: {ArgumentMessages.FirstSentence(error)}.");
            return null;
        }
    }

    // Built once without being called: what a strategy says of its values is said before anything is paid.
    private void Check(EvaluatedStrategy strategy, YamlNode node)
    {
        var files = new KnobFiles();
        foreach (var point in strategy.Expand())
        {
            try
            {
                _ = point.Build(name => models.Contains(name) ? new UncalledChatClient() : throw new FormatException($"There is no model '{name}'; there are {string.Join(", ", models)}."), files);
            }
            catch (FormatException error)
            {
                mistakes.Add(node, error.Message);
                return;
            }
        }
    }
}
