using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Agents.Selection;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Inference.Serving;
using Vilfredo.Inference.Tests.Evaluation;
using Vilfredo.Studies;
using Vilfredo.Studies.Yaml;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Agents;

public class AgentCatalogTests
{
    private const string Model = "models: [{ name: m, endpoint: \"http://127.0.0.1:1/v1\", price: { input: 1, output: 2 } }]\n";

    [Fact]
    public void Knobs_that_are_left_out_give_the_plain_agent()
    {
        var agent = Assert.IsType<AgentStrategy>(StrategyCatalog.Build("agent", new Dictionary<string, string>()));
        Assert.Equal(new AgentConfiguration(), agent.Configuration);
        Assert.Same(StrategyCatalog.Find("agent"), StrategyCatalog.Find("react"));
    }

    [Fact]
    public void Knobs_give_the_settings_that_they_name()
    {
        var values = new Dictionary<string, string>
        {
            ["max_steps"] = "8",
            ["planning"] = "once",
            ["memory"] = "extra_hybrid",
            ["search"] = "multi",
            ["queries"] = "5",
            ["n"] = "4",
            ["selection"] = "step_wise",
            ["merge"] = "majority",
            ["restate"] = "true",
        };
        var configuration = Assert.IsType<AgentStrategy>(StrategyCatalog.Build("agent", values)).Configuration;
        Assert.Equal(
            AgentConfiguration.PaperDefault with { MaximumSteps = 8, AllSources = true, QueryRewrites = 5, Memory = AgentMemory.ExtraHybrid, Attempts = 4, Selection = TrajectorySearch.StepWise, Merge = TrajectoryMerge.Majority }, configuration);
        Assert.Contains("full", Assert.Throws<FormatException>(() => StrategyCatalog.Build("agent", new Dictionary<string, string> { ["memory"] = "elephant" })).Message, StringComparison.Ordinal);
        Assert.Contains("even number", Assert.Throws<FormatException>(() => StrategyCatalog.Build("agent", new Dictionary<string, string> { ["n"] = "3", ["selection"] = "beam" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_point_of_the_search_space_is_an_agent()
    {
        using var study = Study.Create(AgentSpace.Space, [Objective.Minimize("cost")]);
        for (var i = 0; i < 50; i++)
        {
            Assert.True(study.Ask().TryGetTrial(out var trial));
            _ = new AgentStrategy(AgentSpace.Read(trial.Configuration));
            study.Tell(trial, [i]);
        }
    }

    [Fact]
    public async Task An_evaluation_gives_agents_a_corpus_beside_its_file_and_pays_again_only_when_it_changes()
    {
        using var folder = new EvaluationFolder();
        folder.With("people.jsonl", """{"id": "1", "title": "Ada", "text": "The boss of Ada is Ben."}""").With("questions.jsonl", """{"question": "Who is the boss of Ada?", "answer": "Ben"}""");
        var model = new ScriptedChatClient(call => Task.FromResult(call.Messages.LastOrDefault(message => message.Role == ChatRole.Tool)?.Contents[0] is FunctionResultContent { Result: var seen }
            ? Say("Answer: " + (seen!.ToString()!.Contains("Ben.", StringComparison.Ordinal) ? "Ben" : "nobody"))
            : new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("s", "search", new Dictionary<string, object?> { ["query"] = "boss Ada" })])) { Usage = new() { InputTokenCount = 9, OutputTokenCount = 4 } }));
        const string Rest = "strategies: [single, { strategy: agent, corpus: people.jsonl, max_steps: [2, 4] }]\ntasks: [{ file: questions.jsonl, format: plain }]\n";
        var definition = folder.Load(Model + Rest);
        Assert.Equal("m:agent:corpus=people:max_steps=2", definition.Points[1].Name);
        var first = await folder.RunAsync(definition, model);
        Assert.Equal([0.0, 1, 1], first.Points.Select(point => point.Answers[0][0].Grade == Vilfredo.Measurement.Tasks.Grade.Correct ? 1.0 : 0));
        Assert.Equal(0, (await folder.RunAsync(folder.Load(Model + Rest), model)).Spent.Calls);
        folder.With("people.jsonl", """{"id": "1", "title": "Ada", "text": "The boss of Ada is Eva."}""");
        var changed = await folder.RunAsync(folder.Load(Model + Rest), model);
        Assert.Equal((4, 1), (changed.Spent.Calls, changed.RecordedAnswers));

        var mistake = Assert.Throws<YamlFileException>(() => folder.Load(Model + Rest.Replace("people", "persons", StringComparison.Ordinal)));
        Assert.Contains("no corpus", mistake.Message, StringComparison.Ordinal);
    }
}
