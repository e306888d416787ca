using System.Globalization;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Agents.Search;
using Vilfredo.Inference.Agents.Selection;
using Vilfredo.Inference.Agents.Tools;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents;

/// <summary>The parts of an agent's round, each of which makes a longer trajectory of a shorter one: plan, act (think, call tools, observe), settle (remember, reflect), finish (answer).</summary>
internal sealed class AgentLoop : IDisposable
{
    private const int UsualPage = 1500;

    // What a step and an observation are taken for, in tokens, before one has been seen.
    private const int UsualTokens = 64;

    private readonly StrategyRun _run;
    private readonly AgentConfiguration _configuration;
    private readonly AgentParts _parts;
    private readonly List<AITool> _tools;
    private readonly HashSet<string> _handed;
    private readonly IChatClient? _client;
    private readonly StepMemory _memory;
    private readonly ToolRunner _runner;

    public AgentLoop(StrategyRun run, AgentConfiguration configuration, AgentParts parts)
    {
        (_run, _configuration, _parts) = (run, configuration, parts);
        Verifier = parts.Verifier ?? new PromptedVerifier(configuration.Judge, parts.Prompts);
        List<AIFunction> own = [.. parts.Tools, .. SearchTools(configuration, parts)];
        if (own.GroupBy(tool => tool.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two tools are called '{twice.Key}'; give each a name of its own.", nameof(parts));
        var names = own.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        List<AITool> callers = [.. (run.Options?.Tools ?? []).Where(tool => !names.Contains(tool.Name))];
        _tools = [.. own, .. callers];
        _handed = callers.Where(tool => tool is AIFunctionDeclaration and not AIFunction).Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        _client = configuration.Protocol == AgentProtocol.Text && _tools.Count > 0 ? new TextToolChatClient(run.Client) : null;
        _memory = new(run, configuration, parts);
        _runner = new(run, configuration, [.. _tools.OfType<AIFunction>()]);
    }

    public ITrajectoryVerifier Verifier { get; }

    /// <summary>Whether the first reply is the answer, word by word.</summary>
    private bool IsPlain => _tools.Count == 0 && _configuration is { Attempts: 1, Restates: false };

    private string Question => PromptTemplate.QuestionOf(_run.Messages);

    /// <summary>Search tools as a configuration has them.</summary>
    public static IReadOnlyList<AIFunction> SearchTools(AgentConfiguration configuration, AgentParts parts)
    {
        if (parts.Sources.Count == 0)
            return [];
        IReadOnlyList<ISearchSource> sources = configuration.AllSources ? parts.Sources : [parts.Sources[0]];
        var tools = new List<AIFunction> { new SearchTool(sources, configuration.SearchResults, configuration.QueryRewrites, parts.RewriteModel, parts.Prompts) };
        if (configuration.Reading != PageReading.None)
            tools.Add(new ReadTool(sources, configuration.Reading == PageReading.Document ? null : UsualPage));
        if (configuration.Reading == PageReading.Find)
            tools.Add(new FindTool(sources));
        return tools;
    }

    /// <summary>Plans where it is time to.</summary>
    public async Task<Trajectory> PlanAsync(Trajectory trajectory, CancellationToken cancellation)
    {
        var taken = trajectory.Steps.Count;
        var isDue = _configuration.Planning != AgentPlanning.None && trajectory.End == TrajectoryEnd.None
            && (taken == 0 ? trajectory.Plan is null : _configuration.Planning == AgentPlanning.Interval && taken % _configuration.PlanInterval == 0);
        if (!isDue)
            return trajectory;
        var prompts = _parts.Prompts;
        var (tools, steps) = (TrajectoryText.Of(_tools), (_configuration.MaximumSteps - taken).ToString(CultureInfo.InvariantCulture));
        var transcript = taken == 0 ? "" : TrajectoryText.Of(trajectory);
        var facts = await AskAsync(
            CallRole.Plan, taken * 2,
            PromptTemplate.Fill(taken == 0 ? prompts.Facts : prompts.FactsUpdate, ("question", Question), ("tools", tools), ("facts", trajectory.Facts ?? "none"), ("transcript", transcript)),
            trajectory, cancellation).ConfigureAwait(false);
        if (facts is null)
            return trajectory;
        trajectory = trajectory with { Facts = facts.Text.Trim(), Tail = [.. trajectory.Tail, facts] };
        var plan = await AskAsync(
            CallRole.Plan, (taken * 2) + 1,
            PromptTemplate.Fill(taken == 0 ? prompts.Plan : prompts.PlanUpdate, ("question", Question), ("tools", tools), ("facts", trajectory.Facts), ("steps", steps), ("transcript", transcript)),
            trajectory, cancellation).ConfigureAwait(false);
        return plan is null ? trajectory : trajectory with { Plan = plan.Text.Trim(), Tail = [.. trajectory.Tail, plan] };
    }

    /// <summary>Takes a step: the model answers, or asks for tools, which are run.</summary>
    public async Task<Trajectory> ActAsync(Trajectory trajectory, CancellationToken cancellation)
    {
        if (trajectory.End != TrajectoryEnd.None)
            return trajectory;
        var (chat, step) = (_memory.Chat(trajectory), trajectory.Steps.Count);
        if (_tools.Count > 0 && !HasRoom(trajectory, chat))
        {
            _run.EndForBudget("The budget has no room for a further step and an answer after it, so the agent answers with what it has.");
            return trajectory with { End = TrajectoryEnd.Budget };
        }

        var request = new CallRequest
        {
            // Without tools there is nothing to do step by step: it is an attempt at the question.
            Role = _tools.Count == 0 ? CallRole.Sample : CallRole.Step,
            Round = step,
            Sibling = trajectory.Attempt,
            Messages = chat,
            After = trajectory.Tail,
            Client = _client,
            Temperature = _configuration.Temperature,
            Configure = GiveTools(null),
        };
        var reply = IsPlain
            ? await _run.TryFinalCallAsync(request, cancellation).ConfigureAwait(false)
            : await _run.TryCallAsync(request, cancellation).ConfigureAwait(false);
        if (reply is null)
            return trajectory with { End = _run.IsOutOfBudget ? TrajectoryEnd.Budget : TrajectoryEnd.Failure };
        trajectory = trajectory with { Tail = [reply], Reflection = null };
        var calls = CallsOf(reply);
        if (calls.Any(call => _handed.Contains(call.Name)))
            return trajectory with { Answer = reply, End = TrajectoryEnd.Handed };
        if (calls.Count == 0 && (_tools.Count == 0 || !reply.IsEmpty))
            return trajectory with { Answer = reply, End = TrajectoryEnd.Answered };
        var (results, made) = await _runner.RunAsync(calls, reply, step, trajectory.Attempt, cancellation).ConfigureAwait(false);
        trajectory = trajectory with { Steps = [.. trajectory.Steps, new(reply, results)], Tail = [reply, .. made] };
        if (IsLoop(trajectory.Steps))
        {
            _run.Warn($"The agent made the same calls with the same results {_configuration.LoopLimit} times in a row; it was asked for its best answer.");
            return trajectory with { End = TrajectoryEnd.Loop };
        }

        if (trajectory.Steps.Count < _configuration.MaximumSteps)
            return trajectory;
        _run.Warn($"The agent took all of its {_configuration.MaximumSteps} steps without an answer; it was asked for its best one.");
        return trajectory with { End = TrajectoryEnd.Steps };
    }

    /// <summary>Remembers the last step, and looks back at it where it was judged badly.</summary>
    public async Task<Trajectory> SettleAsync(Trajectory trajectory, CancellationToken cancellation)
    {
        if (trajectory.End is not (TrajectoryEnd.None or TrajectoryEnd.Steps or TrajectoryEnd.Loop) || trajectory.Steps.Count == 0)
            return trajectory;
        trajectory = await _memory.RememberAsync(trajectory, cancellation).ConfigureAwait(false);
        if (!_configuration.Reflects || trajectory.End != TrajectoryEnd.None)
            return trajectory;
        var round = trajectory.Steps.Count - 1;
        var place = new CallRequest { Role = CallRole.Critique, Round = round, Sibling = trajectory.Attempt, After = trajectory.Tail };
        if (await Verifier.ProgressAsync(_run, trajectory, place, cancellation).ConfigureAwait(false) is not { } progress)
            return trajectory;
        trajectory = trajectory with { Tail = [.. trajectory.Tail, progress.Call] };
        if (progress.Score > _configuration.ReflectionThreshold)
            return trajectory;
        var prompt = PromptTemplate.Fill(_parts.Prompts.Reflection, ("question", Question), ("transcript", TrajectoryText.Of(trajectory)));
        return await AskAsync(AgentRoles.Reflect, round, prompt, trajectory, cancellation).ConfigureAwait(false) is { } reflection
            ? trajectory with { Reflection = reflection.Text.Trim(), Tail = [.. trajectory.Tail, reflection] }
            : trajectory;
    }

    /// <summary>Sees to it that there is an answer, if there is anything to make one of.</summary>
    /// <param name="trajectory">The trajectory, ended.</param>
    /// <param name="isOnly">Whether this answer is the strategy's, so that it may be passed on word by word.</param>
    /// <param name="cancellation">Ends the calls.</param>
    public async Task<Trajectory> FinishAsync(Trajectory trajectory, bool isOnly, CancellationToken cancellation)
    {
        if (trajectory.End == TrajectoryEnd.Handed)
            return trajectory;
        if (trajectory.Answer is null && (trajectory.Steps.Count > 0 || trajectory.End == TrajectoryEnd.Budget))
        {
            var request = new CallRequest
            {
                Role = CallRole.Final,
                Round = trajectory.Steps.Count,
                Sibling = trajectory.Attempt,
                Messages = PromptTemplate.Append(_memory.Chat(trajectory), _parts.Prompts.BestAnswer),
                After = trajectory.Tail,
                Client = _client,
                Temperature = _configuration.Temperature,
                Configure = GiveTools(ChatToolMode.None),
            };
            var answer = isOnly && !_configuration.Restates
                ? await _run.TryFinalCallAsync(request, cancellation).ConfigureAwait(false)
                : await _run.TryCallAsync(request, cancellation).ConfigureAwait(false);
            trajectory = trajectory with { Answer = TextAlone(answer) ?? LastWords(trajectory), Tail = answer is null ? trajectory.Tail : [answer] };
        }

        if (!_configuration.Restates || trajectory.Answer is not { } given)
            return trajectory;
        var prompt = PromptTemplate.Fill(
            _parts.Prompts.Restate, ("question", Question), ("transcript", trajectory.Steps.Count == 0 ? "Nothing." : TrajectoryText.Of(trajectory with { Answer = null })), ("answer", given.Text));
        var restating = new CallRequest
        {
            Role = CallRole.Final,
            Round = trajectory.Steps.Count + 1,
            Sibling = trajectory.Attempt,
            Messages = [PromptTemplate.Turn(prompt, _run.Messages)],
            After = trajectory.Tail,
            OverridesOptions = true,
        };
        var restated = isOnly ? await _run.TryFinalCallAsync(restating, cancellation).ConfigureAwait(false) : await _run.TryCallAsync(restating, cancellation).ConfigureAwait(false);
        return restated is null || restated.IsEmpty ? trajectory : trajectory with { Answer = restated, Tail = [restated] };
    }

    /// <summary>What a trajectory did last, so that equal steps are equal texts: its calls, or its answer.</summary>
    public static string? LastDeed(Trajectory trajectory) =>
        trajectory.Answer is { } answer ? "answer " + AnswerExtractors.Named("auto").Extract(answer.Text)
        : trajectory.Steps.Count == 0 ? null
        : string.Join('\n', trajectory.Steps[^1].Results.Select(result => ToolCallAnswers.Canonical(result.Call)));

    public void Dispose() => _runner.Dispose();

    private Task<Candidate?> AskAsync(string role, int round, string prompt, Trajectory trajectory, CancellationToken cancellation) => _run.TryCallAsync(
        new() { Role = role, Round = round, Sibling = trajectory.Attempt, Messages = [PromptTemplate.Turn(prompt, _run.Messages)], After = trajectory.Tail, OverridesOptions = true }, cancellation);

    private Action<ChatOptions>? GiveTools(ChatToolMode? mode) => _tools.Count == 0 ? null : options =>
    {
        options.Tools = [.. _tools];
        // What must be called first need not be called for ever: the caller's wish would never let the agent answer.
        options.ToolMode = mode ?? ChatToolMode.Auto;
    };

    // Calls that a provider has run itself are told for information only.
    private static List<FunctionCallContent> CallsOf(Candidate reply) =>
        [.. reply.Response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Where(call => !call.InformationalOnly)];

    private bool IsLoop(IReadOnlyList<AgentStep> steps)
    {
        if (steps.Count < _configuration.LoopLimit)
            return false;
        var last = Deeds(steps[^1]);
        return steps.TakeLast(_configuration.LoopLimit).All(step => Deeds(step) == last);

        static string Deeds(AgentStep step) => string.Join('\n', step.Results.Select(result => ToolCallAnswers.Canonical(result.Call) + " " + result.Observation));
    }

    private bool HasRoom(Trajectory trajectory, IReadOnlyList<ChatMessage> chat)
    {
        var (tokens, steps) = (_run.Settings.Tokens, trajectory.Steps);
        var input = tokens.Count(chat) + tokens.Count(_tools);
        var output = _run.Options?.MaxOutputTokens ?? steps.Select(step => step.Reply.Call.Usage.OutputTokens).DefaultIfEmpty(UsualTokens).Max();
        var observed = steps.Select(step => step.Results.Sum(result => tokens.Count(result.Observation))).DefaultIfEmpty(UsualTokens).Max();
        return _run.Fits((input, output), (input + output + observed, output));
    }

    private static Candidate? TextAlone(Candidate? answer)
    {
        if (answer is null || string.IsNullOrWhiteSpace(answer.Text))
            return null;
        if (CallsOf(answer).Count == 0)
            return answer;
        return answer with { Response = new(new ChatMessage(ChatRole.Assistant, answer.Text)) { ModelId = answer.Response.ModelId, ResponseId = answer.Response.ResponseId, FinishReason = ChatFinishReason.Stop } };
    }

    // What there is when no answer can be asked for: what the agent wrote last, or else what it saw last.
    private Candidate? LastWords(Trajectory trajectory)
    {
        var written = trajectory.Steps.LastOrDefault(step => !string.IsNullOrWhiteSpace(step.Reply.Text));
        var seen = trajectory.Steps.LastOrDefault(step => step.Results.Any(result => !result.Failed));
        if ((written ?? seen) is not { } last)
            return null;
        var text = written is not null ? written.Reply.Text.Trim() : last.Results.Last(result => !result.Failed).Observation;
        _run.Warn(written is not null ? "No answer could be asked for; what the agent wrote last stands in for it." : "No answer could be asked for and the agent has written nothing; what it saw last stands in for it.");
        return new(last.Reply.Call, new(new ChatMessage(ChatRole.Assistant, text)) { ModelId = last.Reply.Response.ModelId });
    }
}
