using System.Globalization;
using System.Text.Json;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Stages;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>Agents of different temperatures answer, aggregate each other's answers, share their ways of solving, and are verified in two passes and corrected until verified answers agree; a vote settles it, or else one answer is made of all (MARS of optillm; the aggregation is that of recursive self-aggregation, Venkatraman et al., arXiv 2509.26626).</summary>
/// <remarks>
/// The pool that is verified is the last population of the aggregation, or the agents' first answers without one, and the answers with shared strategies.
/// An answer counts as verified when all passes find it right; passes without a valid verdict count as objections without words. The vote is over the verified answers, over the whole pool where none is.
/// One agent without aggregation, sharing and iterations is a plain call.
/// </remarks>
public sealed class MarsStrategy : InferenceStrategy
{
    private const string Schema = """
        {"type":"object","properties":{"verdict":{"type":"object","properties":{"correct":{"type":"boolean"},"flaws":{"type":"string"}},"required":["correct","flaws"],"additionalProperties":false}},"required":["verdict"],"additionalProperties":false}
        """;

    private readonly MarsOptions _options;

    /// <summary>A group of agents.</summary>
    /// <param name="options">Null means the defaults.</param>
    public MarsStrategy(MarsOptions? options = null) => _options = options ?? new();

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "mars", "agents that answer, aggregate, share strategies, are verified and corrected, and vote",
        [
            Count("agents", "agents", "3", 1), new("coolest", KnobKind.Number, "temperature of the first agent, where the caller sets none", "0.3") { Minimum = 0, Maximum = 2 },
            new("hottest", KnobKind.Number, "temperature of the last agent, where the caller sets none", "1") { Minimum = 0, Maximum = 2 },
            Count("aggregations", "rounds of aggregation", "3", 0), Count("population", "answers that a round of aggregation makes", "6", 1), Count("selected", "answers that each of them is made of", "3", 1),
            new("share", KnobKind.Flag, "whether agents answer anew with the ways of solving of all", "true"), Count("iterations", "most rounds of verification and correction", "5", 0),
            Count("passes", "judgements that must all find an answer right", "2", 1), Count("agreement", "verified answers that must agree", "2", 1),
            .. JudgeKnobs.All.Select(knob => knob.Name == "judge_tokens" ? knob with { Default = "1024" } : knob), .. StageKnobs.Of("share"), CommonKnobs.Answer, VotingKnobs.TieBreak,
        ],
        values => new MarsStrategy(new()
        {
            Agents = values.Integer("agents"),
            Coolest = values.Number("coolest")!.Value,
            Hottest = values.Number("hottest")!.Value,
            Aggregations = values.Integer("aggregations"),
            Population = values.Integer("population"),
            Selected = values.Integer("selected"),
            SharesStrategies = values.Flag("share"),
            Iterations = values.Integer("iterations"),
            Passes = values.Integer("passes"),
            Agreement = values.Integer("agreement"),
            Verifier = JudgeKnobs.Settings(values),
            Sharing = StageKnobs.Settings(values, "share"),
            Votes = VotingKnobs.Rules(values),
        }))
    { Source = "optillm; aggregation: Venkatraman et al., arXiv 2509.26626" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var o = _options;
            var shared = o.SharesStrategies ? 1 + o.Agents : 0;
            var pool = (o.Aggregations > 0 ? o.Population : o.Agents) + (o.SharesStrategies ? o.Agents : 0);
            var fewest = o.Agents + o.Aggregations * o.Population + shared + (o.Iterations > 0 ? pool * o.Passes : 0);
            var verifying = o.Iterations * pool * o.Passes * JudgeCall.Attempts + Math.Max(0, o.Iterations - 1) * pool;
            var tie = (o.Votes.TieBreak == VoteTieBreak.Judge ? JudgeCall.Attempts : 0) + (pool > 1 ? 1 : 0);
            var depth = 1 + o.Aggregations + (o.SharesStrategies ? 2 : 0) + o.Iterations * JudgeCall.Attempts + Math.Max(0, o.Iterations - 1) + tie;
            return new(fewest, o.Agents + o.Aggregations * o.Population + shared + verifying + tie, depth);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_options is { Agents: 1, Aggregations: 0, SharesStrategies: false, Iterations: 0 })
            return await Stage.FinishAsync(run, First(0), [], null, cancellation).ConfigureAwait(false);
        var first = await run.SampleAsync([.. Enumerable.Range(0, _options.Agents).Select(First)], cancellation).ConfigureAwait(false);
        var all = first.ToList();
        var answers = Stage.Written(first);
        if (answers.Count == 0)
            return StrategyOutcome.Of(first[0], first);
        answers = await AggregateAsync(run, answers, all, cancellation).ConfigureAwait(false);
        if (_options.SharesStrategies)
            answers = [.. answers, .. await ShareAsync(run, answers, all, cancellation).ConfigureAwait(false)];
        var pool = answers.Select(answer => new Member(answer)).ToList();
        var isSettled = await VerifyAsync(run, pool, all, cancellation).ConfigureAwait(false);
        return await SettleAsync(run, pool, all, isSettled, cancellation).ConfigureAwait(false);
    }

    private static Knob Count(string name, string summary, string value, int least) => new(name, KnobKind.Integer, summary, value) { Minimum = least, Maximum = 256 };

    private CallRequest First(int agent) => new() { Role = CallRole.Sample, Sibling = agent, Temperature = _options.TemperatureOf(agent) };

    private async Task<List<Candidate>> AggregateAsync(StrategyRun run, List<Candidate> answers, List<Candidate> all, CancellationToken cancellation)
    {
        for (var round = 0; round < _options.Aggregations && !run.IsOutOfBudget; round++)
        {
            var from = answers;
            var made = await run.CallAllAsync(
                Enumerable.Range(0, _options.Population).Select(place =>
                {
                    var drawn = from.ToArray();
                    run.RandomFor(string.Create(CultureInfo.InvariantCulture, $"mars/select/{round}/{place}")).Shuffle(drawn.AsSpan());
                    var chosen = drawn.Take(_options.Selected).ToList();
                    return Agent(run, CallRole.Revise, round, place, Fill(_options.Prompts.Aggregate, chosen), chosen);
                }), cancellation).ConfigureAwait(false);
            all.AddRange(made);
            if (Stage.Written(made) is { Count: > 0 } written)
                answers = written;
        }

        return answers;
    }

    private async Task<List<Candidate>> ShareAsync(StrategyRun run, List<Candidate> answers, List<Candidate> all, CancellationToken cancellation)
    {
        var place = new CallRequest { Role = CallRole.Distill, After = answers };
        if (await Stage.WriteAsync(run, _options.Sharing, Fill(_options.Prompts.Strategies, answers), place, cancellation).ConfigureAwait(false) is not { } strategies)
            return [];
        var instruction = PromptTemplate.Fill(_options.Prompts.UseStrategies, ("strategies", strategies.Shown()));
        // Round 1 of the attempts: the agents' seeds of round 0 are those of their first answers.
        var made = await run.CallAllAsync(Enumerable.Range(0, _options.Agents).Select(agent => Agent(run, CallRole.Sample, 1, agent, instruction, [strategies])), cancellation).ConfigureAwait(false);
        all.AddRange(made);
        return Stage.Written(made);
    }

    private CallRequest Agent(StrategyRun run, string role, int round, int place, string instruction, IReadOnlyList<Candidate> after) => new()
    {
        Role = role,
        Round = round,
        Sibling = place,
        After = after,
        Temperature = _options.TemperatureOf(place % _options.Agents),
        Messages = PromptTemplate.Append(run.Messages, instruction),
    };

    // Returns whether verified answers agreed.
    private async Task<bool> VerifyAsync(StrategyRun run, List<Member> pool, List<Candidate> all, CancellationToken cancellation)
    {
        for (var iteration = 0; iteration < _options.Iterations && !run.IsOutOfBudget; iteration++)
        {
            await Task.WhenAll(pool.Index().Where(pair => !pair.Item.IsVerified).Select(pair => JudgeAsync(run, pair.Item, iteration, pair.Index, cancellation))).ConfigureAwait(false);
            if (Classes(pool.Where(member => member.IsVerified)).Any(count => count >= _options.Agreement))
                return true;
            if (iteration + 1 == _options.Iterations || pool.TrueForAll(member => member.IsVerified) || run.IsOutOfBudget)
                break;
            var objected = pool.Index().Where(pair => !pair.Item.IsVerified).ToList();
            await Task.WhenAll(objected.Select(async pair =>
            {
                var instruction = PromptTemplate.Fill(_options.Prompts.Correct, ("flaws", pair.Item.Flaws.Length > 0 ? pair.Item.Flaws : "It could not be confirmed."));
                var request = Agent(run, CallRole.Revise, _options.Aggregations + iteration, pair.Index, "", [pair.Item.Answer, .. pair.Item.Verdicts]) with { Messages = Stage.Reply(run, pair.Item.Answer.Shown(), instruction) };
                if (await run.TryCallAsync(request, cancellation).ConfigureAwait(false) is { IsEmpty: false } corrected)
                    pool[pair.Index] = new(corrected);
            })).ConfigureAwait(false);
            all.AddRange(pool.Select(member => member.Answer).Except(all));
        }

        return false;
    }

    private async Task JudgeAsync(StrategyRun run, Member member, int iteration, int index, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(_options.Prompts.Verify, ("question", PromptTemplate.QuestionOf(run.Messages)), ("answer", member.Answer.Shown()));
        var verdicts = await Task.WhenAll(Enumerable.Range(0, _options.Passes).Select(pass =>
            JudgeCall.AskAsync(run, _options.Verifier, prompt, "verdict", Schema, Read, JudgeCall.Place(iteration, index * _options.Passes + pass, [member.Answer]), cancellation))).ConfigureAwait(false);
        member.IsVerified = verdicts.All(verdict => verdict is { Value.IsCorrect: true });
        member.Verdicts = [.. verdicts.Where(verdict => verdict is not null).Select(verdict => verdict!.Value.Call)];
        member.Flaws = string.Join('\n', verdicts.Where(verdict => verdict is { Value.IsCorrect: false }).Select(verdict => $"- {verdict!.Value.Value.Flaws}"));
    }

    private async Task<StrategyOutcome> SettleAsync(StrategyRun run, List<Member> pool, List<Candidate> all, bool isSettled, CancellationToken cancellation)
    {
        var verified = pool.Where(member => member.IsVerified).Select(member => member.Answer).ToList();
        List<Candidate> voters = verified.Count > 0 ? verified : [.. pool.Select(member => member.Answer)];
        var vote = await Vote.TakeAsync(run, voters, _options.Votes, cancellation).ConfigureAwait(false);
        var agreeing = vote.Classes.FirstOrDefault(option => option.Members.Contains(vote.Winner))?.Members.Count ?? 0;
        if (voters.Count == 1 || agreeing >= Math.Max(2, _options.Agreement))
            return StrategyOutcome.Of(vote.Winner, all, vote.Share, isSettled);
        return await Stage.FinishAsync(run, Stage.Answer(run, Fill(_options.Prompts.Aggregate, voters), voters), all, vote.Winner, cancellation).ConfigureAwait(false);
    }

    private IEnumerable<int> Classes(IEnumerable<Member> members) =>
        members.Select(member => Vote.BallotOf(member.Answer, _options.Votes.Answers)).OfType<string>().GroupBy(answer => answer, StringComparer.Ordinal).Select(group => group.Count());

    private static string Fill(string template, List<Candidate> answers) => PromptTemplate.Fill(
        template, ("answers", PromptTemplate.Numbered("Answer", answers.Select(answer => answer.Shown()))), ("count", answers.Count.ToString(CultureInfo.InvariantCulture)));

    private static Verdict? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("correct", out var correct) || correct.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return null;
        return new(correct.GetBoolean(), value.TryGetProperty("flaws", out var flaws) && flaws.ValueKind == JsonValueKind.String ? flaws.GetString()!.Trim() : "");
    }

    private readonly record struct Verdict(bool IsCorrect, string Flaws);

    private sealed class Member(Candidate answer)
    {
        public Candidate Answer => answer;

        public bool IsVerified { get; set; }

        public string Flaws { get; set; } = "";

        public IReadOnlyList<Candidate> Verdicts { get; set; } = [];
    }
}
