using System.Net;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Routing.Featurization;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Predictors;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.Inference.Tests;
using Vilfredo.Server.Hosting;
using Vilfredo.Server.Keys;

namespace Vilfredo.Server.Tests;

/// <summary>Strategies that requests name themselves.</summary>
public class StrategyTests
{
    private const string Question = """[{"role":"user","content":"2+2?"}]""";

    private static readonly Func<ServerOptions, ServerOptions> Allowed = options => options with { AllowsStrategies = true };

    [Theory]
    [InlineData(""" "model":"majority_voting-small" """, "majority_voting-small", 8)]
    [InlineData(""" "model":"self_consistency_voting-none" """, null, 0)]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"majority_voting","knobs":{"n":3} } """, "majority_voting-small", 3)]
    [InlineData(""" "model":"small","optillm_approach":"majority_voting","vilfredo":{"budget":{"max_calls":2} } """, "majority_voting-small", 2)]
    [InlineData(""" "model":"small" """, "single-small", 1)]
    [InlineData(""" "model":"cheap" """, "cheap", 1)]
    public async Task A_request_names_a_strategy_and_its_model(string fields, string? point, int calls)
    {
        await using var server = await RunningServer.StartAsync(change: Allowed);
        var (response, json) = await server.AskAsync($$"""{{{fields}},"messages":{{Question}}}""");
        if (point is null)
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var account = json.GetProperty("x_vilfredo");
        Assert.Equal((point, calls), (account.GetProperty("point").GetString(), account.GetProperty("calls").GetInt32()));
        Assert.Equal(point == "cheap", account.TryGetProperty("expected", out _));
        Assert.Equal(point == "cheap", response.Headers.Contains("x-vilfredo-expected-quality"));
    }

    [Fact]
    public async Task They_are_refused_unless_the_server_allows_them()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.AskAsync($$"""{"model":"majority_voting-small","messages":{{Question}}}""")).Response.StatusCode);
        var (response, json) = await server.AskAsync($$$"""{"model":"small","vilfredo":{"strategy":"single"},"messages":{{{Question}}}}""");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("--strategies", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"no_such"} """, "There is no strategy 'no_such'")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"majority_voting","knobs":{"n":0} } """, "from 1 to 1024")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"majority_voting","knobs":{"k":1} } """, "no knob 'k'")]
    [InlineData(""" "model":"small","vilfredo":{"knobs":{"n":1} } """, "missing")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":5} """, "text")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"best_of_n","knobs":{"judge_model":"nobody"} } """, "nobody")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"router","knobs":{"file":"/etc/passwd"} } """, "names a file")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"cascade","knobs":{"tiers":"small > small:router:file=/etc/passwd"} } """, "made of others")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"llm4effi"} """, "runs programs")]
    public async Task Mistakes_are_named(string fields, string message)
    {
        await using var server = await RunningServer.StartAsync(change: Allowed);
        var (response, json) = await server.AskAsync($$"""{{{fields}},"messages":{{Question}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("routed", "Answer: small")]
    [InlineData("router-routed-0.2", "Answer: large")]
    [InlineData("router-routed-1", "Answer: small")]
    [InlineData("router-routed-2.5", null)]
    [InlineData("router-routed-much", null)]
    [InlineData("router-cheap-0.5", null)]
    public async Task A_routed_point_answers_with_the_threshold_in_its_name(string name, string? text)
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-router-");
        try
        {
            // Whatever the prompt, the large model is expected to win with probability 0.5.
            var training = new RouterTraining { Kind = RouterKind.Constant };
            var features = new HashedFeatures();
            var file = Path.Combine(folder.FullName, "router.json");
            new RouterFile
            {
                Evaluation = "synthetic",
                Tasks = "sums",
                TrainingPrompts = 4,
                Split = new(),
                Cost = CostMeasure.Tokens,
                CostUnit = "tokens",
                Training = training,
                Candidates = [Candidate("small", 0.5, 1), Candidate("large", 1, 10)],
                Rule = new ThresholdRule { Threshold = 0.9 },
                Features = FeatureSettings.Hashed(),
                Scaling = FeatureScaling.Of([new double[features.Count]]),
                Predictor = training.Train([.. Enumerable.Range(0, 4).Select(_ => new double[features.Count])], [[1, 1], [0, 1], [1, 1], [0, 1]]),
            }.Save(file);
            var frontier = RunningServer.Frontier();
            frontier = frontier with { Points = [.. frontier.Points, frontier.Points[0] with { Name = "routed", Strategy = "router", Knobs = new Dictionary<string, string> { ["file"] = file } }] };
            await using var server = await RunningServer.StartAsync(change: Allowed, frontier: frontier);
            var (response, json) = await server.AskAsync($$"""{"model":"{{name}}","messages":{{Question}}}""");
            if (text is null)
            {
                Assert.InRange((int)response.StatusCode, 400, 404);
                return;
            }

            Assert.Equal(text, json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
            Assert.Equal(name, json.GetProperty("x_vilfredo").GetProperty("point").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static RouterCandidate Candidate(string model, double quality, double cost) =>
            new() { Point = new() { Name = model, Model = model, Strategy = "single" }, Quality = quality, Cost = cost, Seconds = 1 };
    }

    [Fact]
    public async Task The_calls_of_an_answer_are_capped_whatever_its_knobs()
    {
        var model = new ScriptedChatClient(_ => "Answer: 4");
        await using var server = await RunningServer.StartAsync(_ => model, options => Allowed(options) with { MaximumCalls = 6 });
        var (response, json) = await server.AskAsync($$$"""{"model":"small","vilfredo":{"strategy":"majority_voting","knobs":{"n":1000} },"messages":{{{Question}}}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("budget", json.GetProperty("x_vilfredo").GetProperty("stopped_by").GetString());
        Assert.Equal(6, model.Calls.Count);
    }

    [Fact]
    public async Task A_key_must_have_room_for_all_that_such_an_answer_may_take()
    {
        // Three calls of up to 1000 tokens cost up to 0.3 and what is read; one call costs a third of it.
        await using var server = await RunningServer.StartAsync(change: options => Allowed(options) with { Keys = [ApiKey.Of("team", "k") with { SpendPerDay = 0.2 }] }, key: "k");
        string Body(int n) => $$$"""{"model":"small","max_tokens":1000,"vilfredo":{"strategy":"majority_voting","knobs":{"n":{{{n}}}} },"messages":{{{Question}}}}""";
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.AskAsync(Body(3))).Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.AskAsync(Body(1))).Response.StatusCode);
    }

    [Fact]
    public async Task Models_are_listed_beside_the_points()
    {
        await using var server = await RunningServer.StartAsync(change: Allowed);
        var names = (await server.GetAsync("/v1/models")).GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()).ToList();
        Assert.Contains("small", names);
        Assert.Contains("cheap", names);
    }
}
