using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vilfredo.Inference.Answers;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Inference.Pools;

/// <summary>Attempts that were drawn once, from which votes, selections and costs of every size are computed without asking the model again (Wang et al., arXiv 2504.14047, dossier section 3.4).</summary>
/// <remarks>
/// A file has one JSON object a line: <c>{"id", "group", "answer", "samples": [{"text", "usage": {"input_tokens", "output_tokens", "cached_input_tokens"}, "finish", "answer", "correct", "scores"}]}</c>.
/// Pools of other tools may leave out <c>correct</c> where the problem has an answer to compare with, and <c>answer</c> of samples, which is then looked for in the text.
/// </remarks>
public sealed class SamplePool
{
    private const int MaximumLineLength = 1 << 28;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
    };

    /// <summary>A pool of problems.</summary>
    /// <exception cref="ArgumentException">There is none, two have the same name, or one has no sample.</exception>
    public SamplePool(IEnumerable<PooledProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        Problems = [.. problems];
        if (Problems.Count == 0)
            throw new ArgumentException("A pool has at least one problem.", nameof(problems));
        if (Problems.GroupBy(problem => problem.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The problem '{twice.Key}' is in the pool {twice.Count()} times; each is there once, with all its samples.", nameof(problems));
        if (Problems.FirstOrDefault(problem => problem.Samples.Count == 0) is { } empty)
            throw new ArgumentException($"The problem '{empty.Id}' has no samples.", nameof(problems));
    }

    /// <summary>The problems.</summary>
    public IReadOnlyList<PooledProblem> Problems { get; }

    /// <summary>The samples that every problem has: sizes up to it can be estimated.</summary>
    public int Size => Problems.Min(problem => problem.Samples.Count);

    /// <summary>Reads a file of JSON lines.</summary>
    /// <param name="path">The file.</param>
    /// <param name="answers">Finds the answers of samples that come without; null means <c>auto</c>.</param>
    /// <exception cref="FormatException">A line is wrong; the message names it.</exception>
    public static SamplePool Load(string path, IAnswerExtractor? answers = null)
    {
        using var reader = File.OpenText(path);
        try
        {
            return Read(reader, answers);
        }
        catch (FormatException error)
        {
            throw new FormatException($"'{path}', {error.Message}", error);
        }
    }

    /// <summary>Reads JSON lines.</summary>
    /// <inheritdoc cref="Load"/>
    /// <param name="reader">Where they come from; not closed.</param>
    /// <param name="answers">Finds the answers of samples that come without; null means <c>auto</c>.</param>
    public static SamplePool Read(TextReader reader, IAnswerExtractor? answers = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        answers ??= AnswerExtractors.Named("auto");
        List<PooledProblem> problems = [.. JsonLines.Read(reader, MaximumLineLength, Wrong).Select(line => Parse(line.Text, line.Number, answers))];
        try
        {
            return new(problems);
        }
        catch (ArgumentException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <summary>Writes a file of JSON lines.</summary>
    public void Save(string path)
    {
        using var writer = File.CreateText(path);
        foreach (var problem in Problems)
            writer.Write(Format(problem) + "\n");
    }

    /// <summary>A problem as a line, without the line break.</summary>
    public static string Format(PooledProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return JsonSerializer.Serialize(
            new Line
            {
                Id = problem.Id,
                Group = problem.Group,
                Answer = problem.Answer,
                Samples =
                [
                    .. problem.Samples.Select(sample => new SampleLine
                    {
                        Text = sample.Text, Finish = sample.Finish, Answer = sample.Answer, Correct = sample.IsCorrect, Scores = sample.Scores.Count > 0 ? new(sample.Scores) : null,
                        Usage = new() { InputTokens = sample.Usage.InputTokens, OutputTokens = sample.Usage.OutputTokens, CachedInputTokens = sample.Usage.CachedInputTokens > 0 ? sample.Usage.CachedInputTokens : null },
                    }),
                ],
            },
            Options);
    }

    private static PooledProblem Parse(string text, int number, IAnswerExtractor answers)
    {
        Line line;
        try
        {
            line = JsonSerializer.Deserialize<Line>(text, Options) ?? throw Wrong(number, "null is not a problem");
        }
        catch (JsonException error)
        {
            throw Wrong(number, $"not a problem with samples: {JsonLines.Reason(error)}");
        }

        if (string.IsNullOrEmpty(line.Id) || line.Samples is not { Count: > 0 } samples)
            throw Wrong(number, "a problem has an \"id\" and \"samples\", at least one");
        var right = line.Answer is null ? null : AnswerExtractors.Normalize(line.Answer);
        return new(line.Id, [.. samples.Select((sample, i) => SampleOf(sample, i, right, number, answers))]) { Group = line.Group, Answer = line.Answer };
    }

    private static PooledSample SampleOf(SampleLine sample, int index, string? right, int number, IAnswerExtractor answers)
    {
        if (sample?.Text is null || sample.Usage is not { InputTokens: >= 0, OutputTokens: >= 0 } usage || usage.CachedInputTokens is < 0 || usage.CachedInputTokens > usage.InputTokens)
            throw Wrong(number, $"sample {index} lacks \"text\" or \"usage\" with \"input_tokens\" and \"output_tokens\" of at least 0");
        if (sample.Correct is null && right is null)
            throw Wrong(number, $"sample {index} does not say whether it is \"correct\", and the problem has no \"answer\" to compare with");
        if (sample.Scores?.FirstOrDefault(score => !double.IsFinite(score.Value)) is { Key: { } name })
            throw Wrong(number, $"sample {index} has a score \"{name}\" that is not finite; leave it out");
        // What was recorded here says null by leaving the answer out; what others recorded says nothing.
        var isCut = sample.Finish == "length";
        var answer = sample.Answer ?? (isCut || sample.Correct is not null ? null : answers.Extract(sample.Text));
        return new(sample.Text, answer, sample.Correct ?? (answer is not null && AnswerExtractors.Normalize(answer) == right), new(usage.InputTokens, usage.OutputTokens, usage.CachedInputTokens ?? 0))
        {
            Finish = sample.Finish,
            Scores = sample.Scores ?? [],
        };
    }

    private static FormatException Wrong(int number, string what) => new($"line {number}: {what}");

    private sealed record Line
    {
        public string? Id { get; init; }

        public string? Group { get; init; }

        public string? Answer { get; init; }

        public List<SampleLine>? Samples { get; init; }
    }

    private sealed record SampleLine
    {
        public string? Text { get; init; }

        public UsageLine? Usage { get; init; }

        public string? Finish { get; init; }

        public string? Answer { get; init; }

        public bool? Correct { get; init; }

        public Dictionary<string, double>? Scores { get; init; }
    }

    private sealed record UsageLine
    {
        public long InputTokens { get; init; }

        public long OutputTokens { get; init; }

        public long? CachedInputTokens { get; init; }
    }
}
