using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vilfredo.Inference.Tests;

namespace Vilfredo.Cli.Tests;

/// <summary>The command evaluate, with an endpoint on loopback and with the small model of the tree.</summary>
public sealed partial class EvaluationTests : IDisposable
{
    private const string Questions = """
        {"id": "sum", "question": "What is 2 + 3?", "answer": 5}
        {"id": "product", "question": "What is 2 * 3?", "answer": 6}
        {"id": "difference", "question": "What is 12 - 3?", "answer": 9}
        {"id": "quotient", "question": "What is 12 / 3?", "answer": 4}

        """;

    private readonly Cli _cli = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_frontier_is_measured_drawn_and_kept()
    {
        using var endpoint = new StubEndpoint(request => request.Say(Answer(request)));
        Write(endpoint, "strategies: [single, { strategy: majority_voting, n: [3, 5] }]\n");
        var run = _cli.Run("evaluate", "eval.yaml", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4 * 9, endpoint.Requests.Count);
        Assert.Equal(("completed", 36, 36 * 16e-6), (run.Json.GetProperty("end").GetString(), run.Json.GetProperty("spent").GetProperty("calls").GetInt32(), Math.Round(run.Json.GetProperty("spent").GetProperty("money").GetDouble(), 9)));
        var points = run.Json.GetProperty("points");
        Assert.Equal(["m:single", "m:majority_voting:n=3", "m:majority_voting:n=5"], points.EnumerateArray().Select(point => point.GetProperty("name").GetString()));
        Assert.Equal(0.75, points[0].GetProperty("accuracy").GetProperty("value").GetDouble());
        Assert.Equal([true, false, false], points.EnumerateArray().Select(point => point.GetProperty("on_frontier").GetBoolean()));
        Assert.All(["eval.frontier.json", "eval.html", "eval.svg", "eval.png", "eval.strategies.svg"], file => Assert.True(new FileInfo(Path.Combine(_cli.Directory, "vilfredo-report", file)).Length > 100, file));

        Assert.Contains("95 % interval over problems", File.ReadAllText(Path.Combine(_cli.Directory, "vilfredo-report", "eval.html")), StringComparison.Ordinal);

        // As a study it can be looked at and picked from; as a file it reads back.
        Assert.Contains("1 of 3 feasible configurations", _cli.Run("show", "eval").Output, StringComparison.Ordinal);
        var again = _cli.Run("evaluate", "eval.yaml");
        Assert.Equal((0, 36), (again.ExitCode, endpoint.Requests.Count));
        Assert.Contains("12 answers were recorded before", again.Output, StringComparison.Ordinal);
        Assert.Contains("m:majority_voting:n=5", again.Output, StringComparison.Ordinal);
        Assert.Equal(0, _cli.Run("evaluate", "eval.yaml", "--fresh").ExitCode);
        Assert.Equal(72, endpoint.Requests.Count);
    }

    [Fact]
    public void A_plan_asks_nothing_and_makes_no_file()
    {
        using var endpoint = new StubEndpoint(request => request.Say("Answer: 5"));
        Write(endpoint, "strategies: [single, { strategy: majority_voting, n: 4 }]\nmax_output_tokens: 50\n");
        var plan = _cli.Run("evaluate", "eval.yaml", "--dry-run", "--json").Succeeded().Json;
        Assert.Equal((8, 20, 0), (plan.GetProperty("answers").GetInt32(), plan.GetProperty("most_calls").GetInt32(), plan.GetProperty("recorded").GetInt32()));
        Assert.InRange(plan.GetProperty("most_tokens").GetInt32(), 20 * 50, 20 * 120);
        Assert.Contains("Nothing was asked", _cli.Run("evaluate", "eval.yaml", "--dry-run").Succeeded().Output, StringComparison.Ordinal);
        Assert.Empty(endpoint.Requests);
        Assert.Equal(["eval.yaml", "questions.jsonl"], Directory.GetFileSystemEntries(_cli.Directory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_killed_evaluation_goes_on_and_pays_nothing_twice()
    {
        using var hold = new SemaphoreSlim(0);
        var holds = true;
        using var endpoint = new StubEndpoint(async request =>
        {
            // Nine calls are answered, the tenth hangs until the command is killed.
            if (holds && request.Number >= 9)
                await hold.WaitAsync(Cancellation);
            request.Say(Answer(request));
        });
        Write(endpoint, "strategies: [{ strategy: majority_voting, n: 4 }]\nconcurrency: 1\n", concurrency: 1);
        using (var killed = Process.Start(Cli.Prepare(_cli.Directory, "evaluate", "eval.yaml"))!)
        {
            while (!killed.HasExited && endpoint.Requests.Count < 10)
                await Task.Delay(20, Cancellation);
            // The calls before the one that hangs are on disk as soon as there is nothing else to do.
            await Task.Delay(1000, Cancellation);
            killed.Kill();
            await killed.WaitForExitAsync(Cancellation);
        }

        holds = false;
        hold.Release(100);
        Assert.Equal(10, endpoint.Requests.Count);
        var resumed = _cli.Run("evaluate", "eval.yaml", "--json");
        Assert.Equal(0, resumed.ExitCode);
        // Sixteen calls in all, of which the one under way was lost.
        Assert.Equal(17, endpoint.Requests.Count);
        Assert.Equal(2, resumed.Json.GetProperty("spent").GetProperty("answers_recorded_before").GetInt32());
        Assert.Equal(7, resumed.Json.GetProperty("spent").GetProperty("calls").GetInt32());
        var seeds = endpoint.Requests.Where(request => request.Number != 9).Select(request => (Question(request.Body), Seed().Match(request.Body).Value)).ToList();
        Assert.Equal(16, seeds.Distinct().Count());
    }

    [Fact]
    public void Answers_that_fail_are_a_failure_that_the_next_run_mends()
    {
        var fails = true;
        using var endpoint = new StubEndpoint(request =>
        {
            if (fails && Question(request.Body).Contains("12 - 3", StringComparison.Ordinal))
                request.Reply(400, """{"error":{"message":"no subtraction","type":"invalid_request_error"}}""");
            else
                request.Say(Answer(request));
        });
        Write(endpoint, "strategies: [single]\n");
        var run = _cli.Run("evaluate", "eval.yaml");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no subtraction", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 answer failed and is missing from the result", run.Error, StringComparison.Ordinal);
        fails = false;
        Assert.Equal(0, _cli.Run("evaluate", "eval.yaml").ExitCode);
        Assert.Equal(5, endpoint.Requests.Count);
    }

    [Fact]
    public void A_file_that_makes_no_sense_is_refused_with_its_lines()
    {
        _cli.With("eval.yaml", "models: [{ name: m, endpoint: nowhere }]\nstrategies: [singel]\ntasks: [{ family: chain }]\n");
        var run = _cli.Run("evaluate", "eval.yaml").Refused("eval.yaml:1: 'nowhere' is no address");
        Assert.Contains("eval.yaml:2: there is no strategy 'singel'; did you mean 'single'?", run.Error, StringComparison.Ordinal);
        _cli.Run("evaluate", "none.yaml").Refused("none.yaml");
        _cli.With("eval.yaml", "models: [{ name: m, endpoint: \"http://127.0.0.1:1/v1\", key: VILFREDO_NO_SUCH_KEY }]\nstrategies: [single]\ntasks: [{ family: chain, count: 5 }]\n");
        _cli.Run("evaluate", "eval.yaml").Refused("the model 'm' needs a key in the environment variable VILFREDO_NO_SUCH_KEY");
    }

    [Fact]
    public void A_local_model_is_measured_like_any_other()
    {
        var model = Path.Combine(Cli.RepositoryRoot(), "models", "reasoner-0.3m");
        _cli.With("eval.yaml", $$"""
            models: [{ name: small, folder: "{{model}}", price: { input: 0.1, output: 0.4 }, watts: 15 }]
            strategies: [{ name: greedy, strategy: single, temperature: 0 }, { strategy: majority_voting, n: 3, temperature: 0.7 }]
            tasks: [{ family: chain, difficulty: 1-2, count: 6 }]
            max_output_tokens: 100
            """);
        var run = _cli.Run("evaluate", "eval.yaml", "--json");
        Assert.Equal(0, run.ExitCode);
        var points = run.Json.GetProperty("points");
        Assert.Equal([1.0, 1.0], points.EnumerateArray().Select(point => point.GetProperty("accuracy").GetProperty("value").GetDouble()));
        Assert.All(points.EnumerateArray(), point => Assert.True(point.GetProperty("energy").GetProperty("value").GetDouble() > 0));
        Assert.Contains("\"folder\": \"", File.ReadAllText(Path.Combine(_cli.Directory, "vilfredo-report", "eval.frontier.json")), StringComparison.Ordinal);
    }

    private void Write(StubEndpoint endpoint, string rest, int concurrency = 8) => _cli.With("questions.jsonl", Questions).With("eval.yaml", $$"""
        models: [{ name: m, endpoint: "{{endpoint.Address}}", price: { input: 1, output: 2 }, retries: 0, concurrency: {{concurrency}} }]
        tasks: [{ file: questions.jsonl, check: numeric }]

        """ + rest);

    // Wrong on one of the four questions.
    private static string Answer(StubRequest request) => Question(request.Body) switch
    {
        var question when question.Contains("2 + 3", StringComparison.Ordinal) => "Answer: 5",
        var question when question.Contains("2 * 3", StringComparison.Ordinal) => "Answer: 6",
        var question when question.Contains("12 - 3", StringComparison.Ordinal) => "Answer: 9",
        _ => "Answer: 36",
    };

    private static string Question(string body) => JsonDocument.Parse(body).RootElement.GetProperty("messages")[0].GetProperty("content").ToString();

    [GeneratedRegex("\"seed\":\\d+")]
    private static partial Regex Seed();
}
