using System.Globalization;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>Rounds of parallel answers after a schedule of breadths, each round made of the one before, and one last call (ReMoM of vLLM Semantic Router).</summary>
/// <remarks>
/// A round is over when its quorum has answered; calls that are still under way then are cancelled. A round in which nothing succeeds leaves the next one with the answers before it.
/// Where the last call gives nothing, the first answer of the last round that has any is the answer.
/// </remarks>
public sealed class RemomStrategy : InferenceStrategy
{
    private static readonly Dictionary<string, ModelDistribution> Distributions = new(StringComparer.Ordinal)
    {
        ["round_robin"] = ModelDistribution.RoundRobin,
        ["equal"] = ModelDistribution.Equal,
        ["weighted"] = ModelDistribution.Weighted,
        ["first_only"] = ModelDistribution.FirstOnly,
    };

    private readonly RemomOptions _options;
    private readonly IReadOnlyList<IReadOnlyList<int>> _models;

    /// <summary>Rounds.</summary>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentException">Weights are wanted, and there is not one of at least 1 for each model.</exception>
    public RemomStrategy(RemomOptions? options = null)
    {
        _options = options ?? new();
        if (_options.Distribution == ModelDistribution.Weighted && (_options.Models.Count == 0 || _options.Weights.Count != _options.Models.Count || _options.Weights.Any(weight => weight < 1)))
            throw new ArgumentException($"{_options.Weights.Count} weights are given for {_options.Models.Count} models; give one weight of at least 1 for each model, or another distribution.", nameof(options));
        _models = [.. _options.Breadth.Append(1).Select((breadth, round) => SharesOf(_options, breadth, _options.Breadth.Take(round).Sum()))];
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "remom", "rounds of parallel answers, each made of the one before, and a last call",
        [
            new("breadth", KnobKind.Integers, "calls of each round before the last call", "8-4") { Minimum = 1, Maximum = 1024 }, new("models", KnobKind.Models, "the models that answer", null),
            new("distribution", KnobKind.Choice, "how calls are shared out among the models", "round_robin") { Choices = [.. Distributions.Keys] },
            new("weights", KnobKind.Integers, "of distribution: weighted, the weight of each model", null) { Minimum = 1, Maximum = 1_000_000 },
            new("kept_tokens", KnobKind.Integer, "last tokens of an answer that the next round sees; all when left out", null) { Minimum = 1, Maximum = 10_000_000 },
            new("quorum", KnobKind.Number, "share of a round's calls with which it is over", "1") { Minimum = 0.001, Maximum = 1 },
            new("reasoning", KnobKind.Flag, "whether the next round sees reasoning too", "false"), CommonKnobs.Temperature("1"),
        ],
        values => new RemomStrategy(new()
        {
            Breadth = values.Integers("breadth"),
            Models = values.Models("models"),
            Distribution = Distributions[values.Text("distribution")!],
            Weights = values.Text("weights") is null ? [] : values.Integers("weights"),
            KeptTokens = values.Text("kept_tokens") is null ? null : values.Integer("kept_tokens"),
            Quorum = values.Number("quorum")!.Value,
            IncludesReasoning = values.Flag("reasoning"),
            Temperature = values.Number("temperature")!.Value,
        }))
    { Source = "vLLM Semantic Router" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => new(_options.Breadth.Sum(QuorumOf) + 1, _options.Breadth.Sum() + 1, _options.Breadth.Count + 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<Candidate> last = [];
        var all = new List<Candidate>();
        foreach (var (round, breadth) in _options.Breadth.Index())
        {
            if (round > 0 && run.IsOutOfBudget)
                break;
            var answers = await RoundAsync(run, last, round, breadth, cancellation).ConfigureAwait(false);
            all.AddRange(answers);
            if (Stage.Written(answers) is { Count: > 0 } written)
                last = written;
        }

        var request = Request(run, last, _options.Breadth.Count, 0) with { Role = CallRole.Final };
        return await Stage.FinishAsync(run, request, all, last.FirstOrDefault(), cancellation).ConfigureAwait(false);
    }

    /// <summary>The model of each call of a round.</summary>
    internal static IReadOnlyList<int> SharesOf(RemomOptions options, int breadth, int before)
    {
        var count = options.Models.Count;
        if (count == 0 || options.Distribution == ModelDistribution.FirstOnly)
            return new int[breadth];
        if (options.Distribution != ModelDistribution.Weighted)
            return [.. Enumerable.Range(options.Distribution == ModelDistribution.RoundRobin ? before : 0, breadth).Select(place => place % count)];
        var total = options.Weights.Sum(weight => (double)weight);
        var exact = options.Weights.Select(weight => breadth * weight / total).ToList();
        var shares = exact.Select(share => (int)Math.Floor(share + 1e-9)).ToArray();
        foreach (var model in Enumerable.Range(0, count).OrderByDescending(model => exact[model] - shares[model]).Take(breadth - shares.Sum()).ToList())
            shares[model]++;
        return [.. shares.SelectMany((share, model) => Enumerable.Repeat(model, share))];
    }

    private int QuorumOf(int breadth) => (int)Math.Ceiling(_options.Quorum * breadth - 1e-9);

    private async Task<List<Candidate>> RoundAsync(StrategyRun run, List<Candidate> before, int round, int breadth, CancellationToken cancellation)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var quorum = QuorumOf(breadth);
        var running = Enumerable.Range(0, breadth).Select(sibling => CallAsync(run, Request(run, before, round, sibling) with { CountsPartial = quorum < breadth }, rest.Token, cancellation)).ToList();
        var answers = new List<Candidate>();
        try
        {
            await foreach (var call in Task.WhenEach(running).ConfigureAwait(false))
            {
                if (await call.ConfigureAwait(false) is not { } answer)
                    continue;
                answers.Add(answer);
                if (answers.Count(one => !one.IsEmpty) == quorum && quorum < breadth)
                    await rest.CancelAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            // The first call that is cancelled from outside throws; the others are ending.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (answers.Count < quorum)
            run.Warn(string.Create(CultureInfo.InvariantCulture, $"{answers.Count} of {breadth} calls of round {round + 1} succeeded; the quorum is {quorum}."));
        return [.. answers.OrderBy(answer => answer.Call.Sibling)];
    }

    private static async Task<Candidate?> CallAsync(StrategyRun run, CallRequest request, CancellationToken round, CancellationToken cancellation)
    {
        try
        {
            return await run.TryCallAsync(request, round).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private CallRequest Request(StrategyRun run, List<Candidate> before, int round, int sibling) => new()
    {
        Role = CallRole.Sample,
        Round = round,
        Sibling = sibling,
        Temperature = _options.Temperature,
        After = before,
        Client = _options.Models.Count > 0 ? _options.Models[_models[round][sibling]] : null,
        Messages = before.Count == 0 ? null : PromptTemplate.Append(run.Messages, PromptTemplate.Fill(
            _options.Prompts.Aggregate, ("answers", PromptTemplate.Numbered("Answer", before.Select(answer => Compact(run, answer)))), ("count", before.Count.ToString(CultureInfo.InvariantCulture)))),
    };

    private string Compact(StrategyRun run, Candidate answer)
    {
        var reasoning = string.Concat(answer.Response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
        var text = !_options.IncludesReasoning ? answer.Shown() : reasoning.Length == 0 ? answer.Text : $"{reasoning}\n\n{answer.Text}";
        return _options.KeptTokens is { } limit ? TextWindow.Last(text, limit, run.Settings.Tokens) : text;
    }
}
