using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents.Tools;

/// <summary>An agent, or any other strategy, as a tool of another agent: a manager hands it a task and gets its answer (the search sub-agent of Wang et al., arXiv 2508.02694). Its calls are in the manager's budget and account.</summary>
public sealed class AgentTool : AIFunction
{
    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"task":{"type":"string","description":"The task with everything that is needed to do it."}},"required":["task"]}""");

    private readonly InferenceStrategy _strategy;
    private readonly IChatClient? _client;

    /// <summary>A tool.</summary>
    /// <param name="name">What the manager calls it.</param>
    /// <param name="description">What it is good for.</param>
    /// <param name="strategy">Does the task.</param>
    /// <param name="client">Its model; null means the manager's.</param>
    public AgentTool(string name, string description, InferenceStrategy strategy, IChatClient? client = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentNullException.ThrowIfNull(strategy);
        (Name, Description, _strategy, _client) = (name, description, strategy, client);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override JsonElement JsonSchema => Schema;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var context = ToolCallContext.Of(arguments) ?? throw new InvalidOperationException($"'{Name}' works inside an agent only: it answers with the agent's model and budget.");
        var settings = context.Run.Settings with { Budget = Budgets.Budget.Unlimited };
        using var client = new StrategyChatClient(_client ?? context.Run.Client, _strategy, settings);
        var answer = await context.TryCallAsync(
            new() { Role = AgentRoles.Delegate, Client = client, Messages = [new(ChatRole.User, ToolArguments.Text(arguments, "task"))], OverridesOptions = true }, cancellationToken).ConfigureAwait(false);
        return answer?.Text ?? throw new InvalidOperationException("it gave no answer.");
    }
}
