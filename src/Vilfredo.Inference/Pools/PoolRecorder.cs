using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Pools;

/// <summary>Draws the samples of pools.</summary>
public static class PoolRecorder
{
    private const int SamplesAtOnce = 64;

    /// <summary>Asks a model for samples of problems.</summary>
    /// <param name="client">The model.</param>
    /// <param name="problems">The problems.</param>
    /// <param name="recording">How; null means the defaults.</param>
    /// <param name="known">Problems that have been recorded before; those with enough samples are not asked again.</param>
    /// <param name="recorded">Told of each problem when it is there, so that it can be written down at once.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The pool, in the order of the problems.</returns>
    /// <exception cref="StrategyFailedException">A sample failed: a pool has no holes.</exception>
    public static async Task<SamplePool> RecordAsync(
        IChatClient client, IReadOnlyList<EvaluationProblem> problems, PoolRecording? recording = null, SamplePool? known = null, Action<PooledProblem>? recorded = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(problems);
        recording ??= new();
        var before = known?.Problems.Where(problem => problem.Samples.Count >= recording.Samples).ToDictionary(problem => problem.Id, StringComparer.Ordinal) ?? [];
        var results = new PooledProblem[problems.Count];
        var writing = new Lock();
        await Parallel.ForAsync(0, problems.Count, new ParallelOptions { MaxDegreeOfParallelism = recording.Concurrency, CancellationToken = cancellation }, async (i, token) =>
        {
            if (before.TryGetValue(problems[i].Id, out var already))
            {
                results[i] = already;
                return;
            }

            results[i] = await RecordAsync(client, problems[i], recording, token).ConfigureAwait(false);
            lock (writing)
                recorded?.Invoke(results[i]);
        }).ConfigureAwait(false);
        return new(results);
    }

    /// <summary>The seed with which strategies make, for their first samples, the calls that were recorded for a problem.</summary>
    public static long SeedOf(PoolRecording recording, EvaluationProblem problem)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(problem);
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{recording.Seed}/{problem.Id}"))) & long.MaxValue;
    }

    private static async Task<PooledProblem> RecordAsync(IChatClient client, EvaluationProblem problem, PoolRecording recording, CancellationToken cancellation)
    {
        var weights = recording.LogProbabilities ? (IVoteWeights)new AskingWeights() : new EqualWeights();
        var voting = new WeightedVotingStrategy(weights, recording.Samples, recording.Temperature, new() { Answers = recording.Answers });
        using var asked = new StrategyChatClient(client, voting, new()
        {
            Seed = SeedOf(recording, problem),
            MaximumConcurrency = Math.Min(recording.Samples, SamplesAtOnce),
            MinimumSuccessful = recording.Samples,
        });
        var response = await asked.GetResponseAsync(problem.Messages, new() { MaxOutputTokens = recording.MaximumOutputTokens }, cancellation).ConfigureAwait(false);
        // The account is in the order in which calls ended; samples are in the order of their seeds.
        var candidates = StrategyAnswer.Of(response)!.Outcome.Candidates.OrderBy(candidate => candidate.Call.Sibling);
        var samples = new List<PooledSample>();
        foreach (var candidate in candidates)
        {
            var isRight = !candidate.IsTruncated && await problem.Grader.GradeAsync(candidate.Text, cancellation).ConfigureAwait(false) == Grade.Correct;
            var tokens = KnownLogProbabilities.Instance.Read(candidate.Response);
            samples.Add(new(candidate.Text, Vote.BallotOf(candidate, recording.Answers), isRight, candidate.Call.Usage)
            {
                Finish = candidate.Response.FinishReason?.Value,
                Scores = tokens is { Count: > 0 } ? new Dictionary<string, double> { [PooledSample.LogProbability] = tokens.Average(token => token.LogProbability) } : [],
            });
        }

        return new(problem.Id, samples) { Group = problem.Group };
    }

    // Every sample counts once; only the asking is wanted.
    private sealed class AskingWeights : IVoteWeights
    {
        public void Ask(ChatOptions options) => KnownLogProbabilities.Instance.Ask(options);

        public IReadOnlyList<double>? LogWeights(IReadOnlyList<Candidate> voters) => new double[voters.Count];
    }
}
