using System.Globalization;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.Tasks;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>Reads the tasks of an evaluation file, and the problems that they name.</summary>
internal sealed class TasksSection(string folder, YamlMistakes mistakes, FileValues values)
{
    private static readonly string[] Checks = ["exact", "numeric", "choice", "gaia", "pattern"];

    // It starts nothing until an answer is judged, and holds nothing afterwards.
    private readonly Lazy<SampleRunner> _runner = new(() => new SampleRunner());

    public IReadOnlyList<EvaluationProblem> Read(YamlMapping file)
    {
        var (template, instructions) = (file.Text("prompt"), file.Text("instructions"));
        if (template is not null)
            CheckTemplate(template, file.Find("prompt")!);
        if (file.Require("tasks", "[{ family: arithmetic, difficulty: 1-2, count: 50 }]") is null)
            return [];
        var problems = new List<EvaluationProblem>();
        foreach (var node in file.Items("tasks"))
        {
            if (YamlMapping.Of(node, "a task", mistakes) is not { } task)
                continue;
            var (own, instructed) = (task.Text("prompt") ?? template, task.Text("instructions") ?? instructions);
            if (task.Find("prompt") is { } prompt && own is not null)
                CheckTemplate(own, prompt);
            var read = task.Find("family") is not null ? Generated(task, own, instructed) : FromFile(task, own, instructed);
            task.RefuseOthers();
            problems.AddRange(read);
        }

        // Two entries of one file or family may give problems of one name.
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. problems.Select(problem =>
        {
            var times = names[problem.Id] = names.GetValueOrDefault(problem.Id) + 1;
            return times == 1 ? problem : problem with { Id = string.Create(CultureInfo.InvariantCulture, $"{problem.Id}#{times}") };
        })];
    }

    private IReadOnlyList<EvaluationProblem> Generated(YamlMapping task, string? template, string? instructions)
    {
        var name = task.Text("family") ?? "";
        var family = TaskFamilies.Find(name);
        if (family is null)
            mistakes.Add(task.Find("family")!, $"there is no family '{name}'; there are: {string.Join(", ", TaskFamilies.All.Select(one => one.Name))}.");
        var (low, high) = Range(task, family);
        var split = values.OneOf<TaskSplit>(task, "split") ?? TaskSplit.Test;
        var (count, seed) = (values.Whole(task, "count", 1) ?? 50, (ulong)(values.Whole(task, "seed", 0) ?? 1));
        if (family is null)
            return [];
        try
        {
            return new GeneratedQuestions(family, low, high, count, seed, split) { Template = template ?? "{question}", Instructions = instructions }.Generate();
        }
        catch (InvalidOperationException error)
        {
            mistakes.Add(task.Node, error.Message);
            return [];
        }
    }

    private (int Low, int High) Range(YamlMapping task, ITaskFamily? family)
    {
        var text = task.Text("difficulty") ?? "1";
        var ends = text.Split('-', 2, StringSplitOptions.TrimEntries);
        if (int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var low) && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var high)
            && low >= 1 && high >= low && high <= (family?.MaximumDifficulty ?? int.MaxValue))
        {
            return (low, high);
        }

        mistakes.Add(task.Find("difficulty") ?? task.Node, $"'difficulty' is '{text}'; it must be a level such as 2, or levels such as 1-3, from 1 to {family?.MaximumDifficulty.ToString(CultureInfo.InvariantCulture) ?? "the family's hardest"}.");
        return (1, 1);
    }

    private EvaluationProblem[] FromFile(YamlMapping task, string? template, string? instructions)
    {
        if (task.Require("file", "questions.jsonl (or family: arithmetic)") is null)
            return [];
        var path = task.Text("file") ?? "";
        var format = values.OneOf<QuestionFormat>(task, "format") ?? QuestionFormat.Plain;
        var check = task.Text("check") ?? "exact";
        if (!Checks.Contains(check))
            mistakes.Add(task.Find("check")!, $"'check' is '{check}'; it must be one of {string.Join(", ", Checks)} (programs by tests: format: code).");
        var extraction = task.Text("extract");
        if (extraction is not null && !AnswerExtractors.Names.Contains(extraction))
            mistakes.Add(task.Find("extract")!, $"'extract' is '{extraction}'; it must be one of {string.Join(", ", AnswerExtractors.Names)}.");
        var pattern = task.Text("pattern");
        if (check == "pattern" && pattern is null)
            mistakes.Add(task.Node, "'check: pattern' needs a 'pattern', a regular expression.");
        var questions = new QuestionFile
        {
            Path = Path.GetFullPath(path, folder),
            Format = format,
            Question = task.Text("question") ?? "question",
            Answer = task.Text("answer") ?? "answer",
            Check = check,
            Pattern = pattern,
            Extraction = extraction,
            Tolerance = values.NotNegative(task, "tolerance") ?? 1e-6,
            Template = template,
            Instructions = instructions,
        };
        var (count, seed) = (values.Whole(task, "count", 1), (ulong)(values.Whole(task, "seed", 0) ?? 1));
        if (mistakes.Any)
            return [];
        try
        {
            EvaluationProblem[] problems = [.. questions.Read(_runner.Value)];
            if (problems.Length == 0)
                mistakes.Add(task.Find("file")!, $"{questions.Path} has no problem.");
            if (count is not { } most || most >= problems.Length)
                return problems;
            new RandomGenerator(seed).Shuffle(problems.AsSpan());
            return problems[..most];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InputFormatException)
        {
            mistakes.Add(task.Find("file")!, error.Message);
            return [];
        }
    }

    private void CheckTemplate(string template, YamlNode node)
    {
        if (!template.Contains("{question}", StringComparison.Ordinal))
            mistakes.Add(node, "'prompt' needs {question} where the question stands, such as \"{question}\\n\\nEnd with 'Answer: ' and the answer.\"");
    }
}
