using Vilfredo.Inference.Pools;
using Vilfredo.Inference.Strategies.Refinement;

namespace Vilfredo.Reproductions.Papers;

/// <summary>All that the study measures for one seed: a pair of models, pools of their samples, chains of revisions, truncations, and a pool of the shipped model. Each method is a view of it.</summary>
internal sealed class ReasonerTrial
{
    public const int Samples = 64, ShippedSamples = 32;
    private const double Temperature = 0.7;
    private const int LongestAnswer = 64;

    private readonly List<(double Accuracy, double Tokens, double Path)> _revisions = [];
    private readonly Dictionary<int, (double Accuracy, double Tokens)> _truncated = [];

    private ReasonerTrial(SamplePool reasoner, SamplePool direct, SamplePool shipped, double judgeTokens, double flopsRatio) =>
        (Reasoner, Direct, Shipped, JudgeTokens, FlopsRatio) = (reasoner, direct, shipped, judgeTokens, flopsRatio);

    public SamplePool Reasoner { get; }

    public SamplePool Direct { get; }

    public SamplePool Shipped { get; }

    public double JudgeTokens { get; }

    /// <summary>Operations of training the direct model over those of the reasoner.</summary>
    public double FlopsRatio { get; }

    public double GreedyAccuracy { get; private set; }

    public double GreedyTokens { get; private set; }

    /// <summary>Runs everything.</summary>
    public static async Task<ReasonerTrial> RunAsync(Effort effort, int seed, UnitContext context)
    {
        var cancellation = context.Cancellation;
        var problems = ReasonerPool.Problems(effort.Problems, [6, 7, 8], context.Shared("problems"));
        using var reasoner = SmallReasoner.Train(false, effort.Flops, seed, cancellation);
        using var direct = SmallReasoner.Train(true, effort.Flops, seed, cancellation);
        var pool = await ReasonerPool.RecordAsync(reasoner.Client, [.. problems.Select(problem => ReasonerPool.Asked(problem, ReasonerPrompts.Solve(problem)))], Samples, Temperature, LongestAnswer, (ulong)seed, cancellation).ConfigureAwait(false);
        var (judged, judgeTokens) = await ReasonerPool.JudgedAsync(reasoner.Client, pool, problems, cancellation).ConfigureAwait(false);
        var answers = await ReasonerPool.RecordAsync(direct.Client, [.. problems.Select(problem => ReasonerPool.Asked(problem, ReasonerPrompts.Direct(problem)))], Samples, Temperature, LongestAnswer, (ulong)seed, cancellation).ConfigureAwait(false);
        SamplePool words;
        using (var shipped = ShippedReasoner.Open())
            words = await PoolRecorder.RecordAsync(shipped, ShippedReasoner.Problems(effort.ShippedProblems, (ulong)seed), new() { Samples = ShippedSamples, Temperature = Temperature, Seed = (ulong)seed, Concurrency = 8 }, cancellation: cancellation).ConfigureAwait(false);

        var trial = new ReasonerTrial(judged, answers, words, judgeTokens, direct.Flops / reasoner.Flops);
        await trial.ReviseAsync(reasoner, problems, effort.Revisions, (ulong)seed, cancellation).ConfigureAwait(false);
        await trial.TruncateAsync(reasoner, problems, cancellation).ConfigureAwait(false);
        return trial;
    }

    /// <summary>The revision whose tokens come closest to those of so many samples, with the accuracy of a vote at its tokens and how far those are apart.</summary>
    public (double Accuracy, double Tokens, double Path, double Vote, double Mismatch) Revision(int samples)
    {
        var single = Mean(Reasoner, problem => PoolEstimates.Tokens(problem, 1));
        var (accuracy, tokens, path) = _revisions.MinBy(revision => Math.Abs(revision.Tokens - samples * single));
        var votes = Math.Clamp((int)Math.Round(tokens / single), 1, Samples);
        return (accuracy, tokens, path, Mean(Reasoner, problem => PoolEstimates.Majority(problem, votes)), Math.Abs(votes * single / tokens - 1));
    }

    /// <summary>The accuracy and tokens when the working is cut at a percentage of its tokens and the answer asked for at once.</summary>
    public (double Accuracy, double Tokens) Truncated(int percent) => _truncated[percent];

    /// <summary>The mean over the problems of a pool.</summary>
    public static double Mean(SamplePool pool, Func<PooledProblem, double> value) => pool.Problems.Average(value);

    private async Task ReviseAsync(SmallReasoner reasoner, IReadOnlyList<ResidueProblem> problems, int revisions, ulong seed, CancellationToken cancellation)
    {
        var strategy = new SequentialRefinementStrategy(revisions, new() { Temperature = Temperature, DraftTokens = LongestAnswer, Prompts = ReasonerPrompts.Refinement, Answers = ReasonerPool.Answers });
        var chains = await ReasonerPool.AnswerAsync(reasoner.Client, strategy, problems, ReasonerPrompts.Solve, seed, cancellation).ConfigureAwait(false);
        for (var made = 0; made <= revisions; made++)
        {
            var tokens = chains.Average(chain => chain.Account.Outcome.Candidates.Take(made + 1).Sum(version => (double)(version.Call.Usage.InputTokens + version.Call.Usage.OutputTokens)));
            _revisions.Add((chains.Average(chain => ReasonerPool.IsRight(chain.Problem, chain.Account.Outcome.Candidates[made].Text) ? 1.0 : 0), tokens, tokens));
        }
    }

    private async Task TruncateAsync(SmallReasoner reasoner, IReadOnlyList<ResidueProblem> problems, CancellationToken cancellation)
    {
        var whole = await Task.WhenAll(problems.Select(problem => reasoner.Client.GetResponseAsync(ReasonerPrompts.Chat(ReasonerPrompts.Solve(problem)), new() { Temperature = 0, MaxOutputTokens = LongestAnswer }, cancellation))).ConfigureAwait(false);
        (GreedyAccuracy, GreedyTokens) = (problems.Zip(whole).Average(pair => ReasonerPool.IsRight(pair.First, pair.Second.Text) ? 1.0 : 0), whole.Average(response => (double)response.Usage!.TotalTokenCount!));
        foreach (var percent in VerifierFreeScalingStudy.Truncations)
        {
            // The answer is continued behind the part of the working that is left, as after an end-of-thinking mark.
            var cut = problems.Zip(whole, (problem, response) => ReasonerPrompts.Solve(problem) + Beginning(ResidueTrace.Working(response.Text), percent) + "=").ToList();
            var replies = await Task.WhenAll(cut.Select(prompt => reasoner.Client.GetResponseAsync(ReasonerPrompts.Chat(prompt), new() { Temperature = 0, MaxOutputTokens = 2 }, cancellation))).ConfigureAwait(false);
            _truncated[percent] = (
                problems.Zip(replies).Average(pair => ReasonerPool.IsRight(pair.First, "=" + pair.Second.Text) ? 1.0 : 0),
                replies.Average(reply => (double)reply.Usage!.TotalTokenCount!));
        }
    }

    private static string Beginning(string working, int percent) => working[..(working.Length * percent / 100)];

    /// <summary>How much is run.</summary>
    /// <param name="Flops">Operations of training each small model.</param>
    /// <param name="Problems">Problems of the small models.</param>
    /// <param name="ShippedProblems">Problems of the shipped model.</param>
    /// <param name="Revisions">The longest chain of revisions.</param>
    internal sealed record Effort(double Flops, int Problems, int ShippedProblems, int Revisions)
    {
        public static Effort Of(Scale scale) => scale switch
        {
            Scale.Smoke => new(2e9, 2, 2, 2),
            Scale.Quick => new(8e11, 40, 6, 24),
            _ => new(2e12, 100, 24, 24),
        };
    }
}
