using Vilfredo.IO;
using Vilfredo.Studies.Execution;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Studies;

/// <summary>Turns the YAML of a study file into a definition; the reference of the keys is docs/study-file.md.</summary>
internal sealed class StudyDocumentReader(string source)
{
    private readonly YamlMistakes mistakes = new(source);

    /// <summary>Reads the document.</summary>
    /// <exception cref="YamlFileException">It does not make sense.</exception>
    public StudyDefinition Read(YamlNode root, string? defaultName)
    {
        var file = YamlMapping.Of(root, "the study file", mistakes);
        if (file is null)
        {
            mistakes.ThrowIfAny();
            throw new YamlFileException($"{source}:1: the file is empty.");
        }

        var name = file.Text("name") ?? defaultName ?? "";
        if (string.IsNullOrWhiteSpace(name)) mistakes.Add(root, "the study needs a 'name'.");
        var knobs = ReadKnobs(file);
        var objectives = ReadObjectives(file);
        var metrics = ReadMetrics(file);
        var command = ReadCommand(file, knobs);
        var (inputConstraints, measuredConstraints) = ReadConstraints(file, knobs, objectives, metrics);
        var space = ReadSpace(file, knobs, inputConstraints);
        var definition = new StudyDefinition
        {
            Name = name,
            Space = space,
            Objectives = objectives,
            Metrics = metrics,
            MeasuredConstraints = measuredConstraints,
            Command = command,
            Sampler = ReadSampler(file),
            Pruner = ReadPruner(file),
            Preference = PreferenceDocument.Read(file, mistakes),
            Budget = BudgetDocument.Read(file, mistakes),
            Repeats = ReadRepeats(file),
            TimeLimit = file.Duration("time_limit"),
            Parallelism = (int)Math.Clamp(file.Integer("parallelism") ?? 1, int.MinValue, int.MaxValue),
            Seed = (ulong)(file.Integer("seed") ?? 0),
            Deterministic = file.Flag("deterministic"),
        };
        if (command is not null) RequireSources(file, definition);
        file.RefuseOthers();
        mistakes.ThrowIfAny();
        Check(root, () => Samplers.Create(definition.Validate()));
        mistakes.ThrowIfAny();
        return definition;
    }

    private List<Knob> ReadKnobs(YamlMapping file)
    {
        var knobs = new List<Knob>();
        if (file.Find("knobs") is not { } node || YamlMapping.Of(node, "'knobs'", mistakes) is not { } mapping) return knobs;
        foreach (var (name, keyNode, value) in mapping.Entries)
        {
            if (YamlMapping.Of(value, $"knob '{name}'", mistakes) is { } settings && ReadKnob(name, keyNode, settings) is { } knob) knobs.Add(knob);
        }

        return knobs;
    }

    private Knob? ReadKnob(string name, YamlNode keyNode, YamlMapping settings)
    {
        Knob? knob = null;
        var type = settings.Text("type") ?? (settings.Find("choices") is not null ? "categorical" : settings.Find("items") is not null ? "order" : "float");
        var when = settings.Text("when");
        var standard = settings.Find("default");
        switch (type)
        {
            case "categorical":
                var choices = settings.Items("choices").Select(c => settings.TextOf(c, $"{settings.What}: a choice")).OfType<string>().ToArray();
                if (settings.Require("choices", "[a, b]") is not null) Check(keyNode, () => knob = new CategoricalKnob(name, choices));
                break;
            case "float":
                var (low, high, log, step) = (settings.Number("low"), settings.Number("high"), settings.Flag("log"), settings.Number("step"));
                if (settings.Require("low", "0.0") is not null && settings.Require("high", "1.0") is not null && low is not null && high is not null)
                    Check(keyNode, () => knob = new FloatKnob(name, low.Value, high.Value, log, step));
                break;
            case "integer":
                var (first, last, logarithmic, stride) = (settings.Integer("low"), settings.Integer("high"), settings.Flag("log"), settings.Integer("step"));
                if (settings.Require("low", "1") is not null && settings.Require("high", "9") is not null && first is not null && last is not null)
                    Check(keyNode, () => knob = new IntegerKnob(name, first.Value, last.Value, logarithmic, stride ?? 1));
                break;
            case "order":
                var items = settings.Items("items").Select(c => settings.TextOf(c, $"{settings.What}: an item")).OfType<string>().ToArray();
                var separator = settings.Text("separator") ?? ",";
                if (settings.Require("items", "[a, b, c]") is not null) Check(keyNode, () => knob = new OrderKnob(name, items, separator));
                break;
            default:
                mistakes.Add(keyNode, $"knob '{name}' has the unknown type '{type}'; choose float, integer, categorical or order.");
                return null;
        }

        settings.RefuseOthers();
        if (knob is null) return null;
        if (when is not null) Check(settings.Find("when")!, () => knob = knob with { When = KnobExpression.Parse(when) });
        if (standard is not null && ReadValue(knob, standard, settings) is { } value) knob = knob with { Default = value };
        return knob;
    }

    private KnobValue? ReadValue(Knob knob, YamlNode node, YamlMapping settings)
    {
        if (settings.TextOf(node, $"{settings.What}: 'default'") is not { } text) return null;
        KnobValue? value = null;
        Check(node, () => value = KnobText.Parse(knob, text));
        return value;
    }

    private List<ObjectiveDefinition> ReadObjectives(YamlMapping file)
    {
        var objectives = new List<ObjectiveDefinition>();
        if (file.Require("objectives", "{ time: { direction: minimize, unit: s, from: wall_time } }") is not { } node
            || YamlMapping.Of(node, "'objectives'", mistakes) is not { } mapping)
        {
            return objectives;
        }

        foreach (var (name, keyNode, value) in mapping.Entries)
        {
            if (YamlMapping.Of(value, $"objective '{name}'", mistakes) is not { } settings) continue;
            Direction? direction = settings.Text("direction") switch
            {
                "minimize" or "minimise" or "min" or null => Direction.Minimize,
                "maximize" or "maximise" or "max" => Direction.Maximize,
                _ => null,
            };
            if (direction is null) mistakes.Add(settings.Find("direction")!, $"{settings.What}: 'direction' must be minimize or maximize, not {settings.Text("direction")}.");
            var (unit, from, path) = (settings.Text("unit"), ReadSource(settings), settings.Text("gradient"));
            settings.RefuseOthers();
            Check(keyNode, () => objectives.Add(new ObjectiveDefinition(new Objective(name, direction ?? Direction.Minimize, unit), from)
            {
                Gradient = path is null ? null : new JsonPathSource(path),
            }));
        }

        if (objectives.Count == 0 && !mistakes.Any) mistakes.Add(node, "'objectives' is empty; a study needs at least one.");
        return objectives;
    }

    private List<MetricDefinition> ReadMetrics(YamlMapping file)
    {
        var metrics = new List<MetricDefinition>();
        if (file.Find("metrics") is not { } node || YamlMapping.Of(node, "'metrics'", mistakes) is not { } mapping) return metrics;
        foreach (var (name, _, value) in mapping.Entries)
        {
            if (YamlMapping.Of(value, $"metric '{name}'", mistakes) is not { } settings) continue;
            metrics.Add(new MetricDefinition(name, settings.Text("unit"), ReadSource(settings)));
            settings.RefuseOthers();
        }

        return metrics;
    }

    private MetricSource? ReadSource(YamlMapping settings)
    {
        if (settings.Find("from") is not { } node) return null;
        if (node is YamlScalarNode scalar)
        {
            MetricSource? simple = MetricSourceNames.Find(scalar.Value ?? "");
            if (simple is null)
                mistakes.Add(node, $"{settings.What}: 'from' must be one of {string.Join(", ", MetricSourceNames.All)}, or {{ regex: ... }}, {{ json: ... }} or {{ file_size: ... }}; not {YamlMapping.Describe(node)}.");
            return simple;
        }

        if (YamlMapping.Of(node, $"{settings.What}: 'from'", mistakes) is not { } from) return null;
        MetricSource? result = null;
        var (regex, json, file) = (from.Text("regex"), from.Text("json"), from.Text("file_size"));
        var (group, match, stream) = (from.Text("group"), from.Text("match"), from.Text("stream"));
        from.RefuseOthers();
        if (new[] { regex, json, file }.Count(s => s is not null) != 1)
            mistakes.Add(node, $"{from.What} needs exactly one of regex, json and file_size.");
        else
            Check(node, () => result = regex is not null ? MetricSourceNames.Regex(regex, group, match, stream)
                : json is not null ? MetricSourceNames.Json(json, stream) : new FileSizeSource(file!));
        return result;
    }

    private void RequireSources(YamlMapping file, StudyDefinition definition)
    {
        foreach (var objective in definition.Objectives.Where(o => o.Source is null))
            mistakes.Add(file.Find("objectives")!, $"objective '{objective.Objective.Name}' needs 'from', for example from: wall_time");
        foreach (var metric in definition.Metrics.Where(m => m.Source is null))
            mistakes.Add(file.Find("metrics")!, $"metric '{metric.Name}' needs 'from', for example from: wall_time");
    }

    // A constraint over knobs alone holds for every proposal; one that uses a measured value is checked afterwards.
    private (List<KnobExpression> Input, List<KnobExpression> Measured) ReadConstraints(
        YamlMapping file, List<Knob> knobs, List<ObjectiveDefinition> objectives, List<MetricDefinition> metrics)
    {
        var (input, measured) = (new List<KnobExpression>(), new List<KnobExpression>());
        foreach (var node in file.Items("constraints"))
        {
            if (file.TextOf(node, "a constraint") is not { } text) continue;
            Check(node, () =>
            {
                var constraint = KnobExpression.Parse(text);
                var names = knobs.Select(k => k.Name).Concat(objectives.Select(o => o.Objective.Name)).Concat(metrics.Select(m => m.Name)).ToArray();
                if (constraint.Names.FirstOrDefault(n => !names.Contains(n)) is { } unknown)
                    throw new ArgumentException($"the constraint '{text}' uses '{unknown}', which is no knob, objective or metric; there are: {string.Join(", ", names)}.");
                (constraint.Names.All(n => knobs.Exists(k => k.Name == n)) ? input : measured).Add(constraint);
            });
        }

        return (input, measured);
    }

    private SearchSpace ReadSpace(YamlMapping file, List<Knob> knobs, List<KnobExpression> constraints)
    {
        var space = SearchSpace.Empty;
        if (!mistakes.Any) Check(file.Find("knobs") ?? file.Node, () => space = new SearchSpace(knobs, constraints));
        return space;
    }

    private CommandDefinition? ReadCommand(YamlMapping file, List<Knob> knobs)
    {
        var (command, shell) = (file.Find("command"), file.Text("shell"));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (file.Find("environment") is { } node && YamlMapping.Of(node, "'environment'", mistakes) is { } variables)
        {
            foreach (var (name, _, value) in variables.Entries)
            {
                if (variables.TextOf(value, $"environment variable '{name}'") is { } text) environment[name] = text;
            }
        }

        var (directory, input, output) = (file.Text("directory"), file.Text("stdin"), file.Text("stdout"));
        IntermediateLine? intermediate = null;
        if (file.Text("intermediate") is { } pattern) Check(file.Find("intermediate")!, () => intermediate = new IntermediateLine(pattern));
        string[] setup = [.. file.Items("setup").Select(s => file.TextOf(s, "an argument of 'setup'")).OfType<string>()];
        if (command is null && shell is null) return null;
        var place = command ?? file.Find("shell")!;
        if (command is not null && shell is not null)
        {
            mistakes.Add(place, "give either 'command' (a list of arguments) or 'shell' (a line for /bin/sh), not both.");
            return null;
        }

        CommandDefinition? definition = null;
        var arguments = command is null ? null : ReadArguments(file);
        Check(place, () => definition = new CommandDefinition
        {
            Template = shell is not null ? CommandTemplate.ParseShell(shell) : CommandTemplate.Parse(arguments!),
            Setup = setup,
            Environment = environment,
            Directory = directory,
            StandardInput = input,
            StandardOutput = output,
            Intermediate = intermediate,
        });
        if (definition is not null) CheckPlaceholders(place, definition, knobs);
        return definition;
    }

    // An item is an argument, or { when: condition, args: [...] } for arguments that are there only then.
    private List<CommandArgument> ReadArguments(YamlMapping file)
    {
        var arguments = new List<CommandArgument>();
        foreach (var item in file.Items("command"))
        {
            if (item is YamlMappingNode && YamlMapping.Of(item, "a conditional argument", mistakes) is { } group)
            {
                var when = group.Text("when");
                if (group.Require("when", "level > 3") is null || group.Require("args", "[--fast]") is null || when is null) continue;
                Check(item, () => KnobExpression.Parse(when));
                foreach (var argument in group.Items("args"))
                {
                    if (group.TextOf(argument, "an argument") is { } text) Check(argument, () => arguments.Add(new CommandArgument(text, when)));
                }

                group.RefuseOthers();
            }
            else if (file.TextOf(item, "an argument of 'command'") is { } text)
            {
                Check(item, () => arguments.Add(new CommandArgument(text)));
            }
        }

        if (arguments.Count == 0) mistakes.Add(file.Find("command")!, "'command' is empty; give the program and its arguments as a list.");
        return arguments;
    }

    private void CheckPlaceholders(YamlNode place, CommandDefinition command, List<Knob> knobs)
    {
        var known = knobs.Select(k => k.Name).Concat(CommandEvaluator.Placeholders).ToArray();
        foreach (var name in CommandEvaluator.PlaceholdersOf(command).Where(n => !known.Contains(n)))
            mistakes.Add(place, $"the command uses {{{name}}}, which is no knob; there are: {string.Join(", ", known)}. Write {{{{ and }}}} for braces.");
        foreach (var condition in command.Template.Conditions)
        {
            Check(place, () =>
            {
                if (KnobExpression.Parse(condition).Names.FirstOrDefault(n => !knobs.Exists(k => k.Name == n)) is { } unknown)
                    throw new ArgumentException($"the condition '{condition}' uses '{unknown}', which is no knob.");
            });
        }
    }

    private SamplerDefinition ReadSampler(YamlMapping file) =>
        ReadNamed(file, "sampler", "nsga2") is { } named ? new SamplerDefinition(named.Name) { Options = named.Options, Choices = named.Choices } : new SamplerDefinition();

    private PrunerDefinition? ReadPruner(YamlMapping file) =>
        ReadNamed(file, "pruner", "asha") is { } named ? new PrunerDefinition(named.Name) { Options = named.Options } : null;

    // A name, or { name: ..., option: number or word, ... }.
    private (string Name, Dictionary<string, double> Options, Dictionary<string, string> Choices)? ReadNamed(YamlMapping file, string key, string example)
    {
        var options = new Dictionary<string, double>(StringComparer.Ordinal);
        var choices = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (file.Find(key))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return (scalar.Value ?? "", options, choices);
            case var node when YamlMapping.Of(node, $"'{key}'", mistakes) is { } settings:
                var name = settings.Require("name", example) is null ? null : settings.Text("name");
                foreach (var (option, _, value) in settings.Entries.Where(e => e.Key != "name"))
                {
                    var what = $"'{key}': '{option}'";
                    if (key == "sampler" && Samplers.IsChoice(option))
                    {
                        if (settings.TextOf(value, what) is { } word) choices[option] = word;
                    }
                    else if (settings.NumberOf(value, what) is { } number)
                    {
                        options[option] = number;
                    }
                }

                return (name ?? example, options, choices);
            default:
                return null;
        }
    }

    private RepeatsDefinition ReadRepeats(YamlMapping file)
    {
        switch (file.Find("repeats"))
        {
            case null:
                return new RepeatsDefinition();
            case YamlScalarNode { Value: "auto" }:
                return new RepeatsDefinition { Auto = true };
            case YamlScalarNode:
                return new RepeatsDefinition { PerTrial = AtLeastOne(file, "repeats") };
            case var node when YamlMapping.Of(node, "'repeats'", mistakes) is { } settings:
                var repeats = new RepeatsDefinition
                {
                    Auto = settings.Flag("auto"),
                    PerTrial = AtLeastOne(settings, "per_trial"),
                    Maximum = settings.Find("maximum") is null ? new RepeatsDefinition().Maximum : AtLeastOne(settings, "maximum"),
                };
                settings.RefuseOthers();
                return repeats;
            default:
                return new RepeatsDefinition();
        }
    }

    private int AtLeastOne(YamlMapping settings, string key)
    {
        var number = settings.Integer(key) ?? 1;
        if (number is >= 1 and <= int.MaxValue) return (int)number;
        mistakes.Add(settings.Find(key)!, $"{settings.What}: '{key}' must be at least 1, not {number}.");
        return 1;
    }

    // Domain types check themselves; here their message gets its line.
    private void Check(YamlNode node, Action build)
    {
        try
        {
            build();
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            mistakes.Add(node, error is ArgumentException argument ? ArgumentMessages.WithoutParameter(argument) : error.Message);
        }
    }
}
