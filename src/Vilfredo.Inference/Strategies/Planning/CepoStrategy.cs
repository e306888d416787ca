using System.Globalization;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Stages;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>Several plans, each carried out, a final plan made of where the solutions disagree, and an answer after it; the best of several such answers (CePO, Cerebras planning and optimization, as in optillm).</summary>
/// <remarks>Plans and solutions that are empty or cut off are made up for as far as tries allow. One attempt streams; one attempt without plans is a plain call. Where an attempt gets no answer, its first solution is it.</remarks>
public sealed class CepoStrategy : InferenceStrategy
{
    private readonly CepoOptions _options;

    /// <summary>A strategy.</summary>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentException">There are fewer tries than plans.</exception>
    public CepoStrategy(CepoOptions? options = null)
    {
        _options = options ?? new();
        if (_options.Tries < _options.Plans)
            throw new ArgumentException($"{_options.Plans} plans are wanted of {_options.Tries} tries; allow at least as many tries as plans.", nameof(options));
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "cepo", "plans that are carried out and compared, a final plan and an answer after it, the best of n such answers",
        [
            CommonKnobs.Attempts("3"), new("plans", KnobKind.Integer, "plans with a solution that an answer is made of", "3") { Minimum = 0, Maximum = 64 },
            new("tries", KnobKind.Integer, "most plans that are tried for them", "6") { Minimum = 0, Maximum = 256 },
            new("choice", KnobKind.Choice, "how one of the answers is chosen: scores, comparisons of each two, or a vote", "absolute") { Choices = ["absolute", "pairwise", "majority"] },
            .. StageKnobs.Of("plan", tokens: "4096"), .. JudgeKnobs.All, CommonKnobs.Temperature("0.7"), CommonKnobs.Answer, VotingKnobs.TieBreak,
        ],
        values => new CepoStrategy(new()
        {
            Attempts = values.Integer("n"),
            Plans = values.Integer("plans"),
            Tries = values.Integer("tries"),
            Planner = StageKnobs.Settings(values, "plan"),
            Temperature = values.Number("temperature")!.Value,
            Judge = values.Text("choice") switch { "absolute" => new PointwiseJudge(settings: JudgeKnobs.Settings(values)), "pairwise" => new RoundRobinJudge(settings: JudgeKnobs.Settings(values)), _ => null },
            Votes = VotingKnobs.Rules(values),
        }))
    { Source = "Cerebras planning and optimization, optillm" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var (n, plans, tries) = (_options.Attempts, _options.Plans, _options.Tries);
            var choosing = n == 1 ? CallPlan.Fixed(0, 0) : _options.Judge?.PlanFor(n) ?? (_options.Votes.TieBreak == VoteTieBreak.Judge ? new(0, JudgeCall.Attempts, JudgeCall.Attempts) : CallPlan.Fixed(0, 0));
            var (few, many, depth) = plans == 0 ? (1, 1, 1) : (2 * plans + 2, 2 * tries + 2, 4);
            return new(n * few + choosing.Fewest, n * many + choosing.Most, depth + choosing.Depth);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_options.Attempts == 1)
        {
            var (request, made) = await PrepareAsync(run, 0, cancellation).ConfigureAwait(false);
            return await Stage.FinishAsync(run, request, made, made.FirstOrDefault(), cancellation).ConfigureAwait(false);
        }

        var attempts = await Task.WhenAll(Enumerable.Range(0, _options.Attempts).Select(attempt => AttemptAsync(run, attempt, cancellation))).ConfigureAwait(false);
        var answers = attempts.OfType<Candidate>().ToList();
        var written = Stage.Written(answers);
        if (written.Count < 2)
            return StrategyOutcome.Of(written.FirstOrDefault() ?? run.Require(answers.FirstOrDefault(), "No attempt gave an answer."), answers);
        if (_options.Judge is not { } judge)
        {
            var vote = await Vote.TakeAsync(run, written, _options.Votes, cancellation).ConfigureAwait(false);
            return StrategyOutcome.Of(vote.Winner, answers, vote.Share);
        }

        var scores = await judge.ScoreAsync(run, written, cancellation).ConfigureAwait(false);
        return StrategyOutcome.Of(written.Zip(scores).MaxBy(pair => pair.Second ?? double.NegativeInfinity).First, answers);
    }

    private async Task<Candidate?> AttemptAsync(StrategyRun run, int attempt, CancellationToken cancellation)
    {
        var (request, made) = await PrepareAsync(run, attempt, cancellation).ConfigureAwait(false);
        return await run.TryCallAsync(request, cancellation).ConfigureAwait(false) is { } answer && (!answer.IsEmpty || made.Count == 0) ? answer : made.FirstOrDefault();
    }

    // Plans, solutions and the refined plan of one answer; the request for the answer, and the solutions.
    private async Task<(CallRequest Request, List<Candidate> Solutions)> PrepareAsync(StrategyRun run, int attempt, CancellationToken cancellation)
    {
        var solutions = new List<Candidate>();
        for (var tried = 0; solutions.Count < _options.Plans && tried < _options.Tries && (tried == 0 || !run.IsOutOfBudget);)
        {
            var wanted = Math.Min(_options.Plans - solutions.Count, _options.Tries - tried);
            var first = tried;
            var solved = await Task.WhenAll(Enumerable.Range(first, wanted).Select(place => SolveAsync(run, attempt, place, cancellation))).ConfigureAwait(false);
            solutions.AddRange(solved.OfType<Candidate>());
            tried += wanted;
        }

        var refined = solutions.Count == 0 ? null : await Stage.WriteAsync(
            run, _options.Planner,
            PromptTemplate.Fill(_options.Prompts.RefinePlan, ("solutions", PromptTemplate.Numbered("Solution", solutions.Select(solution => solution.Shown()))), ("count", solutions.Count.ToString(CultureInfo.InvariantCulture))),
            new() { Role = CallRole.Distill, Sibling = attempt, After = solutions }, cancellation).ConfigureAwait(false);
        var instruction = refined is null ? null : PromptTemplate.Fill(_options.Prompts.Execute, ("plan", refined.Shown()));
        var request = Stage.Answer(run, instruction, refined is null ? [] : [refined]) with { Sibling = attempt, Temperature = _options.Temperature };
        return (request, solutions);
    }

    private async Task<Candidate?> SolveAsync(StrategyRun run, int attempt, int place, CancellationToken cancellation)
    {
        var plan = await Stage.WriteAsync(run, _options.Planner, _options.Prompts.Plan, new() { Role = CallRole.Plan, Round = attempt, Sibling = place }, cancellation).ConfigureAwait(false);
        if (plan is null || plan.IsTruncated)
            return null;
        var request = new CallRequest
        {
            Role = CallRole.Sample,
            Round = attempt,
            Sibling = place,
            After = [plan],
            Temperature = _options.Temperature,
            Messages = PromptTemplate.Append(run.Messages, PromptTemplate.Fill(_options.Prompts.Execute, ("plan", plan.Shown()))),
        };
        return await run.TryCallAsync(request, cancellation).ConfigureAwait(false) is { IsEmpty: false, IsTruncated: false } solution ? solution : null;
    }
}
