using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Running;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Agents;

/// <summary>Scripted models that call tools, and what tests of agents have in common.</summary>
internal static class AgentModel
{
    /// <summary>A response that asks for tools, in the order given, after a text.</summary>
    public static ChatResponse Asks(string text, params (string Tool, object? X)[] calls)
    {
        AIContent[] contents =
        [
            .. text.Length > 0 ? [new TextContent(text)] : Array.Empty<AIContent>(),
            .. calls.Select((call, place) => new FunctionCallContent($"c{place}", call.Tool, new Dictionary<string, object?> { ["x"] = call.X })),
        ];
        return new(new ChatMessage(ChatRole.Assistant, contents)) { ModelId = "scripted", FinishReason = ChatFinishReason.ToolCalls, Usage = new() { InputTokenCount = 10, OutputTokenCount = 5 } };
    }

    /// <summary>The tool <c>look</c>, which gives <c>saw x</c>.</summary>
    public static AIFunction Look(Func<int, string>? see = null) => AIFunctionFactory.Create((int x) => (see ?? (value => $"saw {value}"))(x), "look", "Looks at x.");

    /// <summary>A model that looks at 1, 2, ... and then answers.</summary>
    public static ScriptedChatClient Looker(int steps) => new(call =>
    {
        var taken = call.Messages.Count(message => message.Role == ChatRole.Tool);
        return Task.FromResult(taken < steps && call.Options?.ToolMode is not NoneChatToolMode ? Asks($"think {taken + 1}", ("look", taken + 1)) : Say("Answer: done"));
    });

    public static async Task<(ChatResponse Response, StrategyAnswer Answer)> AskAsync(IChatClient model, AgentConfiguration configuration, AgentParts? parts = null, StrategySettings? settings = null, ChatOptions? options = null)
    {
        using var client = new StrategyChatClient(model, new AgentStrategy(configuration, parts ?? new() { Tools = [Look()] }), settings ?? new() { Seed = 3 });
        var response = await client.GetResponseAsync("?", options);
        return (response, StrategyAnswer.Of(response)!);
    }

    /// <summary>A chat as lines that show who said, asked and was told what.</summary>
    public static string[] Lines(IEnumerable<ChatMessage> chat) =>
    [
        .. chat.Select(message => $"{message.Role.Value}: " + string.Join(" ", message.Contents.Select(content => content switch
        {
            TextContent text => text.Text.Trim(),
            FunctionCallContent call => ToolCallAnswers.Canonical(call),
            FunctionResultContent result => $"=> {result.Result}",
            _ => content.GetType().Name,
        }))),
    ];
}
