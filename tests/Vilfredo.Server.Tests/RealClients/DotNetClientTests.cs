using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using Vilfredo.Inference.Tests;
using Vilfredo.Server.Keys;

namespace Vilfredo.Server.Tests.RealClients;

/// <summary>OpenAI's .NET client, unchanged.</summary>
public class DotNetClientTests
{
    [Fact]
    public async Task It_completes_streams_lists_models_and_understands_errors()
    {
        await using var server = await RunningServer.StartAsync(name => new ScriptedChatClient(_ => "Answer: 4", name), options => options with { Keys = [ApiKey.Of("team", "sk-team")] });
        var client = Client(server, "sk-team");
        var answer = (await client.GetChatClient("vote").CompleteChatAsync(new UserChatMessage("2+2?"))).Value;
        Assert.Equal(("Answer: 4", 60, ChatFinishReason.Stop), (answer.Content[0].Text, answer.Usage.TotalTokenCount, answer.FinishReason));

        var (words, tokens) = ("", 0);
        await foreach (var update in client.GetChatClient("cheap").CompleteChatStreamingAsync([new UserChatMessage("2+2?")]))
        {
            words += string.Concat(update.ContentUpdate.Select(part => part.Text));
            tokens = update.Usage?.TotalTokenCount ?? tokens;
        }

        Assert.Equal(("Answer: 4 ", 12), (words, tokens));
        Assert.Contains("frontier/test", (await client.GetOpenAIModelClient().GetModelsAsync()).Value.Select(model => model.Id));
        Assert.Equal(404, (await Assert.ThrowsAsync<ClientResultException>(() => client.GetChatClient("no-such-model").CompleteChatAsync(new UserChatMessage("x")))).Status);
        Assert.Equal(401, (await Assert.ThrowsAsync<ClientResultException>(() => Client(server, "sk-other").GetChatClient("cheap").CompleteChatAsync(new UserChatMessage("x")))).Status);
    }

    [Fact]
    public async Task Its_tools_reach_the_model_and_their_calls_come_back()
    {
        var model = new ScriptedChatClient(call => call.Messages.Count == 1
            ? Task.FromResult(new Microsoft.Extensions.AI.ChatResponse(new Microsoft.Extensions.AI.ChatMessage(
                Microsoft.Extensions.AI.ChatRole.Assistant, [new Microsoft.Extensions.AI.FunctionCallContent("c1", "add", new Dictionary<string, object?> { ["a"] = 2 })]))
            { FinishReason = Microsoft.Extensions.AI.ChatFinishReason.ToolCalls })
            : Task.FromResult(ScriptedChatClient.Say("It is 4.")));
        await using var server = await RunningServer.StartAsync(_ => model);
        var chat = Client(server, "none").GetChatClient("cheap");
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("add", "adds", BinaryData.FromString("""{"type":"object","properties":{"a":{"type":"number"}}}""")) } };
        List<ChatMessage> messages = [new UserChatMessage("2+2?")];
        var asked = (await chat.CompleteChatAsync(messages, options)).Value;
        var call = Assert.Single(asked.ToolCalls);
        Assert.Equal(("add", """{"a":2}"""), (call.FunctionName, call.FunctionArguments.ToString()));
        messages.Add(new AssistantChatMessage(asked));
        messages.Add(new ToolChatMessage(call.Id, "4"));
        Assert.Equal("It is 4.", (await chat.CompleteChatAsync(messages, options)).Value.Content[0].Text);
    }

    private static OpenAIClient Client(RunningServer server, string key) =>
        new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(server.Server.Address, "/v1"), RetryPolicy = new ClientRetryPolicy(0) });
}
