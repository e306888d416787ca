using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Evaluation;

/// <summary>Asks a model verifiable problems and checks its answers.</summary>
/// <param name="model">The model; it stays the caller's.</param>
/// <param name="text">How problems become tokens.</param>
public sealed class TaskEvaluation(Decoder model, TaskText text)
{
    private readonly TokenGenerator _generator = new(model);

    /// <summary>The most tokens of a response; longer ones are cut off. At least 1.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>How tokens are drawn; the most likely one each time by default.</summary>
    public SamplingOptions Sampling { get; init; } = new() { Temperature = 0 };

    /// <summary>The problems that are asked together. At least 1.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Asks every problem once.</summary>
    /// <param name="items">The problems.</param>
    /// <param name="random">Where sampled tokens come from.</param>
    /// <param name="progress">Told the number of problems that are answered.</param>
    /// <param name="cancellation">Looked at before each token.</param>
    /// <returns>One score per family and difficulty, in the order of first appearance.</returns>
    public IReadOnlyList<TaskScore> Run(IReadOnlyList<TaskItem> items, RandomGenerator random, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(random);
        var scores = new Dictionary<(string, int), TaskScore>();
        var options = new GenerationOptions { MaxTokens = MaxTokens, StopTokens = [text.End], Sampling = Sampling };
        var answered = 0;

        // Prompts of one batch have about the same length; each item keeps the random stream of its place in the order.
        foreach (var batch in items.OrderBy(item => item.Prompt.Length).Chunk(BatchSize))
        {
            var continuations = _generator.Generate([.. batch.Select(text.Prompt)], options, random, cancellation);
            foreach (var (item, continuation) in batch.Zip(continuations))
            {
                var key = (item.Family, item.Difficulty);
                var score = scores.GetValueOrDefault(key) ?? new(item.Family, item.Difficulty, 0, 0, 0, 0, 0);
                var grade = TaskFamilies.Find(item.Family)!.Check(item, text.Response(continuation.Tokens));
                scores[key] = score with
                {
                    Problems = score.Problems + 1,
                    Correct = score.Correct + (grade == Grade.Correct ? 1 : 0),
                    IllFormed = score.IllFormed + (grade == Grade.IllFormed ? 1 : 0),
                    Unfinished = score.Unfinished + (continuation.Finish == FinishReason.Length ? 1 : 0),
                    Tokens = score.Tokens + continuation.Tokens.Count,
                };
            }

            answered += batch.Length;
            progress?.Report(answered);
        }

        return [.. items.Select(item => (item.Family, item.Difficulty)).Distinct().Select(key => scores[key])];
    }
}
