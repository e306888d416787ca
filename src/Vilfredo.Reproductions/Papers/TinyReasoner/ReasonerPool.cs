using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Pools;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Problems of the small reasoner, its pools of samples and its judgements of them.</summary>
internal static class ReasonerPool
{
    /// <summary>The name of the judge's score.</summary>
    public const string Judge = "judge";

    public static IAnswerExtractor Answers { get; } = AnswerExtractors.Of(ResidueTrace.Answer);

    /// <summary>Different problems, as many of each number of steps as of the next, give or take one.</summary>
    public static IReadOnlyList<ResidueProblem> Problems(int count, IReadOnlyList<int> steps, RandomGenerator random)
    {
        var problems = new Dictionary<string, ResidueProblem>(StringComparer.Ordinal);
        while (problems.Count < count)
        {
            var problem = ResidueProblem.Draw(steps[problems.Count % steps.Count], random);
            problems.TryAdd(problem.Text, problem);
        }

        return [.. problems.Values];
    }

    /// <summary>A problem as it is asked, graded by its answer.</summary>
    public static EvaluationProblem Asked(ResidueProblem problem, string prompt) => new(problem.Text, $"{problem.Steps.Count} steps", prompt, new Grader(problem));

    /// <summary>Whether a response has the right answer.</summary>
    public static bool IsRight(ResidueProblem problem, string text) => ResidueTrace.Answer(text) == ResidueProblem.Residues[problem.Answer].ToString();

    /// <summary>Draws samples.</summary>
    public static Task<SamplePool> RecordAsync(IChatClient client, IReadOnlyList<EvaluationProblem> problems, int samples, double temperature, int longest, ulong seed, CancellationToken cancellation) =>
        PoolRecorder.RecordAsync(client, problems, new() { Samples = samples, Temperature = temperature, MaximumOutputTokens = longest, Seed = seed, Concurrency = 8, Answers = Answers }, cancellation: cancellation);

    /// <summary>The pool with the model's own probability, for each different text, that it is right; and the mean tokens of a judgement.</summary>
    public static async Task<(SamplePool Pool, double Tokens)> JudgedAsync(IChatClient client, SamplePool pool, IReadOnlyList<ResidueProblem> problems, CancellationToken cancellation)
    {
        var tokens = new List<long>();
        var judged = await Task.WhenAll(pool.Problems.Zip(problems, async (pooled, problem) =>
        {
            var texts = pooled.Samples.Select(sample => sample.Text).Distinct(StringComparer.Ordinal).ToList();
            var replies = await Task.WhenAll(texts.Select(text => client.GetResponseAsync(
                ReasonerPrompts.Chat(ReasonerPrompts.Judge(problem, text)), new() { Temperature = 0, MaxOutputTokens = 4, AdditionalProperties = new() { [KnownLogProbabilities.Key] = true } }, cancellation))).ConfigureAwait(false);
            var scores = texts.Zip(replies, (text, reply) => (text, Score: Probability(reply))).ToDictionary(pair => pair.text, pair => pair.Score, StringComparer.Ordinal);
            lock (tokens)
                tokens.AddRange(replies.Select(reply => reply.Usage!.TotalTokenCount!.Value));
            return pooled with { Samples = [.. pooled.Samples.Select(sample => sample with { Scores = new Dictionary<string, double>(sample.Scores) { [Judge] = scores[sample.Text] } })] };
        })).ConfigureAwait(false);
        return (new(judged), tokens.Average());
    }

    /// <summary>Answers problems side by side.</summary>
    public static async Task<IReadOnlyList<ReasonerAnswer>> AnswerAsync(
        IChatClient client, InferenceStrategy strategy, IReadOnlyList<ResidueProblem> problems, Func<ResidueProblem, string> prompt, ulong seed, CancellationToken cancellation)
    {
        const int atOnce = 64;
        using var slots = new SemaphoreSlim(atOnce);
        return await Task.WhenAll(problems.Select(async (problem, i) =>
        {
            await slots.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                using var asked = new StrategyChatClient(client, strategy, new()
                {
                    Seed = unchecked((long)(seed * 1_000_003 + (ulong)i)) & long.MaxValue,
                    MaximumConcurrency = 16,
                    Tokens = new CharacterTokenCounter(1),
                });
                return new ReasonerAnswer(problem, StrategyAnswer.Of(await asked.GetResponseAsync(ReasonerPrompts.Chat(prompt(problem)), cancellationToken: cancellation).ConfigureAwait(false))!);
            }
            finally
            {
                slots.Release();
            }
        })).ConfigureAwait(false);
    }

    private static double Probability(ChatResponse reply)
    {
        var written = Math.Exp(Math.Min(0, KnownLogProbabilities.Instance.Read(reply)!.Sum(token => token.LogProbability)));
        return reply.Text switch { "Yes" => written, "No" => 1 - written, _ => 0.5 };
    }

    private sealed class Grader(ResidueProblem problem) : IAnswerGrader
    {
        public string Fingerprint => problem.Text;

        public Task<Grade> GradeAsync(string response, CancellationToken cancellation) => Task.FromResult(IsRight(problem, response) ? Grade.Correct : Grade.Wrong);
    }
}
