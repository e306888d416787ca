using System.Globalization;
using System.Text.Json;
using Vilfredo.Inference.Answers;
using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Formats;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>Problems from a file of JSON lines, in the layouts of <see cref="QuestionFormat"/>.</summary>
public sealed record QuestionFile
{
    private const int MaximumLineLength = 1 << 20;
    private const string Letters = "ABCDEFGHIJ";
    private const string ReasonThenAnswer = "{question}\n\nThink step by step. End with a line \"Answer: \" and the final answer alone.";

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Its layout.</summary>
    public QuestionFormat Format { get; init; }

    /// <summary>In <see cref="QuestionFormat.Plain"/>, the property of the question.</summary>
    public string Question { get; init; } = "question";

    /// <summary>In <see cref="QuestionFormat.Plain"/>, the property of the right answer.</summary>
    public string Answer { get; init; } = "answer";

    /// <summary>How a plain answer is judged: <c>exact</c>, <c>numeric</c>, <c>choice</c>, <c>gaia</c> (<see cref="GaiaGrader"/>) or <c>pattern</c>.</summary>
    public string Check { get; init; } = "exact";

    /// <summary>The regular expression of <c>pattern</c>.</summary>
    public string? Pattern { get; init; }

    /// <summary>Where the answer stands in a response, see <see cref="AnswerExtractors.Names"/>; null for what fits the check.</summary>
    public string? Extraction { get; init; }

    /// <summary>By what share a number may differ. Not negative.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The prompt, with <c>{question}</c> where the question stands; null for one that fits the layout.</summary>
    public string? Template { get; init; }

    /// <summary>What is said before it; null for nothing.</summary>
    public string? Instructions { get; init; }

    /// <summary>Reads the file.</summary>
    /// <param name="runner">Runs programs; needed for <see cref="QuestionFormat.Code"/>.</param>
    /// <exception cref="InputFormatException">A line is no problem of the layout; the message names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<EvaluationProblem> Read(SampleRunner? runner = null)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(Path);
        return Format == QuestionFormat.Code ? ReadCode(name, runner) : ReadQuestions(name);
    }

    private List<EvaluationProblem> ReadCode(string name, SampleRunner? runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        var problems = new List<EvaluationProblem>();
        foreach (var (index, problem) in CodeProblemFile.Read(Path).Index())
        {
            var isContinued = problem.EntryPoint is not null;
            var question = isContinued ? problem.Prompt : $"{problem.Prompt}\n\nYour code must pass these tests:\n{problem.Tests}";
            var template = Template ?? (isContinued
                ? "Complete this Python function. Answer with the whole function in one fenced code block.\n\n```python\n{question}\n```"
                : "{question}\n\nAnswer with the Python code in one fenced code block.");
            try
            {
                problems.Add(Problem(name, problem.Id, question, template, new CodeGrader(runner, problem)));
            }
            catch (FormatException error)
            {
                throw new InputFormatException(Path, index + 1, error.Message.TrimEnd('.'));
            }
        }

        return problems;
    }

    private List<EvaluationProblem> ReadQuestions(string name)
    {
        using var reader = new StreamReader(Path);
        var problems = new List<EvaluationProblem>();
        foreach (var (number, text) in JsonLines.Read(reader, MaximumLineLength, (line, problem) => new InputFormatException(Path, line, problem)))
        {
            var record = JsonRecord.Parse(text.AsMemory(), Path, number);
            var id = record.Has("id") && record.Value("id") is { ValueKind: JsonValueKind.String } own ? own.GetString()! : number.ToString(CultureInfo.InvariantCulture);
            try
            {
                problems.Add(Format switch
                {
                    QuestionFormat.Gsm8k => Problem(name, id, record.Text("question"), ReasonThenAnswer, new TextGrader(BehindHashes(record), Extraction ?? "auto", Tolerance)),
                    QuestionFormat.Math => Problem(
                        name, id, record.Text("problem"), "{question}\n\nThink step by step, and put the final answer in \\boxed{}.",
                        new TextGrader(record.OptionalText("answer") ?? Boxed(record), Extraction ?? "auto")),
                    QuestionFormat.MultipleChoice => Choice(name, id, record),
                    _ => Problem(name, id, record.Text(Question), ReasonThenAnswer, Plain(record)),
                });
            }
            catch (Exception error) when (error is FormatException or ArgumentException)
            {
                throw record.Problem(error.Message.TrimEnd('.'));
            }
        }

        return problems;
    }

    private EvaluationProblem Problem(string name, string id, string question, string template, IAnswerGrader grader) =>
        new($"{name}/{id}", name, (Template ?? template).Replace("{question}", question, StringComparison.Ordinal), grader) { Instructions = Instructions };

    private IAnswerGrader Plain(JsonRecord record)
    {
        var expected = Check == "pattern" && !record.Has(Answer) ? null : Scalar(record, Answer);
        return Check switch
        {
            "numeric" => new TextGrader(expected!, Extraction ?? "auto", Tolerance),
            "choice" => new TextGrader(expected!, Extraction ?? "choice"),
            "gaia" => new GaiaGrader(expected!),
            "pattern" => new PatternGrader(Pattern ?? throw new FormatException("The check 'pattern' needs a 'pattern'"), expected),
            _ => new TextGrader(expected!, Extraction ?? "auto"),
        };
    }

    private EvaluationProblem Choice(string name, string id, JsonRecord record)
    {
        var (question, texts, labels) = Choices(record);
        if (texts.Count is < 2 || texts.Count > Letters.Length)
            throw record.Problem($"there are {texts.Count} choices; 2 to {Letters.Length} are read");
        var given = Scalar(record, record.Has("answerKey") ? "answerKey" : "answer").Trim();
        var right = labels.IndexOf(given);
        if (right < 0 && labels.Count == 0)
            right = given.Length == 1 && Letters.Contains(char.ToUpperInvariant(given[0]), StringComparison.Ordinal)
                ? Letters.IndexOf(char.ToUpperInvariant(given[0]), StringComparison.Ordinal)
                : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : texts.IndexOf(given);
        if (right < 0 || right >= texts.Count)
            throw record.Problem($"the right answer is '{given}', which is none of the {texts.Count} choices");
        var asked = $"{question}\n{string.Join('\n', texts.Select((text, i) => $"{Letters[i]}. {text}"))}";
        return Problem(
            name, id, asked, "{question}\n\nThink step by step. End with a line \"Answer: \" and the letter of the right choice.", new TextGrader($"{Letters[right]}", Extraction ?? "choice"));
    }

    private static (string Question, List<string> Texts, List<string> Labels) Choices(JsonRecord record)
    {
        if (record.Value("question").ValueKind == JsonValueKind.Object)
        {
            var inner = record.Object("question");
            var choices = inner.Objects("choices");
            return (inner.Text("stem"), [.. choices.Select(choice => choice.Text("text"))], [.. choices.Select(choice => choice.Text("label"))]);
        }

        if (record.Value("choices").ValueKind == JsonValueKind.Object)
        {
            var choices = record.Object("choices");
            return (record.Text("question"), [.. choices.Texts("text")], [.. choices.Texts("label")]);
        }

        return (record.Text("question"), [.. record.Texts("choices")], []);
    }

    private static string BehindHashes(JsonRecord record)
    {
        var answer = record.Text("answer");
        var mark = answer.LastIndexOf("####", StringComparison.Ordinal);
        return mark < 0 ? throw record.Problem("the answer has no '####' with the result behind it") : answer[(mark + 4)..].Trim().Replace(",", "", StringComparison.Ordinal);
    }

    private static string Boxed(JsonRecord record) =>
        AnswerExtractors.Named("boxed").Extract(record.Text("solution")) ?? throw record.Problem("the solution has no \\boxed{...}");

    private static string Scalar(JsonRecord record, string property) => record.Value(property) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => record.Text(property),
    };
}
