using System.Globalization;
using System.Text.Json.Nodes;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;
using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Transformers;
using Vilfredo.Studies.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>Reads training files; docs/training.md lists their keys.</summary>
internal sealed class TrainingFile
{
    private const int TokenizerProblems = 4096;

    private readonly string _source;
    private readonly string _folder;
    private readonly YamlMistakes _mistakes;

    private TrainingFile(string source)
    {
        _source = source;
        _folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
        _mistakes = new(source);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="YamlFileException">It cannot be read or does not make sense; every mistake is listed with its line.</exception>
    public static TrainingRecipe Load(string path)
    {
        var text = YamlFile.ReadText(path);
        return new TrainingFile(path).Read(YamlFile.Parse(text, path, "a training file"), text);
    }

    private TrainingRecipe Read(YamlNode root, string text)
    {
        if (YamlMapping.Of(root, "the training file", _mistakes) is not { } file)
        {
            _mistakes.ThrowIfAny();
            throw new YamlFileException($"{_source}:1: the file is empty.");
        }

        var data = Section(file, "data");
        var tasks = data is null ? null : ReadTasks(data);
        var texts = data?.Items("text").Select(node => data.TextOf(node, "a file of 'text'")).OfType<string>().Select(Full).ToList() ?? [];
        if (data is not null && (tasks is null) == (texts.Count == 0))
            _mistakes.Add(data.Node, "'data' needs either 'tasks' (verifiable problems) or 'text' (files), not both.");
        var teacher = data is null ? new() : ReadTeacher(data);
        var seed = (ulong)Whole(file, "seed", 1, 0)!.Value;
        var tokenizer = ReadTokenizer(file, () => tasks is null ? texts.Select(text => InputFile.Open(text, File.ReadAllText)) : Sample(tasks, teacher, seed));
        var model = ReadModel(file, tokenizer);
        var steps = Whole(file, "steps", null, 1) ?? Missing(file, "steps", "1000");
        var training = new OptimizerSettings(_mistakes, steps);
        var optimizer = training.ReadOptimizer(Section(file, "optimizer"));
        var schedule = training.ReadSchedule(Section(file, "schedule"));
        var evaluation = Section(file, "evaluation");
        var recipe = new TrainingRecipe
        {
            Tokenizer = tokenizer,
            Model = model ?? new(),
            Tasks = tasks,
            Teacher = teacher,
            Texts = texts,
            ValidationShare = Share(data, "validation") ?? 0.05,
            Rows = Whole(data, "rows", 32, 1)!.Value,
            Length = Whole(data, "length", 256, 2)!.Value,
            Optimizer = optimizer,
            Schedule = schedule,
            Steps = steps,
            Accumulation = Whole(file, "accumulation", 1, 1)!.Value,
            ClipNorm = Positive(file, "clip") ?? 1,
            NonFinite = OneOf<NonFinitePolicy>(file, "non_finite") ?? NonFinitePolicy.Stop,
            EvaluateEvery = Whole(evaluation, "every", null, 1),
            EvaluationBatches = Whole(evaluation, "batches", 8, 1)!.Value,
            Problems = Whole(evaluation, "problems", tasks is null ? 0 : 100, 0)!.Value,
            MaxTokens = Whole(evaluation, "max_tokens", 256, 1)!.Value,
            CheckpointEvery = Whole(file, "checkpoint_every", 200, 1)!.Value,
            Threads = Whole(file, "threads", null, 1),
            PowerWatts = Positive(file, "power_watts"),
            Seed = seed,
            From = file.Text("from") is { } from ? Full(from) : null,
            Output = Full(file.Text("output") ?? Path.GetFileNameWithoutExtension(_source)),
            Text = text,
        };
        foreach (var section in new[] { file, data, evaluation })
            section?.RefuseOthers();
        _mistakes.ThrowIfAny();
        return recipe;
    }

    private ITextTokenizer ReadTokenizer(YamlMapping file, Func<IEnumerable<string>> texts)
    {
        if (file.Find("tokenizer") is YamlMappingNode)
            return LearnTokenizer(Section(file, "tokenizer")!, texts);
        var name = file.Text("tokenizer") ?? "characters";
        switch (name)
        {
            case "bytes":
                return new ByteTokenizer();
            case "characters":
                // What the generated problems are written with, and every English text.
                return new CharacterTokenizer("\n" + string.Concat(Enumerable.Range(32, 95).Select(code => (char)code)));
            default:
                try
                {
                    return TokenizerLoader.FromFolder(Full(name));
                }
                catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or TokenizerFormatException)
                {
                    _mistakes.Add(file.Find("tokenizer")!, $"'tokenizer' is 'characters', 'bytes', {{ kind: bpe, vocabulary: 512 }} or the folder of a model: {error.Message}");
                    return new ByteTokenizer();
                }
        }
    }

    private HuggingFaceTokenizer LearnTokenizer(YamlMapping section, Func<IEnumerable<string>> texts)
    {
        if (section.Text("kind") is not "bpe")
            _mistakes.Add(section.Find("kind") ?? section.Node, "the 'kind' of a tokenizer that is learned is 'bpe'.");
        var size = Whole(section, "vocabulary", 512, BytePairTraining.SmallestVocabulary, 1_000_000)!.Value;
        section.RefuseOthers();
        // What is wrong with the data is said first: a tokenizer of nothing would only add to it.
        _mistakes.ThrowIfAny();
        return BytePairTraining.Train(texts(), size);
    }

    // Problems of the training split, as they are trained on.
    private static IEnumerable<string> Sample(TaskMix tasks, Teacher teacher, ulong seed) =>
        Enumerable.Range(0, TokenizerProblems).Select(i => tasks.At(seed, i, TaskSplit.Train, teacher)).Select(item => $"{item.Prompt}\n{item.Solution}");

    private DecoderConfig? ReadModel(YamlMapping file, ITextTokenizer tokenizer)
    {
        if (file.Require("model", "{ hidden_size: 128, num_hidden_layers: 4, num_attention_heads: 4, intermediate_size: 344 }") is not { } node)
            return null;
        if (Json(node) is not JsonObject model)
        {
            _mistakes.Add(node, "'model' must be a mapping with the keys of a Hugging Face config.json.");
            return null;
        }

        model["vocab_size"] = tokenizer.VocabularySize;
        try
        {
            var config = DecoderConfig.Parse(model.ToJsonString());
            foreach (var unknown in config.Other?.Keys ?? Enumerable.Empty<string>())
                _mistakes.Add(node, $"'model' has the unknown key '{unknown}'; it takes the keys of a Hugging Face config.json.");
            return config;
        }
        catch (InvalidConfigException error)
        {
            _mistakes.Add(node, $"'model': {error.Message}");
            return null;
        }
    }

    private TaskMix? ReadTasks(YamlMapping data)
    {
        if (data.Items("tasks") is not { Count: > 0 } nodes)
            return null;
        var parts = new List<TaskMixPart>();
        foreach (var node in nodes)
        {
            if (YamlMapping.Of(node, "a part of 'tasks'", _mistakes) is not { } part)
                continue;
            var name = part.Text("family") ?? "";
            var family = TaskFamilies.Find(name);
            if (family is null)
                _mistakes.Add(node, $"there is no family '{name}'; there are {string.Join(", ", TaskFamilies.All.Select(known => known.Name))}.");
            var weight = Positive(part, "weight") ?? 1;
            if (ReadRange(part, family) is var (easiest, hardest) && family is not null)
                parts.Add(new(family, weight, easiest, hardest));
            part.RefuseOthers();
        }

        return parts.Count > 0 ? new TaskMix(parts) : null;
    }

    /// <summary>A level, or two with a hyphen between them: <c>3</c>, <c>1-4</c>.</summary>
    private (int Easiest, int Hardest)? ReadRange(YamlMapping part, ITaskFamily? family)
    {
        var most = family?.MaximumDifficulty ?? int.MaxValue;
        if (part.Text("difficulty") is not { } text)
            return (1, Math.Min(3, most));
        var ends = text.Split('-').Select(end => int.TryParse(end.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : 0).ToArray();
        if (ends.Length is 1 or 2 && ends[0] >= 1 && ends[^1] >= ends[0] && ends[^1] <= most)
            return (ends[0], ends[^1]);
        _mistakes.Add(part.Find("difficulty")!, $"'difficulty' is '{text}'; it must be a level or two, such as 3 or 1-4, from 1 to {most}.");
        return null;
    }

    private Teacher ReadTeacher(YamlMapping data)
    {
        if (Section(data, "teacher") is not { } section)
            return new();
        var style = OneOf<TeacherStyle>(section, "style") ?? TeacherStyle.Verbose;
        var passes = Whole(section, "extra_passes", 0, 0, Teacher.MaximumExtraPasses)!.Value;
        section.RefuseOthers();
        return new(style, passes);
    }

    private YamlMapping? Section(YamlMapping parent, string key) =>
        parent.Find(key) is { } node ? YamlMapping.Of(node, $"'{key}'", _mistakes) : null;

    private static int Missing(YamlMapping mapping, string key, string example)
    {
        mapping.Require(key, example);
        return 1;
    }

    private int? Whole(YamlMapping? mapping, string key, int? standard, int least, int most = int.MaxValue)
    {
        if (mapping?.Integer(key) is not { } number)
            return standard;
        if (number >= least && number <= most)
            return (int)number;
        _mistakes.Add(mapping.Find(key)!, $"'{key}' is {number}; it must be {(most == int.MaxValue ? $"at least {least}" : $"from {least} to {most}")}.");
        return standard ?? least;
    }

    private double? Positive(YamlMapping mapping, string key)
    {
        var number = mapping.Number(key);
        if (number is <= 0)
            _mistakes.Add(mapping.Find(key)!, $"'{key}' is {number}; it must be above 0.");
        return number;
    }

    private double? Share(YamlMapping? mapping, string key)
    {
        var number = mapping?.Number(key);
        if (number is not (null or (> 0 and < 1)))
            _mistakes.Add(mapping!.Find(key)!, $"'{key}' is {number}; it must be a share between 0 and 1.");
        return number;
    }

    private T? OneOf<T>(YamlMapping mapping, string key)
        where T : struct, Enum
    {
        if (mapping.Text(key) is not { } text)
            return null;
        if (!int.TryParse(text, out _) && Enum.TryParse<T>(text, ignoreCase: true, out var value))
            return value;
        _mistakes.Add(mapping.Find(key)!, $"'{key}' is '{text}'; it must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return null;
    }

    private string Full(string path) => Path.GetFullPath(path, _folder);

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } quoted => JsonValue.Create(quoted.Value),
        YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        YamlScalarNode { Value: "true" or "false" } truth => JsonValue.Create(truth.Value == "true"),
        YamlScalarNode scalar when long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        YamlScalarNode scalar when double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };
}
