using System.Text.Json;
using Vilfredo.Inference.Tests;

namespace Vilfredo.Cli.Tests;

/// <summary>The commands route train, evaluate and calibrate, and routed points in evaluate, with an endpoint on loopback whose answers depend on the question.</summary>
public sealed class RouteTests : IDisposable
{
    private const string Candidates = "m:weak | m:strong";

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_router_is_trained_judged_calibrated_and_answers_in_an_evaluation()
    {
        using var endpoint = new StubEndpoint(request => request.Say(Answer(request.Body)));
        Write(endpoint);
        Ran("evaluate", "eval.yaml");
        var asked = endpoint.Requests.Count;
        Assert.Equal(120 * 4, asked);

        var trained = Ran("route", "train", "eval.yaml", "--candidates", Candidates, "--json").Json;
        Assert.Equal(("logistic", 120), (trained.GetProperty("kind").GetString(), trained.GetProperty("prompts").GetInt32()));
        Assert.Contains("m:weak", Ran("route", "train", "eval.yaml").Output, StringComparison.Ordinal);

        var report = Ran("route", "evaluate", "router.json", "eval.yaml", "--json").Json;
        Assert.InRange(report.GetProperty("prompts").GetInt32(), 18, 45);
        Assert.True(report.GetProperty("pair").GetProperty("apgr").GetDouble() > 0.8);
        Assert.True(report.GetProperty("over_draws_at_its_cost").GetProperty("lower").GetDouble() > 0);
        Assert.Contains("better", Ran("route", "evaluate", "router.json", "eval.yaml").Output, StringComparison.Ordinal);
        Assert.Equal(120, Ran("route", "evaluate", "router.json", "eval.yaml", "--part", "all", "--json").Json.GetProperty("prompts").GetInt32());

        var all = Ran("route", "calibrate", "router.json", "eval.yaml", "--strong-share", "1", "--output", "all.json", "--json").Json;
        Assert.Equal((1.0, 0.0), (all.GetProperty("calibration").GetProperty("strong_share").GetDouble(), all.GetProperty("calibration").GetProperty("losses").GetDouble()));
        var none = Ran("route", "calibrate", "router.json", "eval.yaml", "--strong-share", "0", "--output", "none.json", "--json").Json;
        Assert.Equal(0, none.GetProperty("calibration").GetProperty("strong_share").GetDouble());
        var safe = Ran("route", "calibrate", "router.json", "eval.yaml", "--alpha", "0.2", "--json").Json;
        Assert.InRange(safe.GetProperty("calibration").GetProperty("strong_share").GetDouble(), 0.1, 0.9);
        Assert.InRange(safe.GetProperty("calibration").GetProperty("losses").GetDouble(), 0, 0.2);
        Assert.Equal(0.5, Ran("route", "calibrate", "router.json", "eval.yaml", "--quality", "0.5", "--output", "quality.json", "--json").Json.GetProperty("rule").GetProperty("quality").GetDouble());
        var cheap = Ran("route", "calibrate", "router.json", "eval.yaml", "--max-cost", "2.5e-5", "--output", "cheap.json", "--json").Json;
        Assert.InRange(cheap.GetProperty("calibration").GetProperty("cost").GetDouble(), 0, 2.7e-5);
        Assert.Contains("the highest expected quality less", Ran("route", "calibrate", "router.json", "eval.yaml", "--lambda", "3", "--output", "price.json").Output, StringComparison.Ordinal);
        // None of this asked anything.
        Assert.Equal(asked, endpoint.Requests.Count);

        // Routed answers are the candidates' own, so the calls are made once for all of them.
        _cli.With("routed.yaml", Evaluation(endpoint, "  - { name: routed, strategy: router, file: router.json }\n  - { name: stepped, strategy: cascade, tiers: 'single:temperature=0 > majority_voting:n=3', accept: agreement, samples: 1 }\n"));
        var routed = Ran("evaluate", "routed.yaml", "--json").Json;
        Assert.Equal(asked, endpoint.Requests.Count);
        var points = routed.GetProperty("points").EnumerateArray().ToDictionary(point => point.GetProperty("name").GetString()!, point => point.GetProperty("accuracy").GetProperty("value").GetDouble());
        Assert.True(points["m:routed"] > points["m:weak"] + 0.2);
        Assert.Equal(points["m:weak"], points["m:stepped"]);
        Assert.Contains("\"file\": \"../router.json\"", File.ReadAllText(Path.Combine(_cli.Directory, "vilfredo-report", "routed.frontier.json")), StringComparison.Ordinal);

        // Another router under the same name is another point: its answers are not those of the first.
        File.Copy(Path.Combine(_cli.Directory, "none.json"), Path.Combine(_cli.Directory, "router.json"), overwrite: true);
        var again = Ran("evaluate", "routed.yaml", "--json").Json.GetProperty("points").EnumerateArray().First(point => point.GetProperty("name").GetString() == "m:routed");
        Assert.Equal(points["m:weak"], again.GetProperty("accuracy").GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData("pomdp")]
    [InlineData("threshold")]
    [InlineData("double")]
    public void A_cascade_is_fitted_judged_on_other_prompts_and_answers_in_an_evaluation(string method)
    {
        const string Verified = "  - { name: verified, strategy: cascade, tiers: 'm:single:temperature=0', accept: entailment, samples: 4, check_last: true }\n";
        using var endpoint = new StubEndpoint(request => request.Say(Answer(request.Body)));
        Write(endpoint);
        _cli.With("eval.yaml", Evaluation(endpoint, Verified));
        Ran("evaluate", "eval.yaml");
        var asked = endpoint.Requests.Count;

        string[] fit = ["route", "cascade", "eval.yaml", "--cheap", "m:weak", "--scored", "m:verified", "--dear", "m:strong", "--method", method, "--cost", "latency"];
        var fitted = Ran([.. fit, "--lambda", "0", "--json"]).Json;
        Assert.Equal((method, "entailment", 4), (fitted.GetProperty("method").GetString(), fitted.GetProperty("accept").GetString(), fitted.GetProperty("samples").GetInt32()));
        Assert.Equal(120, fitted.GetProperty("fitted_prompts").GetInt32() + fitted.GetProperty("prompts").GetInt32());
        // Right wherever the dear tier is, and nothing was asked for it.
        Assert.Equal(1, fitted.GetProperty("cascade").GetProperty("quality").GetDouble());
        Assert.Equal(asked, endpoint.Requests.Count);

        File.WriteAllText(Path.Combine(_cli.Directory, "cascade.json"), """{"method":"double","accept":"entailment","samples":4,"edges":[0.5],"keeps":[false,true]}""");
        _cli.With("fitted.yaml", Evaluation(endpoint, Verified + "  - { name: fitted, strategy: cascade, tiers: 'm:single:temperature=0 > m:majority_voting:n=3', accept: entailment, samples: 4, policy: cascade.json }\n"));
        var points = Ran("evaluate", "fitted.yaml", "--json").Json.GetProperty("points").EnumerateArray().ToDictionary(point => point.GetProperty("name").GetString()!, point => point.GetProperty("accuracy").GetProperty("value").GetDouble());
        Assert.Equal((0.5, 1.0), (points["m:verified"], points["m:fitted"]));
        // Tiers and verifier are calls that were made before.
        Assert.Equal(asked, endpoint.Requests.Count);

        Assert.Contains("In an evaluation file:", Ran([.. fit, "--lambda", "0"]).Output, StringComparison.Ordinal);
        Assert.Contains("accept: entailment, samples: 4, policy: cascade.json", Ran([.. fit, "--lambda", "0"]).Output, StringComparison.Ordinal);
        Refuses("There is no candidate 'm:other'", "route", "cascade", "eval.yaml", "--cheap", "m:weak", "--scored", "m:verified", "--dear", "m:other");
        Refuses("another way to answer", "route", "cascade", "eval.yaml", "--cheap", "m:weak", "--scored", "m:strong", "--dear", "m:strong");
        Refuses("which is not 'm:strong'", "route", "cascade", "eval.yaml", "--cheap", "m:strong", "--scored", "m:verified", "--dear", "m:strong");
        Ran("route", "cascade", "eval.yaml", "--cheap", "m:strong", "--dear", "m:weak", "--lambda", "0", "--output", "vote.json");
        Refuses("has no scores", "route", "cascade", "eval.yaml", "--cheap", "m:weak", "--dear", "m:strong");
        Refuses("cannot both be given", [.. fit, "--lambda", "1", "--max-cost", "1"]);
        Refuses("at least 0", [.. fit, "--lambda", "-1"]);
        Refuses("between 0 and 1", [.. fit, "--training", "1"]);
        Refuses("from 1 to 100", [.. fit, "--bins", "0"]);
    }

    [Fact]
    public void What_cannot_be_trained_on_is_refused_with_what_to_do()
    {
        using var endpoint = new StubEndpoint(request => request.Say(Answer(request.Body)));
        Write(endpoint);
        Refuses("none.yaml", "route", "train", "none.yaml");
        Refuses("vilfredo.db: no such file", "route", "train", "eval.yaml");
        Ran("evaluate", "eval.yaml");
        Refuses("There is no candidate 'm:other'", "route", "train", "eval.yaml", "--candidates", "m:weak | m:other");
        Refuses("There is one candidate, m:weak", "route", "train", "eval.yaml", "--candidates", "m:weak");
        Refuses("together above 1", "route", "train", "eval.yaml", "--training", "0.9", "--calibration", "0.2");
        Refuses("at least 10", "route", "train", "eval.yaml", "--training", "0.01");
        Refuses("oracle", "route", "train", "eval.yaml", "--kind", "oracle");
        Refuses("there is no cost 'fame'", "route", "train", "eval.yaml", "--cost", "fame");
        Refuses("energy of single answers is not kept", "route", "train", "eval.yaml", "--cost", "energy");
        Refuses("It is positive", "route", "train", "eval.yaml", "--penalty", "0");
        Refuses("'eval.yaml' is no router", "route", "evaluate", "eval.yaml", "eval.yaml");
        Ran("route", "train", "eval.yaml");
        Refuses("one of --strong-share", "route", "calibrate", "router.json", "eval.yaml");
        Refuses("from 0 to 1", "route", "calibrate", "router.json", "eval.yaml", "--strong-share", "2");
        Refuses("between 0 and 1", "route", "calibrate", "router.json", "eval.yaml", "--alpha", "1");
        Refuses("the cheapest candidate costs", "route", "calibrate", "router.json", "eval.yaml", "--max-cost", "0");
        Refuses("names the candidate 'm:other'", "route", "calibrate", "router.json", "eval.yaml", "--strong-share", "0.5", "--strong", "m:other");
        _cli.With("routed.yaml", Evaluation(endpoint, "  - { strategy: router, file: missing.json }\n  - { strategy: cascade, tiers: 'm > other' }\n"));
        Refuses("router's file cannot be read", "evaluate", "routed.yaml");
        Refuses("There is no model 'other'", "evaluate", "routed.yaml");
    }

    private void Refuses(string says, params string[] arguments)
    {
        var run = _cli.Run(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    // Progress and the names of written files are on standard error.
    private Cli.Result Ran(params string[] arguments)
    {
        var run = _cli.Run(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    private void Write(StubEndpoint endpoint)
    {
        string[] easy = ["Say hello", "Spell the word", "What colour is"], hard = ["Prove by induction the theorem of", "Derive step by step the integral of", "Optimize the algorithm for"];
        var lines = Enumerable.Range(0, 120).Select(i => $$"""{"id": "q{{i}}", "question": "{{(i % 2 == 0 ? easy : hard)[i / 2 % 3]}} number {{(i * 7919) % 10_000}}.", "answer": 1}""");
        _cli.With("questions.jsonl", string.Join('\n', lines) + "\n").With("eval.yaml", Evaluation(endpoint, ""));
    }

    private static string Evaluation(StubEndpoint endpoint, string more) => $$"""
        models: [{ name: m, endpoint: "{{endpoint.Address}}", price: { input: 1, output: 1 }, retries: 0 }]
        tasks: [{ file: questions.jsonl, check: numeric }]
        cache: true
        strategies:
          - { name: weak, strategy: single, temperature: 0 }
          - { name: strong, strategy: majority_voting, n: 3 }

        """ + more;

    // A single answer (at temperature 0) is right on easy questions alone; votes (at another) always are.
    private static string Answer(string body)
    {
        var request = JsonDocument.Parse(body).RootElement;
        var isHard = request.GetProperty("messages")[0].GetProperty("content").ToString() is var text
            && (text.Contains("Prove", StringComparison.Ordinal) || text.Contains("Derive", StringComparison.Ordinal) || text.Contains("Optimize", StringComparison.Ordinal));
        if (text.Contains("Decision:", StringComparison.Ordinal))
            return isHard ? "Decision: incorrect" : "Decision: correct";
        return isHard && request.GetProperty("temperature").GetDouble() == 0 ? "Answer: 0" : "Answer: 1";
    }
}
