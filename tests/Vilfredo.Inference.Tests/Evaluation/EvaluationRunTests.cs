using Microsoft.Extensions.AI;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Recording;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Serving;
using Vilfredo.Studies;

namespace Vilfredo.Inference.Tests.Evaluation;

public sealed class EvaluationRunTests : IDisposable
{
    private const string Model = "models: [{ name: m, endpoint: \"http://127.0.0.1:1/v1\", price: { input: 1, output: 2 }, watts: 10 }]\n";

    private readonly EvaluationFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_answer_is_recorded_and_a_second_run_asks_nothing()
    {
        var definition = _folder.Load(Model + "strategies: [single, { strategy: majority_voting, n: 3 }]\ntasks: [{ family: arithmetic, difficulty: 1, count: 5 }]\nrepeats: 2\n");
        var client = new ScriptedChatClient(call => Right(call, 0.5));
        var first = await _folder.RunAsync(definition, client, cancellation: Cancellation);
        Assert.Equal((EvaluationEnd.Completed, 40, 0), (first.End, client.Calls.Count, first.RecordedAnswers));
        Assert.Equal(40, first.Spent.Calls);
        Assert.Equal(client.Calls.Sum(_ => 10L), first.Spent.InputTokens);
        var all = first.Points.SelectMany(point => point.Answers).SelectMany(answers => answers).ToList();
        Assert.Equal(20, all.Count);
        Assert.All(all, answer => Assert.Equal(answer.Usage.InputTokens * 1e-6 + answer.Usage.OutputTokens * 2e-6, answer.Cost!.Value, 1e-12));
        Assert.All(first.Points[1].Answers.SelectMany(answers => answers), answer => Assert.Equal((3, 30L, StopReason.Completed), (answer.Calls, answer.Usage.InputTokens, answer.StoppedBy)));
        Assert.All(first.Points[1].Answers.SelectMany(answers => answers), answer => Assert.Equal(answer.Usage.InputTokens / 3 + 2, answer.CriticalTokens));

        var second = await _folder.RunAsync(definition, new ScriptedChatClient(call => Refuse("asked again")), cancellation: Cancellation);
        Assert.Equal((EvaluationEnd.Completed, 20, 0), (second.End, second.RecordedAnswers, second.Spent.Calls));
        Assert.Equal(first.SpentInAll, second.SpentInAll);
        var again = second.Points.SelectMany(point => point.Answers).SelectMany(answers => answers).ToList();
        Assert.Equal(all.Select(answer => (answer.Key, answer.Response, answer.Grade, answer.Seconds, answer.Confidence)), again.Select(answer => (answer.Key, answer.Response, answer.Grade, answer.Seconds, answer.Confidence)));
    }

    [Fact]
    public async Task A_changed_file_takes_over_the_answers_that_it_would_ask_for_again()
    {
        const string tasks = "tasks: [{ family: arithmetic, difficulty: 1, count: 5 }]\n";
        await _folder.RunAsync(_folder.Load(Model + "strategies: [single]\n" + tasks), new ScriptedChatClient(call => Right(call, 1)), cancellation: Cancellation);
        var client = new ScriptedChatClient(call => Right(call, 1));
        var more = await _folder.RunAsync(_folder.Load(Model + "strategies: [{ name: other, strategy: single }, { strategy: single, temperature: 0.5 }]\n" + tasks), client, cancellation: Cancellation);
        Assert.Equal((5, 5), (more.RecordedAnswers, client.Calls.Count));
        Assert.Equal("m:other", more.Points[0].Answers[0][0].Point);
        // Another seed asks for other samples.
        var reseeded = await _folder.RunAsync(_folder.Load(Model + "strategies: [single]\nseed: 2\n" + tasks), client, cancellation: Cancellation);
        Assert.Equal(0, reseeded.RecordedAnswers);
    }

    [Fact]
    public async Task With_a_cache_a_smaller_vote_is_the_first_part_of_a_larger_one()
    {
        var definition = _folder.Load(Model + "strategies: [{ strategy: majority_voting, n: [4, 8, 2] }]\ncache: true\ntasks: [{ family: arithmetic, difficulty: 1, count: 6 }]\n");
        var client = new ScriptedChatClient(call => Right(call, 0.5));
        var outcome = await _folder.RunAsync(definition, client, cancellation: Cancellation);
        Assert.Equal(6 * 8, client.Calls.Count);
        Assert.Equal(6 * 6, outcome.ReplayedCalls);
        Assert.Equal(6 * 8, client.Calls.Select(call => (call.Last, call.Options!.Seed)).Distinct().Count());
        // Each point is charged for all its calls, as if it stood alone; the evaluation for those that were made.
        Assert.All(outcome.Points[0].Answers.SelectMany(answers => answers), answer => Assert.Equal((4, 40L), (answer.Calls, answer.Usage.InputTokens)));
        Assert.Equal(48, outcome.Spent.Calls);
    }

    [Fact]
    public async Task An_interrupted_answer_goes_on_with_the_calls_that_it_had_made()
    {
        var definition = _folder.Load(Model + "strategies: [{ strategy: majority_voting, n: 4 }]\nconcurrency: 1\ntasks: [{ family: arithmetic, difficulty: 1, count: 3 }]\n");
        using var interruption = new CancellationTokenSource();
        var answered = 0;
        var client = new ScriptedChatClient(async call =>
        {
            // Six calls are answered: one answer and a half. The rest wait until they are cancelled.
            if (Interlocked.Increment(ref answered) <= 6)
                return ScriptedChatClient.Say(Right(call, 1));
            if (answered >= 8)
                await interruption.CancelAsync();
            await Task.Delay(Timeout.Infinite, call.Cancellation);
            throw new InvalidOperationException();
        });
        var broken = await _folder.RunAsync(definition, client, cancellation: interruption.Token);
        Assert.Equal((EvaluationEnd.Interrupted, 1), (broken.End, broken.Points[0].CompleteProblems(1)));
        var rest = new ScriptedChatClient(call => Right(call, 1));
        var outcome = await _folder.RunAsync(definition, rest, cancellation: Cancellation);
        Assert.Equal(12 - 6, rest.Calls.Count);
        Assert.Equal((EvaluationEnd.Completed, 1, 3), (outcome.End, outcome.RecordedAnswers, outcome.Points[0].CompleteProblems(1)));
    }

    [Fact]
    public async Task The_total_budget_ends_the_run_before_it_is_passed_and_counts_earlier_runs()
    {
        const string rest = "strategies: [single]\ntasks: [{ family: chain, difficulty: 1-3, count: 20 }]\nconcurrency: 4\n";
        var client = new ScriptedChatClient(call => Right(call, 1));
        var first = await _folder.RunAsync(_folder.Load(Model + rest + "total: { calls: 7 }\n"), client, cancellation: Cancellation);
        Assert.Equal((EvaluationEnd.Budget, 7), (first.End, client.Calls.Count));
        var second = await _folder.RunAsync(_folder.Load(Model + rest + "total: { calls: 12 }\n"), client, cancellation: Cancellation);
        Assert.Equal((EvaluationEnd.Budget, 12, 7), (second.End, client.Calls.Count, second.RecordedAnswers));
        var last = await _folder.RunAsync(_folder.Load(Model + rest), client, cancellation: Cancellation);
        Assert.Equal((EvaluationEnd.Completed, 20), (last.End, client.Calls.Count));
    }

    [Fact]
    public async Task An_answers_own_budget_is_part_of_the_point()
    {
        var definition = _folder.Load(Model + "strategies: [{ strategy: majority_voting, n: 8, budget: { calls: 3 } }]\ntasks: [{ family: arithmetic, difficulty: 1, count: 4 }]\n");
        var client = new ScriptedChatClient(call => Right(call, 1));
        var outcome = await _folder.RunAsync(definition, client, cancellation: Cancellation);
        Assert.Equal((EvaluationEnd.Completed, 12), (outcome.End, client.Calls.Count));
        Assert.All(outcome.Points[0].Answers.SelectMany(answers => answers), answer => Assert.Equal((StopReason.Budget, 3), (answer.StoppedBy, answer.Calls)));
        Assert.Equal(4, EvaluationAnalysis.Of(definition, outcome).Points[0].OutOfBudget);
    }

    [Fact]
    public async Task A_budget_of_tokens_shortens_answers_in_place_of_forbidding_them()
    {
        var definition = _folder.Load(Model + "strategies: [single, { name: brief, strategy: single, budget: { output_tokens: 40 } }]\ntasks: [{ family: arithmetic, difficulty: 1, count: 3 }]\nmax_output_tokens: 100\n");
        var client = new ScriptedChatClient(call => Right(call, 1));
        await _folder.RunAsync(definition, client, cancellation: Cancellation);
        Assert.Equal([40, 100], client.Calls.Select(call => call.Options!.MaxOutputTokens!.Value).Distinct().Order());
        Assert.Equal(6, client.Calls.Count);
    }

    [Fact]
    public async Task An_answer_that_fails_is_not_recorded_and_asked_for_again()
    {
        var definition = _folder.Load(Model + "strategies: [single]\ntasks: [{ family: arithmetic, difficulty: 1, count: 6 }]\nconcurrency: 1\n");
        var outcome = await _folder.RunAsync(definition, new ScriptedChatClient(call => call.Number == 2 ? throw new HttpRequestException("no route") : Right(call, 1)), cancellation: Cancellation);
        Assert.Equal((EvaluationEnd.Completed, 1), (outcome.End, outcome.Failures.Count));
        Assert.Contains("no route", outcome.Failures[0].Message, StringComparison.Ordinal);
        var client = new ScriptedChatClient(call => Right(call, 1));
        Assert.Empty((await _folder.RunAsync(definition, client, cancellation: Cancellation)).Failures);
        Assert.Single(client.Calls);
    }

    [Fact]
    public async Task A_model_that_never_answers_is_given_up()
    {
        var definition = _folder.Load(Model + "strategies: [single]\ntasks: [{ family: chain, difficulty: 1-3, count: 60 }]\nconcurrency: 1\n");
        var client = new ScriptedChatClient(call => Refuse("no route"));
        Assert.Equal(EvaluationEnd.Failures, (await _folder.RunAsync(definition, client, new() { MostFailuresInARow = 5 }, Cancellation)).End);
        Assert.Equal(5, client.Calls.Count);
    }

    [Fact]
    public async Task Racing_gives_up_what_is_dearer_and_worse_and_saves_its_calls()
    {
        const string file = "strategies: [{ name: good, strategy: single, temperature: 0.5 }, { name: bad, strategy: majority_voting, n: 3, temperature: 1 }]\ntasks: [{ family: chain, difficulty: 2-4, count: 80 }]\nracing: true\n";
        var definition = _folder.Load(Model + file);
        var client = new ScriptedChatClient(call => Right(call, call.Options!.Temperature > 0.9 ? 0 : 0.9));
        var outcome = await _folder.RunAsync(definition, client, cancellation: Cancellation);
        Assert.Null(outcome.Points[0].GivenUpAfter);
        Assert.Equal(20, outcome.Points[1].GivenUpAfter);
        Assert.Equal((60, 180.0, 80 + 60), (outcome.SavedAnswers, outcome.SavedCalls, client.Calls.Count));
        var result = EvaluationAnalysis.Of(definition, outcome);
        Assert.Equal((80, 20), (result.Points[0].Problems, result.Points[1].Problems));
        Assert.True(result.Points[1].IsCertainlyDominated(0.95));
        Assert.Equal(20, result.Points[1].Difference!.Problems);
    }

    [Fact]
    public async Task Points_that_agree_on_every_problem_so_far_are_not_given_up_early()
    {
        var definition = _folder.Load(Model + "strategies: [single, { strategy: majority_voting, n: 3 }]\ntasks: [{ family: chain, difficulty: 1-3, count: 40 }]\nracing: true\n");
        var outcome = await _folder.RunAsync(definition, new ScriptedChatClient(call => Right(call, 1)), cancellation: Cancellation);
        Assert.All(outcome.Points, point => Assert.Null(point.GivenUpAfter));
    }

    [Fact]
    public async Task A_search_measures_as_many_points_as_it_may_and_resumes_without_asking()
    {
        var definition = _folder.Load(Model + """
            strategies:
              - { strategy: single, temperature: { from: 0.1, to: 1.5 } }
              - { strategy: majority_voting, n: { from: 1, to: 8 } }
            search: { sampler: random, trials: 7 }
            cache: true
            tasks: [{ family: arithmetic, difficulty: 1, count: 4 }]
            """);
        var outcome = await _folder.RunAsync(definition, new ScriptedChatClient(call => Right(call, 0.5)), cancellation: Cancellation);
        Assert.Equal(EvaluationEnd.Completed, outcome.End);
        using (var storage = new SqliteStorage(_folder.Database))
        using (var study = Study.Open(storage, "eval"))
            Assert.Equal(7, study.Read(state => state.Trials.Count(trial => trial.IsFinished)));
        Assert.NotEmpty(EvaluationAnalysis.Of(definition, outcome).Frontier);
        var again = await _folder.RunAsync(definition, new ScriptedChatClient(call => Refuse("asked again")), cancellation: Cancellation);
        Assert.Equal((outcome.Points.Count, 0), (again.Points.Count, again.Spent.Calls));
    }

    [Fact]
    public async Task The_frontier_that_is_served_reads_back_with_its_points()
    {
        var definition = _folder.Load(Model + "strategies: [single, { strategy: majority_voting, n: [3, 5], budget: { calls: 4, money: 2, time: 90 s } }]\ntasks: [{ family: arithmetic, difficulty: 1, count: 10 }]\n");
        var result = EvaluationAnalysis.Of(definition, await _folder.RunAsync(definition, new ScriptedChatClient(call => Right(call, 0.6)), cancellation: Cancellation));
        ServingExport.Of(result, DateTimeOffset.UnixEpoch).Save(_folder.PathOf("f.json"));
        var frontier = ServingFrontier.Load(_folder.PathOf("f.json"));
        Assert.Equal(("eval", "arithmetic 1 (10)", 3), (frontier.Name, frontier.Tasks, frontier.Points.Count));
        foreach (var (point, served) in result.Points.Zip(frontier.Points))
        {
            Assert.Equal((point.Point.Name, point.Accuracy.Value, point.IsOnFrontier, point.Answers), (served.Name, served.Quality.Mean, served.IsOnFrontier, served.Answers));
            Assert.NotNull(served.Cost);
            Assert.Equal(point.Point.Strategy == "single" ? null : point.Point.Budget, served.Budget);
        }
    }

    [Fact]
    public async Task The_points_are_a_study_too()
    {
        var definition = _folder.Load(Model + "strategies: [single, { strategy: majority_voting, n: [3, 5] }]\ntasks: [{ family: arithmetic, difficulty: 1, count: 10 }]\n");
        var result = EvaluationAnalysis.Of(definition, await _folder.RunAsync(definition, new ScriptedChatClient(call => Right(call, 0.6)), cancellation: Cancellation));
        EvaluationStudy.Save(result, _folder.Database);
        EvaluationStudy.Save(result, _folder.Database);
        using var storage = new SqliteStorage(_folder.Database);
        using var study = Study.Open(storage, "eval");
        var frontier = StudyFrontier.Of(study);
        Assert.Equal(["accuracy", "money"], frontier.Objectives.Select(objective => objective.Name));
        foreach (var (point, value) in result.Points.Zip(study.Read(state => state.Trials.Select(trial => trial.Outcome!.Values[0]).ToList())))
            Assert.Equal(point.Accuracy.Value, value, 1e-12);
        Assert.Equal(result.Frontier.Count(), frontier.Frontier.Count);
    }

    [Fact]
    public void A_plan_bounds_calls_tokens_and_money()
    {
        var definition = _folder.Load(Model + "strategies: [single, { strategy: majority_voting, n: 4 }, { name: few, strategy: majority_voting, n: 9, budget: { calls: 2, tokens: 500 } }]\ntasks: [{ family: arithmetic, difficulty: 1, count: 10 }]\nrepeats: 2\nmax_output_tokens: 100\n");
        var plan = EvaluationPlan.Of(definition, _ => new CharacterTokenCounter(), 0);
        Assert.Equal([20L, 80L, 40L], plan.Points.Select(point => point.MostCalls!.Value));
        var prompt = definition.Problems.Sum(problem => (long)((ITokenCounter)new CharacterTokenCounter()).Count(problem.Messages));
        Assert.Equal(2 * prompt + 20 * 100, plan.Points[0].MostTokens);
        Assert.Equal(4 * (2 * prompt + 20 * 100), plan.Points[1].MostTokens);
        Assert.InRange(plan.Points[2].MostTokens!.Value, 1, 500 * 20);
        Assert.Equal((2 * prompt + 20 * 100 * 2) / 1e6, plan.Points[0].MostMoney!.Value, 1e-9);
        Assert.Equal((140L, 60), (plan.Calls!.Value, plan.Answers));
    }

    [Fact]
    public async Task Time_in_which_calls_run_side_by_side_counts_once()
    {
        await using var store = new EvaluationStore(_folder.Database, "work");
        void Call(int key, double start, double seconds) => store.Record(new()
        {
            Key = $"{key}",
            Model = "m",
            Started = DateTimeOffset.UnixEpoch.AddSeconds(start),
            Duration = TimeSpan.FromSeconds(seconds),
            Usage = new(1, 10),
            Response = ScriptedChatClient.Say("x"),
        });
        Call(1, 0, 4);
        Call(2, 1, 2);
        Call(3, 3, 3);
        Call(4, 10, 1);
        await store.RecordAsync(new() { Key = "a", Point = "p", Problem = "q", PromptHash = "", Response = "", Grade = default, StoppedBy = default });
        Assert.Equal((TimeSpan.FromSeconds(7), 40L), (store.Work()["m"].BusyTime, store.Work()["m"].OutputTokens));
    }

    private static string Refuse(string message) => throw new HttpRequestException(message);

    [Fact]
    public async Task What_a_response_carries_beside_its_text_is_there_when_it_is_replayed()
    {
        await using var store = new EvaluationStore(_folder.Database, "extras");
        var response = ScriptedChatClient.Say("x", 7, 3, ChatFinishReason.Length);
        response.AdditionalProperties = new() { ["logprobs"] = new List<TokenChoice> { TokenChoice.Of(-0.25), new(-1.5, "b", [new("a", -0.5)]) }, ["note"] = "n" };
        store.Record(new() { Key = "k", Model = "m", Started = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromSeconds(2), Usage = new(7, 3), Response = response });
        await store.RecordAsync(new() { Key = "a", Point = "p", Problem = "q", PromptHash = "", Response = "", Grade = default, StoppedBy = default });
        var call = store.FindCall("k")!;
        Assert.Equal(("x", ChatFinishReason.Length, 3L, TimeSpan.FromSeconds(2)), (call.Response!.Text, call.Response.FinishReason!.Value, call.Response.Usage!.OutputTokenCount!.Value, call.Duration));
        var choices = KnownLogProbabilities.Instance.Read(call.Response)!;
        Assert.Equal([-0.25, -1.5], choices.Select(choice => choice.LogProbability));
        Assert.Equal(new KeyValuePair<string, double>("a", -0.5), Assert.Single(choices[1].Alternatives));
    }

    [Fact]
    public async Task Calls_that_a_strategy_leaves_are_paid_for_as_far_as_they_had_come()
    {
        var definition = _folder.Load(Model + "strategies: [{ strategy: shortest_m, n: 3, m: 1 }]\ntasks: [{ family: arithmetic, difficulty: 1, count: 2 }]\ncache: true\nconcurrency: 1\n");
        var client = new ScriptedChatClient(async call =>
        {
            if (call.Number % 3 > 0)
                await Task.Delay(Timeout.Infinite, call.Cancellation);
            return ScriptedChatClient.Say(Right(call, 1));
        });
        var outcome = await _folder.RunAsync(definition, client, cancellation: Cancellation);
        Assert.Equal((EvaluationEnd.Completed, 6, 6), (outcome.End, client.Calls.Count, outcome.Spent.Calls));
        Assert.All(outcome.Points[0].Answers.SelectMany(answers => answers), answer => Assert.True(answer.IsCorrect));
    }

    // Right with a probability, by the seed alone: the same call is answered alike.
    private static string Right(ScriptedCall call, double probability)
    {
        var isRight = new RandomGenerator((ulong)(call.Options?.Seed ?? 0)).NextDouble() < probability;
        return isRight && Known.Value.TryGetValue(call.Last, out var answer) ? $"Answer: {answer}" : "Answer: -999";
    }

    private static readonly Lazy<Dictionary<string, string>> Known = new(() =>
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, levels) in ((string, int)[])[("arithmetic", 3), ("chain", 3)])
        {
            var family = Vilfredo.Measurement.Tasks.TaskFamilies.Find(name)!;
            // The problems that files of these tests can ask for: seed 1, test split.
            foreach (var (low, high) in ((int, int)[])[(1, 1), (1, levels), (2, 4)])
            {
                var random = new RandomGenerator(1);
                for (var i = 0; i < 200; i++)
                {
                    var item = family.Generate(low + (i % (high - low + 1)), random, null, Vilfredo.Measurement.Tasks.TaskSplit.Test);
                    known[item.Prompt] = item.Answer;
                }
            }
        }

        return known;
    });
}
