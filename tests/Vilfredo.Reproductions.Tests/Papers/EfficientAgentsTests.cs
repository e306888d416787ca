using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Agents.Search;
using Vilfredo.Inference.Running;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class EfficientAgentsTests
{
    private static readonly SimulatedSkill Faultless = SimulatedSkill.Medium with { Misread = 0, Misquery = 0, Malformed = 0, Early = 0, Misorder = 0, Misjudge = 0 };

    private static UnitContext Context(int seed = 1) => new(new RunUnit("x", "", seed), Scale.Smoke);

    [Fact]
    public async Task The_answer_to_a_question_follows_from_the_documents()
    {
        var world = new HopWorld(new(3));
        var pages = new List<string>();
        foreach (var source in world.Sources)
        {
            for (var person = 0; person < HopWorld.People; person++) pages.Add((await source.FindAsync($"p{person}", default))!.Text);
        }

        var known = new HopText(string.Join('\n', pages));
        Assert.Equal(HopWorld.People, world.Names.Distinct().Count());
        Assert.All(world.Ask(60, new(4)), question =>
        {
            var (relations, person) = HopText.Question(question.Text)!.Value;
            Assert.Equal(question.Level, (relations.Length + 1) / 2);
            Assert.Equal(question.Answer, relations.Aggregate(person, (from, relation) => known.Stated(relation, from) ?? "nobody"));
        });
    }

    [Fact]
    public async Task A_model_without_faults_finds_nearly_every_answer_with_tools_and_none_without()
    {
        var trial = new AgentTrial(30, Context());
        var configuration = AgentConfiguration.EfficientAgents with { MaximumSteps = 30, Reading = PageReading.Document };
        // It reads the first document of a person that it is shown; few facts stand in the other one alone and are not found by searching either.
        Assert.InRange((await trial.RunAsync(configuration, Faultless, true, default)).Count(attempt => attempt.Passed), 27, 30);
        Assert.All(await trial.RunAsync(new(), Faultless, false, default), attempt => Assert.False(attempt.Passed));
    }

    [Fact]
    public async Task Equal_seeds_give_equal_attempts_and_others_other_worlds()
    {
        var first = await new AgentTrial(6, Context()).RunAsync(AgentConfiguration.PaperDefault, SimulatedSkill.Small, true, default);
        Assert.Equal(first, await new AgentTrial(6, Context()).RunAsync(AgentConfiguration.PaperDefault, SimulatedSkill.Small, true, default));
        Assert.NotEqual(new AgentTrial(6, Context()).Questions, new AgentTrial(6, Context(2)).Questions);
    }

    [Fact]
    public async Task What_the_simulated_model_knows_is_in_its_prompt()
    {
        using var model = new SimulatedAgentModel(Faultless);
        var tools = new ChatOptions { Tools = [AIFunctionFactory.Create((string query) => query, "search")], Seed = 1 };
        async Task<ChatResponse> Ask(params string[] turns) => await model.GetResponseAsync([.. turns.Select(turn => new ChatMessage(ChatRole.User, turn))], tools);
        const string Question = "Who is the rival of the mentor of Ada?";
        var blank = await Ask(Question);
        Assert.Equal("mentor of Ada", Assert.Single(blank.Messages[0].Contents.OfType<FunctionCallContent>()).Arguments!["query"]);
        var half = await Ask(Question, "The guide of Ada is Ben. In the novel, the rival of Ben is Dan.");
        Assert.Equal("rival of Ben", Assert.Single(half.Messages[0].Contents.OfType<FunctionCallContent>()).Arguments!["query"]);
        Assert.StartsWith("So the mentor of Ada is Ben.", half.Text, StringComparison.Ordinal);
        Assert.EndsWith("Answer: Eva", (await Ask(Question, "So the mentor of Ada is Ben. The rival of Ben is Eva.")).Text, StringComparison.Ordinal);
        // What was concluded before is not doubted: that is what memories of reasoning carry on.
        Assert.EndsWith("Answer: Fay", (await Ask(Question, "So the mentor of Ada is Gus. The guide of Ada is Ben. The rival of Gus is Fay.")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_prompt_of_an_agent_is_understood()
    {
        using var model = new SimulatedAgentModel(Faultless);
        var world = new HopWorld(new(3));
        var question = world.Ask(3, new(5))[2];
        var configuration = AgentConfiguration.PaperDefault with { Planning = AgentPlanning.Interval, PlanInterval = 2, Memory = AgentMemory.ExtraHybrid, Attempts = 2, AllSources = true, Judge = new() { UsesSchema = false } };
        using var client = new StrategyChatClient(model, new AgentStrategy(configuration, new() { Sources = world.Sources }), new() { Seed = 1, Prices = SimulatedSkill.Prices });
        var answer = StrategyAnswer.Of(await client.GetResponseAsync(question.Text))!;
        Assert.DoesNotContain(answer.Warnings, warning => !warning.Contains("steps", StringComparison.Ordinal));
        Assert.Equal(StopReason.Completed, answer.StoppedBy);
        Assert.NotNull(answer.Calls.Cost);
    }
}
