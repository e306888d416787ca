using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Agents.Tools;
using Vilfredo.Inference.Answers;
using static Vilfredo.Inference.Tests.Agents.AgentModel;

namespace Vilfredo.Inference.Tests.Agents;

public class TextToolTests
{
    private static readonly AIFunctionDeclaration[] Tools = [Look(), AIFunctionFactory.Create((string query) => query, "search", "Searches."), AIFunctionFactory.Create((string a, int b) => a, "both", "Takes two.")];

    [Theory]
    [InlineData("Action: look\nInput: {\"x\": 1}", "look({\"x\":1})")]
    [InlineData("I think.\n**Action:** look\n**Input:** {\"x\": 1}\n", "look({\"x\":1})")]
    [InlineData("Action: `look`\nAction Input: ```json\n{\"x\": 1}\n```", "look({\"x\":1})")]
    [InlineData("Action: search\nInput: the boss of Ada", "search({\"query\":\"the boss of Ada\"})")]
    [InlineData("Action: search[the boss]", "search({\"query\":\"the boss\"})")]
    [InlineData("Action: look({\"x\": 4})", "look({\"x\":4})")]
    [InlineData("Action: look\nInput: {\"x\": 1}\nAction: look\nInput: {\"x\": 2}", "look({\"x\":1}) look({\"x\":2})")]
    [InlineData("Action: look\nInput: {\"x\": 1}\nObservation: saw 9\nAction: look\nInput: {\"x\": 2}", "look({\"x\":1})")]
    [InlineData("<tool_call>\n{\"name\": \"look\", \"arguments\": {\"x\": 3}}\n</tool_call>", "look({\"x\":3})")]
    [InlineData("Action: look", "look({})")]
    [InlineData("The action was hard. Answer: 4", "")]
    public void Calls_are_read_in_the_forms_that_models_write(string text, string calls) =>
        Assert.Equal(calls, string.Join(' ', TextToolProtocol.Read(text, Tools).Calls.Select(ToolCallAnswers.Canonical)));

    [Theory]
    [InlineData("Action: look\nInput: {\"x\": 1")]
    [InlineData("Action: both\nInput: something")]
    [InlineData("<tool_call>{\"nme\": 1}</tool_call>")]
    public void Malformed_input_is_a_call_that_says_so(string text) => Assert.NotNull(Assert.Single(TextToolProtocol.Read(text, Tools).Calls).Exception);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var call = new FunctionCallContent("c", "both", new Dictionary<string, object?> { ["a"] = "x \"y\"\n z", ["b"] = 3 });
        Assert.Equal(ToolCallAnswers.Canonical(call), ToolCallAnswers.Canonical(Assert.Single(TextToolProtocol.Read("So. \n" + TextToolProtocol.Write(call), Tools).Calls)));
    }

    [Fact]
    public async Task An_agent_works_with_a_model_that_only_writes_text()
    {
        var model = new ScriptedChatClient("I look.\nAction: look\nInput: {\"x\": 1}\nObservation: made up\nAnswer: 9", "Action: look\nInput: {\"x\": 2", "Action: look\nInput: {\"x\": 2}", "Answer: saw it");
        var (response, answer) = await AskAsync(model, new() { Protocol = AgentProtocol.Text });
        Assert.Equal("Answer: saw it", response.Text);
        Assert.All(model.Calls, call => Assert.Null(call.Options!.Tools));
        Assert.All(model.Calls, call => Assert.Contains("\nObservation", call.Options!.StopSequences!));
        Assert.StartsWith("user: ? \n\nYou can use these tools:\n- look: Looks at x. Input: {\"x\": integer}\n".Replace(" \n\n", " ", StringComparison.Ordinal), Lines(model.Calls[0].Messages)[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "assistant: I look.\nAction: look\nInput: {\"x\":1}", "user: Observation of look: saw 1",
                "assistant: Action: look\nInput: {}", "user: Observation of look: The arguments of 'look' are malformed: They are no JSON object. Write them as one JSON object.",
                "assistant: Action: look\nInput: {\"x\":2}", "user: Observation of look: saw 2",
            ],
            Lines(model.Calls[3].Messages)[1..]);
        Assert.Equal(4, answer.Calls.Calls.Count);
    }

    [Fact]
    public async Task The_closing_call_shows_the_history_and_no_tools()
    {
        var model = new ScriptedChatClient("Why.\nAction: look\nInput: {\"x\": 1}", "Answer: 1");
        await AskAsync(model, new() { Protocol = AgentProtocol.Text, MaximumSteps = 1, Memory = AgentMemory.Simple });
        Assert.Equal(["user: ?", "assistant: Action: look\nInput: {\"x\":1}", $"user: Observation of look: saw 1 {new AgentPrompts().BestAnswer}"], Lines(model.Calls[1].Messages));
    }

    [Fact]
    public async Task A_text_model_gets_function_calling_for_other_clients_too()
    {
        var model = new ScriptedChatClient("Action: look\nInput: {\"x\": 1}", "Answer: 1");
        using var client = new FunctionInvokingChatClient(new TextToolChatClient(model));
        Assert.Equal("Answer: 1", (await client.GetResponseAsync("?", new() { Tools = [Look()] })).Text);
        var streamed = new ScriptedChatClient("So.\nAction: look\nInput: {\"x\": 1}", "Answer: 1");
        using var streaming = new FunctionInvokingChatClient(new TextToolChatClient(streamed));
        var text = "";
        await foreach (var update in streaming.GetStreamingResponseAsync("?", new() { Tools = [Look()] }))
            text += update.Text;
        Assert.Contains("Answer: 1", text, StringComparison.Ordinal);
        Assert.Equal(2, streamed.Calls.Count);
    }
}
