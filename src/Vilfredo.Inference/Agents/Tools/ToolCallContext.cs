using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents.Tools;

/// <summary>What a tool may know of the answer that it is called for. A tool that calls models does so here, so that those calls are budgeted, seeded and on the account.</summary>
public sealed class ToolCallContext
{
    private readonly List<Candidate> _made = [];
    private readonly Lock _lock = new();

    internal ToolCallContext(StrategyRun run, int step, int place, Candidate? asked) => (Run, Step, Place, Asked) = (run, step, place, asked);

    /// <summary>The run.</summary>
    public StrategyRun Run { get; }

    /// <summary>The number of the step, from 0.</summary>
    public int Step { get; }

    /// <summary>The place of the call among all calls of tools in the step, those of other attempts included.</summary>
    public int Place { get; }

    /// <summary>The response that asked for the tool.</summary>
    public Candidate? Asked { get; }

    internal IReadOnlyList<Candidate> Made
    {
        get
        {
            lock (_lock)
                return [.. _made];
        }
    }

    /// <summary>The context of a call; null when the tool is called by something else than an agent.</summary>
    public static ToolCallContext? Of(AIFunctionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Context?.TryGetValue(typeof(ToolCallContext), out var context) == true ? context as ToolCallContext : null;
    }

    /// <summary>Makes a call of a model on the account of the answer; null when a budget forbids it or it fails.</summary>
    /// <param name="request">The call. Its round and place are set: those of the step and the tool's call.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Candidate?> TryCallAsync(CallRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var made = await Run.TryCallAsync(request with { Round = Step, Sibling = Place, After = Asked is null ? request.After : [Asked, .. request.After] }, cancellation).ConfigureAwait(false);
        if (made is not null)
        {
            lock (_lock)
                _made.Add(made);
        }

        return made;
    }
}
