using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents.Tools;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents.Memory;

/// <summary>Makes the chat that a step sees, and keeps up what the memory needs after it.</summary>
internal sealed class StepMemory(StrategyRun run, AgentConfiguration configuration, AgentParts parts)
{
    // A digest is looked up when the chat has more messages than this.
    private const int MessagesBeforeLookup = 4;

    private readonly AgentPrompts _prompts = parts.Prompts;
    private readonly bool _digests = configuration.Memory is AgentMemory.Summarised or AgentMemory.ExtraSummarised or AgentMemory.ExtraHybrid;
    private readonly bool _notes = configuration.Memory is AgentMemory.ExtraFixed or AgentMemory.ExtraHybrid;

    /// <summary>The chat: the question, the plan behind it, the steps that are remembered, and notes.</summary>
    public IReadOnlyList<ChatMessage> Chat(Trajectory trajectory)
    {
        var chat = run.Messages;
        if (trajectory.Plan is { } plan)
            chat = PromptTemplate.Append(chat, PromptTemplate.Fill(_prompts.PlanShown, ("facts", trajectory.Facts ?? ""), ("plan", plan)));
        chat = [.. chat, .. Shown(trajectory.Steps).SelectMany(Messages)];
        var notes = new List<string>();
        if (_digests && trajectory.Memory.Found is { } found)
            notes.Add(PromptTemplate.Fill(_prompts.DigestShown, ("digest", found)));
        if (_notes && trajectory.Memory.Notes is { } text)
            notes.Add(PromptTemplate.Fill(_prompts.NotesShown, ("notes", text)));
        if (trajectory.Reflection is { } reflection)
            notes.Add(PromptTemplate.Fill(_prompts.ReflectionShown, ("reflection", reflection)));
        return notes.Count == 0 ? chat : PromptTemplate.Append(chat, string.Join("\n\n", notes));
    }

    /// <summary>Takes the last step into the memory.</summary>
    public async Task<Trajectory> RememberAsync(Trajectory trajectory, CancellationToken cancellation)
    {
        var step = TrajectoryText.Of(trajectory.Steps[^1]);
        if (_digests)
            trajectory = await DigestAsync(trajectory, step, cancellation).ConfigureAwait(false);
        if (_notes && await AskAsync(trajectory, 1, PromptTemplate.Fill(_prompts.Notes, ("question", Question), ("notes", trajectory.Memory.Notes ?? "none"), ("step", step)), cancellation).ConfigureAwait(false) is { } written)
            trajectory = trajectory with { Memory = trajectory.Memory with { Notes = written.Text.Trim() }, Tail = [.. trajectory.Tail, written] };
        return trajectory;
    }

    private string Question => PromptTemplate.QuestionOf(run.Messages);

    private async Task<Trajectory> DigestAsync(Trajectory trajectory, string step, CancellationToken cancellation)
    {
        if (await AskAsync(trajectory, 0, PromptTemplate.Fill(_prompts.Digest, ("question", Question), ("step", step)), cancellation).ConfigureAwait(false) is not { } digest)
            return trajectory;
        trajectory = trajectory with { Tail = [.. trajectory.Tail, digest] };
        var text = digest.Text.Trim();
        var vector = WordVectors.Of(text);
        if (parts.Embedder is { } embedder)
        {
            if (await EmbedAsync(embedder, text, trajectory, digest, cancellation).ConfigureAwait(false) is not { } embedded)
                return trajectory;
            vector = embedded.Vector;
            trajectory = trajectory with { Tail = [.. trajectory.Tail, embedded.Call] };
        }

        var state = trajectory.Memory;
        var isLong = run.Messages.Count + (2 * trajectory.Steps.Count) > MessagesBeforeLookup;
        var found = isLong && state.Digests.Count > 0 ? state.Digests.MaxBy(one => WordVectors.Cosine(one.Vector, vector)).Text : null;
        return trajectory with { Memory = state with { Digests = [.. state.Digests, (text, vector)], Found = found } };
    }

    private async Task<(Candidate Call, float[] Vector)?> EmbedAsync(IEmbeddingGenerator<string, Embedding<float>> embedder, string text, Trajectory trajectory, Candidate digest, CancellationToken cancellation)
    {
        var request = new CallRequest { Role = AgentRoles.Embed, Round = trajectory.Steps.Count - 1, Sibling = trajectory.Attempt, After = [digest] };
        var model = (embedder.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;
        var made = await run.TryOtherCallAsync(
            request, model, run.Settings.Tokens.Count(text),
            async token =>
            {
                var generated = await embedder.GenerateAsync([text], null, token).ConfigureAwait(false);
                return (generated[0].Vector.ToArray(), generated.Usage?.InputTokenCount);
            },
            cancellation).ConfigureAwait(false);
        return made is { } one ? (one.Call, one.Value) : null;
    }

    private Task<Candidate?> AskAsync(Trajectory trajectory, int kind, string prompt, CancellationToken cancellation) => run.TryCallAsync(
        new()
        {
            Role = AgentRoles.Memory,
            Round = ((trajectory.Steps.Count - 1) * 2) + kind,
            Sibling = trajectory.Attempt,
            Client = parts.MemoryModel,
            Messages = [new(ChatRole.User, prompt)],
            After = trajectory.Tail,
            OverridesOptions = true,
        },
        cancellation);

    private IEnumerable<AgentStep> Shown(IReadOnlyList<AgentStep> steps) => configuration.Memory switch
    {
        AgentMemory.None or AgentMemory.Summarised => steps.TakeLast(1),
        AgentMemory.Recent => steps.TakeLast(configuration.MemoryWindow),
        _ => steps,
    };

    private IEnumerable<ChatMessage> Messages(AgentStep step)
    {
        if (step.Results.Count == 0)
        {
            yield return new(ChatRole.User, _prompts.EmptyReply);
            yield break;
        }

        if (configuration.Memory == AgentMemory.Simple)
        {
            yield return new(ChatRole.Assistant, [.. step.Results.Select(result => (AIContent)Asked(result.Call))]);
        }
        else
        {
            foreach (var message in step.Reply.Response.Messages)
            {
                var copy = message.Clone();
                copy.Contents = [.. message.Contents.Select(content => content is FunctionCallContent { Exception: not null } call ? Asked(call) : content)];
                yield return copy;
            }
        }

        yield return new(ChatRole.Tool, [.. step.Results.Select(result => (AIContent)new FunctionResultContent(result.Call.CallId, result.Observation))]);
    }

    // What a provider could not parse cannot be sent back to it.
    private static FunctionCallContent Asked(FunctionCallContent call) => call.Exception is null ? call : new(call.CallId, call.Name, call.Arguments ?? new Dictionary<string, object?>());
}
