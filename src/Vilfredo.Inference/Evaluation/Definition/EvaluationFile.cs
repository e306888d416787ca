using System.Globalization;
using Vilfredo.Inference.Budgets;
using Vilfredo.Studies;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>Reads evaluation files; docs/evaluation.md lists their keys.</summary>
public sealed class EvaluationFile
{
    private readonly string _source;
    private readonly string _folder;
    private readonly YamlMistakes _mistakes;

    private EvaluationFile(string source)
    {
        _source = source;
        _folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
        _mistakes = new(source);
    }

    /// <summary>Reads a file, with the problems that it names. Files and folders in it are taken relative to it.</summary>
    /// <exception cref="YamlFileException">It cannot be read or does not make sense; every mistake is listed with its line.</exception>
    public static EvaluationDefinition Load(string path) => new EvaluationFile(path).Read(YamlFile.Parse(YamlFile.ReadText(path), path, "an evaluation file"));

    private EvaluationDefinition Read(YamlNode root)
    {
        if (YamlMapping.Of(root, "the evaluation file", _mistakes) is not { } file)
        {
            _mistakes.ThrowIfAny();
            throw new YamlFileException($"{_source}:1: the file is empty.");
        }

        var values = new FileValues(_mistakes);
        var name = file.Text("name") ?? Path.GetFileNameWithoutExtension(_source);
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal))
            _mistakes.Add(file.Find("name") ?? file.Node, $"a name is not empty and has no '/'; this one is '{name}'.");
        var currency = file.Text("currency") ?? "USD";
        var models = new ModelsSection(_folder, _mistakes, values).Read(file);
        var budget = values.Budget(file, "budget", currency);
        var strategies = new StrategiesSection(_folder, _mistakes, values, [.. models.Select(model => model.Definition.Name)], budget, currency).Read(file);
        var seed = file.Integer("seed") ?? 1;
        var problems = new TasksSection(_folder, _mistakes, values).Read(file);
        var definition = new EvaluationDefinition
        {
            Name = name,
            Currency = currency,
            Models = models,
            Strategies = strategies,
            Problems = problems,
            Repeats = values.Whole(file, "repeats", 1) ?? 1,
            Seed = seed,
            Concurrency = values.Whole(file, "concurrency", 1) ?? 8,
            Total = values.Budget(file, "total", currency) ?? Budget.Unlimited,
            MaximumOutputTokens = values.Whole(file, "max_output_tokens", 1) ?? 1024,
            Quality = ReadQuality(file),
            Cost = values.OneOf<CostMeasure>(file, "cost"),
            Baseline = file.Text("baseline"),
            SharesCalls = file.Flag("cache"),
            Racing = ReadRacing(file, values),
            Search = ReadSearch(file, values),
            Level = values.Between(file, "level", 0, 1) ?? 0.95,
        };
        file.RefuseOthers();
        _mistakes.ThrowIfAny();
        CheckWhole(file, definition);
        _mistakes.ThrowIfAny();
        return definition;
    }

    private QualityMeasure ReadQuality(YamlMapping file)
    {
        var text = file.Text("quality");
        switch (text)
        {
            case null or "accuracy":
                return default;
            case "cost_of_pass":
                return new(QualityKind.CostOfPass);
            default:
                if (text.StartsWith("pass@", StringComparison.Ordinal) && int.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var k) && k >= 1)
                    return new(QualityKind.PassAtK, k);
                _mistakes.Add(file.Find("quality")!, $"'quality' is '{text}'; it must be accuracy, pass@K (such as pass@4) or cost_of_pass.");
                return default;
        }
    }

    private RacingSettings? ReadRacing(YamlMapping file, FileValues values)
    {
        if (file.Find("racing") is not { } node)
            return null;
        if (node is YamlScalarNode)
            return file.Flag("racing") ? new() : null;
        if (YamlMapping.Of(node, "'racing'", _mistakes) is not { } racing)
            return null;
        var settings = new RacingSettings();
        settings = settings with
        {
            Round = values.Whole(racing, "round", 1) ?? settings.Round,
            Minimum = values.Whole(racing, "minimum", 2) ?? settings.Minimum,
            Level = values.Between(racing, "level", 0, 1) ?? settings.Level,
            Margin = racing.Number("margin") ?? settings.Margin,
        };
        if (settings.Margin is not (>= 0 and < 1))
            _mistakes.Add(racing.Find("margin")!, $"'margin' is {settings.Margin.ToString(CultureInfo.InvariantCulture)}; it must be at least 0 and below 1.");
        racing.RefuseOthers();
        return settings;
    }

    private SearchSettings? ReadSearch(YamlMapping file, FileValues values)
    {
        if (file.Find("search") is not { } node || YamlMapping.Of(node, "'search'", _mistakes) is not { } search)
            return null;
        var sampler = search.Text("sampler") ?? "nsga2";
        if (!Samplers.Names.Contains(sampler))
            _mistakes.Add(search.Find("sampler") ?? node, $"there is no sampler '{sampler}'; there are: {string.Join(", ", Samplers.Names)}.");
        if (search.Require("trials", "30") is null)
            return null;
        var trials = values.Whole(search, "trials", 1) ?? 1;
        var options = new Dictionary<string, double>(StringComparer.Ordinal);
        if (search.Find("options") is { } more && YamlMapping.Of(more, "'options'", _mistakes) is { } mapping)
        {
            foreach (var (key, _, value) in mapping.Entries)
                options[key] = mapping.NumberOf(value, $"the option '{key}'") ?? 0;
        }

        search.RefuseOthers();
        return new(new(sampler) { Options = options }, trials);
    }

    // What can only be said when everything has been read.
    private void CheckWhole(YamlMapping file, EvaluationDefinition definition)
    {
        var unpriced = definition.Models.Where(model => model.Definition.Price is null).Select(model => model.Definition.Name).ToList();
        var needsMoney = definition.Total.Money is not null || definition.Strategies.Any(strategy => strategy.Budget.Money is not null)
            || definition.Cost == CostMeasure.Money || definition.Quality.Kind == QualityKind.CostOfPass;
        if (needsMoney && unpriced.Count > 0)
            _mistakes.Add(file.Find("models")!, $"budgets in money, 'cost: money' and 'quality: cost_of_pass' need the price of every model; {string.Join(", ", unpriced)} has none. Add price: {{ input: 0.1, output: 0.4 }} (per million tokens; 0 if it is free).");
        if (definition.Cost == CostMeasure.Energy && definition.Models.Any(model => model.Watts is null))
            _mistakes.Add(file.Find("cost")!, "'cost: energy' needs the power of every model's machine; add watts: 45 to each model.");
        if (definition.Cost == CostMeasure.Energy && (definition.Racing is not null || definition.Search is not null))
            _mistakes.Add(file.Find("cost")!, "energy is shared out when all calls are known, and 'racing' and 'search' must know costs before; take another cost (energy is measured all the same), or take them out.");
        if (definition.Cost == CostMeasure.IdealizedRuntime && definition.Models.Any(model => model.Profile is null))
            _mistakes.Add(file.Find("cost")!, "'cost: idealized_runtime' needs a runtime profile of every model; add runtime_profile to each model.");
        if (definition.Quality.Kind == QualityKind.PassAtK && definition.Quality.K > definition.Repeats)
            _mistakes.Add(file.Find("quality")!, $"'quality: {definition.Quality}' needs at least {definition.Quality.K} repeats, and 'repeats' is {definition.Repeats}.");
        if (definition.Search is not null)
        {
            if (definition.Racing is not null)
                _mistakes.Add(file.Find("racing")!, "a search gives every point all problems; take 'racing' or 'search' out.");
            if (definition.Baseline is not null)
                _mistakes.Add(file.Find("baseline")!, "the points of a search are not known beforehand; take 'baseline' out.");
            if (definition.Strategies.GroupBy(strategy => strategy.Label).FirstOrDefault(group => group.Count() > 1) is { } alike)
                _mistakes.Add(file.Find("strategies")!, $"two strategies are called '{alike.Key}'; give them different names with 'name' to search them.");
            return;
        }

        var points = definition.Points;
        if (points.GroupBy(point => point.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            _mistakes.Add(file.Find("strategies")!, $"two points are called '{twice.Key}'; tell their strategies apart with 'name'.");
        if (definition.Baseline is { } baseline && points.All(point => point.Name != baseline))
            _mistakes.Add(file.Find("baseline")!, $"there is no point '{baseline}'; there are: {string.Join(", ", points.Select(point => point.Name))}.");
    }
}
