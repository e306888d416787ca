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

    [Theory]
    [InlineData(""" "model":"vote","budget":3 """, 3)]
    [InlineData(""" "model":"majority_voting-small","budget":2 """, 2)]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"best_of_n","knobs":{"judge":"log_probability"} },"budget":6 """, 6)]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"majority_voting","knobs":{"n":4} },"budget":4 """, 4)]
    [InlineData(""" "model":"small","optillm_approach":"moa","budget":2 """, 3)]
    [InlineData(""" "model":"vote","budget":null """, 5)]
    public async Task A_budget_is_the_number_of_samples(string fields, int calls)
    {
        await using var server = await RunningServer.StartAsync(change: Allowed);
        var (response, json) = await server.AskAsync($$"""{{{fields}},"messages":{{Question}}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(calls, json.GetProperty("x_vilfredo").GetProperty("calls").GetInt32());
    }

    [Theory]
    [InlineData(""" "model":"vote","budget":"5" """, "whole number")]
    [InlineData(""" "model":"vote","budget":0 """, "whole number from 1")]
    [InlineData(""" "model":"vote","budget":2.5 """, "whole number")]
    [InlineData(""" "model":"vote","budget":5000 """, "from 1 to 1024")]
    [InlineData(""" "model":"frontier/test","budget":5 """, "names none")]
    [InlineData(""" "model":"cheap","budget":5 """, "no number of samples")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"majority_voting","knobs":{"n":3} },"budget":4 """, "give one of them")]
    [InlineData(""" "model":"small","vilfredo":{"strategy":"no_such"},"budget":4 """, "no strategy 'no_such'")]
    [InlineData(""" "model":"vote","vilfredo":{"dry_run":"yes"} """, "'dry_run' must be true or false")]
    [InlineData(""" "model":"vote","vilfredo":{"return_candidates":1} """, "'return_candidates' must be true or false")]
    [InlineData(""" "model":"vote","stream":true,"stream_options":{"include_usage":"no"} """, "'include_usage' must be true or false")]
    [InlineData(""" "model":"vote","vilfredo":{"return_candidate":true} """, "no field 'return_candidate'")]
    public async Task What_is_no_budget_and_no_flag_is_refused(string fields, string message)
    {
        await using var server = await RunningServer.StartAsync(change: Allowed);
        var (response, json) = await server.AskAsync($$"""{{{fields}},"messages":{{Question}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_samples_of_a_point_is_what_was_measured_unless_the_server_allows_more()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await server.AskAsync($$"""{"model":"vote","budget":3,"messages":{{Question}}}""")).Response.StatusCode);
    }

    [Fact]
    public async Task An_answer_comes_with_what_it_was_chosen_from_where_that_is_asked_for()
    {
        var next = 0;
        string[] texts = ["Answer: 4", "Answer: 5", "Answer: 4", "I cannot say"];
        await using var server = await RunningServer.StartAsync(_ => new ScriptedChatClient(call => call.Last.Contains("Rate how likely", StringComparison.Ordinal) ? $$"""{"score": {{(call.Last.Contains("Answer: 4", StringComparison.Ordinal) ? 9 : 2)}}}""" : texts[next++ % texts.Length]), Allowed);
        string Body(string fields) => $$$"""{"model":"small","messages":{{{Question}}},"vilfredo":{{{{fields}}}}}""";
        var (_, vote) = await server.AskAsync(Body(""" "strategy":"majority_voting","knobs":{"n":4,"answer":"number"},"return_candidates":true """));
        var candidates = vote.GetProperty("x_vilfredo").GetProperty("candidates").EnumerateArray().ToList();
        Assert.Equal(texts.Order(), candidates.Select(candidate => candidate.GetProperty("content").GetString()!).Order());
        Assert.Equal(0.5, Assert.Single(candidates.Where(candidate => candidate.GetProperty("content").GetString() == "Answer: 4").Select(candidate => candidate.GetProperty("grade").GetDouble()).Distinct()));
        Assert.Equal(0.25, candidates.First(candidate => candidate.GetProperty("content").GetString() == "Answer: 5").GetProperty("grade").GetDouble());
        Assert.False(candidates.First(candidate => candidate.GetProperty("content").GetString() == "I cannot say").TryGetProperty("grade", out _));

        next = 0;
        var (_, best) = await server.AskAsync(Body(""" "strategy":"best_of_n","knobs":{"n":2},"return_candidates":true """));
        Assert.Equal([2.0, 9.0], best.GetProperty("x_vilfredo").GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("grade").GetDouble()).Order());
        // Of several choices each has its own.
        var (_, two) = await server.AskAsync($$$"""{"model":"small","n":2,"messages":{{{Question}}},"vilfredo":{"strategy":"majority_voting","knobs":{"n":2},"return_candidates":true}}""");
        Assert.Equal([0, 0, 1, 1], two.GetProperty("x_vilfredo").GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("choice").GetInt32()));
        // A stream has them in its last event, and nobody has them unasked.
        Assert.False((await server.AskAsync(Body(""" "strategy":"majority_voting","knobs":{"n":2} """))).Json.GetProperty("x_vilfredo").TryGetProperty("candidates", out _));
        using var content = new StringContent($$$"""{"model":"small","stream":true,"messages":{{{Question}}},"vilfredo":{"strategy":"majority_voting","knobs":{"n":2},"return_candidates":true}}""", System.Text.Encoding.UTF8, "application/json");
        var stream = await (await server.Http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content)).Content.ReadAsStringAsync();
        Assert.Contains("\"candidates\":[{", stream.Split('\n').Last(line => line.StartsWith("data: {", StringComparison.Ordinal)), StringComparison.Ordinal);
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
