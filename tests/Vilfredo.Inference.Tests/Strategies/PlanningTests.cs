using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Planning;
using Vilfredo.Inference.Strategies.Stages;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Strategies;

public class PlanningTests
{
    private static async Task<(ChatResponse Response, StrategyAnswer Answer)> Ask(IChatClient model, InferenceStrategy strategy, string question = "why", StrategySettings? settings = null)
    {
        using var client = new StrategyChatClient(model, strategy, settings ?? new() { MaximumConcurrency = 1, Seed = 3 });
        var response = await client.GetResponseAsync(question);
        return (response, StrategyAnswer.Of(response)!);
    }

    private static bool Has(ScriptedCall call, string text) => call.Last.Contains(text, StringComparison.Ordinal);

    [Fact]
    public async Task Plan_search_hands_observations_on_to_a_solution_and_that_to_the_answer()
    {
        var model = new ScriptedChatClient("OBSERVED", "DERIVED", "SOLUTION", "done");
        var (response, answer) = await Ask(model, new PlanSearchStrategy());
        Assert.Equal(("done", 4), (response.Text, model.Calls.Count));
        Assert.True(Has(model.Calls[1], "OBSERVED") && Has(model.Calls[2], "OBSERVED\nDERIVED") && Has(model.Calls[3], "SOLUTION") && !Has(model.Calls[3], "OBSERVED"));
        Assert.All(model.Calls, call => Assert.StartsWith("why", call.Last, StringComparison.Ordinal));
        Assert.Equal([2], answer.Calls.Calls[3].Parents);
    }

    [Fact]
    public async Task A_planner_of_its_own_writes_the_plan_and_a_plan_in_the_reply_takes_one_call()
    {
        var (planner, model) = (new ScriptedChatClient("first A then B"), new ScriptedChatClient("done"));
        Assert.Equal("done", (await Ask(model, new PlanAndSolveStrategy(planner: new StageSettings { Client = planner }))).Response.Text);
        Assert.Equal((1, 1), (planner.Calls.Count, model.Calls.Count));
        Assert.True(Has(model.Calls[0], "first A then B"));
        await Ask(model, new PlanAndSolveStrategy(PlanPlacement.Reply));
        Assert.StartsWith("why\n\nFirst understand", model.Calls[1].Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_whose_solutions_were_cut_off_are_made_up_for_as_far_as_tries_allow()
    {
        ScriptedChatClient Model(int cut)
        {
            var solved = 0;
            return new(call => Task.FromResult(
                Has(call, "Write a plan") ? Say("PLAN") : Has(call, "disagree") ? Say("REFINED") : Has(call, "REFINED") ? Say("final") : solved++ < cut ? Say("cut", finish: ChatFinishReason.Length) : Say($"solution {solved}")));
        }

        var (two, all) = (Model(2), Model(99));
        var strategy = new CepoStrategy(new() { Attempts = 1, Plans = 3, Tries = 6 });
        Assert.Equal(("final", 5 + 5 + 2), ((await Ask(two, strategy)).Response.Text, two.Calls.Count));
        Assert.True(Has(two.Calls[^2], "[Solution 3]\nsolution 5"));
        Assert.Equal((6 + 6 + 1, "why"), (await Ask(all, strategy) is var _ ? all.Calls.Count : 0, all.Calls[^1].Last));
    }

    [Theory]
    [InlineData("absolute", "final 9")]
    [InlineData("majority", "final 5")]
    public async Task The_best_of_several_planned_answers_is_scored_or_voted_for(string choice, string expected)
    {
        var finals = new Queue<string>(["final 5", "final 9", "final 5"]);
        var model = new ScriptedChatClient(call => Has(call, "\"score\":") ? $$"""{"score": {{(Has(call, "final 9") ? 8 : 3)}}}""" : Has(call, "REFINED") ? finals.Dequeue() : Has(call, "disagree") ? "REFINED" : "text");
        var strategy = Catalog.StrategyCatalog.Build("cepo", new Dictionary<string, string> { ["n"] = "3", ["plans"] = "1", ["choice"] = choice });
        Assert.Equal(expected, (await Ask(model, strategy)).Response.Text);
    }

    [Fact]
    public async Task Self_discover_goes_on_with_the_modules_that_were_chosen()
    {
        var model = new ScriptedChatClient("""I take {"modules": [3, 1, 3, 40]}""", "ADAPTED", "STRUCTURE", "done");
        var (response, _) = await Ask(model, new SelfDiscoverStrategy(["alpha", "beta", "gamma"]));
        Assert.Equal("done", response.Text);
        Assert.True(Has(model.Calls[0], "2. beta") && Has(model.Calls[1], "1. gamma\n2. alpha\n") && !Has(model.Calls[1], "beta") && Has(model.Calls[2], "ADAPTED") && Has(model.Calls[3], "STRUCTURE"));
    }

    [Fact]
    public async Task Principles_come_from_attempts_at_examples_whose_answers_are_known()
    {
        var model = new ScriptedChatClient(call => Has(call, "quickly") ? "ATTEMPT" : Has(call, "Compare the attempt") ? "MISTAKE" : Has(call, "single examples") ? "GENERAL" : Has(call, "would have prevented") ? "LOW" : "done");
        var (response, _) = await Ask(model, new LeapStrategy([new("q1", "a1"), new("q2", "a2")]));
        Assert.Equal(("done", 2 * 2 + 3), (response.Text, model.Calls.Count));
        Assert.Contains(model.Calls, call => Has(call, "Right answer:\na2") && Has(call, "ATTEMPT"));
        Assert.Contains("GENERAL", model.Calls[^1].Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_answer_of_a_round_trip_sees_the_description_and_not_the_question()
    {
        var model = new ScriptedChatClient("code", "describes the task", "code again", "merged");
        var (response, _) = await Ask(model, new RoundTripStrategy(), "SECRET question");
        Assert.Equal("merged", response.Text);
        Assert.Equal((ChatRole.Assistant, "code"), (model.Calls[1].Messages[^2].Role, model.Calls[1].Messages[^2].Text));
        Assert.DoesNotContain(model.Calls[2].Messages, message => message.Text.Contains("SECRET", StringComparison.Ordinal));
        Assert.True(Has(model.Calls[2], "describes the task") && Has(model.Calls[3], "[First]\ncode") && Has(model.Calls[3], "[Second]\ncode again"));
    }

    private static string Pages(int count) => string.Join("\n\n", Enumerable.Range(1, count).Select(i => $"Page {i} says that item {i} costs {i * 7} crowns, and nothing else of note."));

    [Fact]
    public async Task A_long_text_is_read_in_parts_and_answered_from_notes_in_its_place()
    {
        var model = new ScriptedChatClient(call => Has(call, "item 9 costs") ? "item 9: 63" : Has(call, "of a long text:") ? "NONE." : "63 crowns");
        var (response, answer) = await Ask(model, new MapReduceStrategy(200, 100), Pages(20) + "\n\nWhat does item 9 cost?");
        Assert.Equal("63 crowns", response.Text);
        Assert.Contains("(A long text stood here.", model.Calls[^1].Last, StringComparison.Ordinal);
        Assert.EndsWith("What does item 9 cost?", model.Calls[^1].Last, StringComparison.Ordinal);
        Assert.True(Has(model.Calls[^1], "item 9: 63") && !Has(model.Calls[^1], "NONE") && !Has(model.Calls[^1], "Page 9"));
        Assert.All(answer.Calls.Calls.SkipLast(1), call => Assert.Equal(CallRole.Distill, call.Role));
    }

    [Fact]
    public async Task Notes_that_do_not_fit_are_merged_round_by_round()
    {
        var model = new ScriptedChatClient(call => Has(call, "Notes on consecutive parts") ? "merged note " + new string('m', 100) : Has(call, "of a long text:") ? new string('n', 300) : "done");
        var (response, answer) = await Ask(model, new MapReduceStrategy(200, 100), Pages(40) + "<CONTEXT_END>Which is cheapest?");
        Assert.Equal("done", response.Text);
        Assert.True(answer.Calls.Calls.Count(call => call.Round > 0) >= 3);
        Assert.True(Has(model.Calls[^1], "merged note") && model.Calls[^1].Last.EndsWith("Which is cheapest?", StringComparison.Ordinal));
    }

    [Fact]
    public void The_text_of_another_turn_is_context_and_the_rest_stays()
    {
        ChatMessage[] chat = [new(ChatRole.System, Pages(5)), new(ChatRole.User, "Summarise.")];
        var context = LongContext.Find(chat, "|")!;
        Assert.Equal((0, Pages(5), "Summarise."), (context.Turn, context.Text, context.Question));
        var replaced = context.Replace(chat, "notes");
        Assert.Equal([(ChatRole.System, "notes"), (ChatRole.User, "Summarise.")], replaced.Select(message => (message.Role, message.Text)));
        Assert.Null(LongContext.Find([new(ChatRole.User, "one line without a question behind it")], "|"));
    }

    [Fact]
    public void Chunks_are_the_text_and_break_where_texts_break()
    {
        var counter = new CharacterTokenCounter();
        var text = Pages(30) + " 🐑🐑🐑" + new string('x', 500);
        var chunks = TextWindow.Chunks(text, 50, counter);
        Assert.Equal(text, string.Concat(chunks));
        Assert.All(chunks, chunk => Assert.InRange(counter.Count(chunk), 1, 50));
        Assert.All(chunks.Take(10), chunk => Assert.EndsWith("\n\n", chunk, StringComparison.Ordinal));
        Assert.Equal(["abc"], TextWindow.Chunks("abc", 50, counter));
        Assert.Equal("xxxx", TextWindow.Last("abcdxxxx", 1, counter));
    }
}
