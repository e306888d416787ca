using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Sequential revision: the model is shown its own answer as a turn of the chat and asked to revise it, some times over; several chains vote (Wang et al., arXiv 2504.14047).</summary>
/// <remarks>
/// Without revisions it is a majority vote over the chains, and a plain call where there is one. The last revision of a single chain is streamed, unless it may be the word that there is
/// nothing to revise. An answer that calls tools ends its chain, since only the caller can run them. Thinking is not shown to the model again.
/// </remarks>
public sealed class SequentialRevisionStrategy : InferenceStrategy
{
    private readonly SequentialRevisionOptions _options;

    /// <summary>Chains of revisions.</summary>
    /// <param name="options">Null means the defaults.</param>
    public SequentialRevisionStrategy(SequentialRevisionOptions? options = null) => _options = options ?? new();

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "sequential_revision", "the model revises its own answer in the chat, some times over; several chains vote",
        [
            RefinementKnobs.Rounds("revisions", "revisions of each chain", "2"), new("chains", KnobKind.Integer, "independent chains", "1") { Minimum = 1, Maximum = 1024 },
            new("history", KnobKind.Choice, "versions that a revision sees", "last") { Choices = ["last", "all"] },
            new("stop", KnobKind.Choice, "when a chain ends: fixed, when the model says it is done, or when two versions have the same answer", "fixed") { Choices = ["fixed", "done", "same"] },
            new("final", KnobKind.Choice, "last takes the last version (a vote over the chains' last ones), vote a vote over all versions", "last") { Choices = ["last", "vote"] },
            RefinementKnobs.OptionalTemperature, CommonKnobs.Answer, VotingKnobs.TieBreak, new("revise_model", KnobKind.Model, "the model that revises", null),
        ],
        values => new SequentialRevisionStrategy(new()
        {
            Revisions = values.Integer("revisions"),
            Chains = values.Integer("chains"),
            History = values.Text("history") == "all" ? RevisionHistory.All : RevisionHistory.Last,
            Stop = values.Text("stop") switch { "done" => RevisionStop.ModelSaysDone, "same" => RevisionStop.SameAnswerTwice, _ => RevisionStop.Fixed },
            VotesOverVersions = values.Text("final") == "vote",
            Temperature = values.Number("temperature"),
            Rules = VotingKnobs.Rules(values),
            ReviseClient = values.Model("revise_model"),
        }))
    { Source = "Wang et al., arXiv 2504.14047" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var judge = _options.Rules.TieBreak == VoteTieBreak.Judge && (_options.Chains > 1 || (_options.VotesOverVersions && _options.Revisions > 0)) ? 1 : 0;
            var fewest = _options.Stop == RevisionStop.Fixed ? _options.Revisions : Math.Min(1, _options.Revisions);
            return new(_options.Chains * (1 + fewest), _options.Chains * (1 + _options.Revisions) + judge, 1 + _options.Revisions + judge);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        VotingStrategy.WarnOfNoDiversity(run, _options.Chains, _options.Temperature ?? 1);
        var chains = (await Task.WhenAll(Enumerable.Range(0, _options.Chains).Select(chain => ReviseAsync(run, chain, cancellation))).ConfigureAwait(false)).Where(chain => chain.Versions.Count > 0).ToList();
        if (chains.Count < Math.Min(_options.Chains, run.Settings.MinimumSuccessful) && !(run.IsOutOfBudget && chains.Count > 0))
            throw run.Failed($"{chains.Count} of {_options.Chains} chains have an answer; at least {Math.Min(_options.Chains, run.Settings.MinimumSuccessful)} must.");
        List<Candidate> all = [.. chains.SelectMany(chain => chain.Versions)];
        var ends = _options.VotesOverVersions ? all : [.. chains.Select(chain => chain.Versions[^1])];
        var stopped = chains.Exists(chain => chain.StoppedEarly);
        if (ends.Count == 1)
            return StrategyOutcome.Of(ends[0], all, stoppedEarly: stopped);
        var vote = await Vote.TakeAsync(run, ends, _options.Rules, cancellation).ConfigureAwait(false);
        return StrategyOutcome.Of(vote.Winner, all, vote.Share, stopped);
    }

    private async Task<(List<Candidate> Versions, bool StoppedEarly)> ReviseAsync(StrategyRun run, int chain, CancellationToken cancellation)
    {
        var first = new CallRequest { Role = CallRole.Sample, Sibling = chain, Temperature = _options.Temperature };
        var start = await CallAsync(run, first, cancellation).ConfigureAwait(false);
        List<Candidate> versions = start is null ? [] : [start];
        for (var revision = 1; revision <= _options.Revisions && start is not null; revision++)
        {
            if (ToolCallAnswers.Of(versions[^1].Response) is not null)
                return (versions, true);
            var next = await CallAsync(run, RequestOf(run, versions, revision, chain), cancellation).ConfigureAwait(false);
            if (next is null)
                break;
            if (_options.Stop == RevisionStop.ModelSaysDone && IsDone(next))
                return (versions, revision < _options.Revisions);
            if (!next.IsEmpty)
                versions.Add(next);
            if (_options.Stop == RevisionStop.SameAnswerTwice && revision < _options.Revisions && HasSameAnswer(versions))
                return (versions, true);
        }

        return (versions, false);
    }

    // The last call of a single chain is the answer, whatever it says.
    private Task<Candidate?> CallAsync(StrategyRun run, CallRequest request, CancellationToken cancellation) =>
        _options is { Chains: 1, VotesOverVersions: false } && request.Round == _options.Revisions && (_options.Revisions == 0 || _options.Stop != RevisionStop.ModelSaysDone)
            ? run.TryFinalCallAsync(request, cancellation)
            : run.TryCallAsync(request, cancellation);

    private CallRequest RequestOf(StrategyRun run, List<Candidate> versions, int revision, int chain)
    {
        IReadOnlyList<Candidate> seen = _options.History == RevisionHistory.All ? versions : [versions[^1]];
        var asked = _options.Stop == RevisionStop.ModelSaysDone ? PromptTemplate.Fill(_options.Prompts.ReviseOrDone, ("done", _options.Prompts.Done)) : _options.Prompts.Revise;
        return new()
        {
            Role = CallRole.Revise,
            Round = revision,
            Sibling = chain,
            After = seen,
            Client = _options.ReviseClient,
            Temperature = _options.Temperature,
            Messages = run.MessagesWith(seen.SelectMany(version => (ChatMessage[])[new(ChatRole.Assistant, Draft.Of(version).Text), new(ChatRole.User, asked)])),
        };
    }

    private bool IsDone(Candidate reply) =>
        Draft.Of(reply).Text.Trim().Trim('.', '!', '"', '\'', '*').Equals(_options.Prompts.Done, StringComparison.OrdinalIgnoreCase);

    private bool HasSameAnswer(List<Candidate> versions) =>
        versions.Count > 1 && Vote.BallotOf(versions[^1], _options.Rules.Answers) is { } answer && answer == Vote.BallotOf(versions[^2], _options.Rules.Answers);
}
