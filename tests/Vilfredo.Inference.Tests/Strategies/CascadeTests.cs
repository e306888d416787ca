using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Cascades;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Measurement.InferenceCosts;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Strategies;

public class CascadeTests
{
    private static readonly StrategySettings Settings = new() { MaximumConcurrency = 1, Seed = 3 };

    private static CascadeStrategy Cascade(string tiers, IResponseAcceptor acceptor, Dictionary<string, IChatClient> models, bool checksLast = false, params double[] thresholds) => new(new()
    {
        Tiers = [.. tiers.Split('>').Select(StrategyPoint.Parse)],
        Acceptor = acceptor,
        Thresholds = thresholds,
        ChecksLast = checksLast,
        Models = name => models[name],
    });

    private static async Task<(string Text, StrategyAnswer Answer)> Ask(IChatClient own, InferenceStrategy strategy, StrategySettings? settings = null)
    {
        using var client = new StrategyChatClient(own, strategy, settings ?? Settings);
        var response = await client.GetResponseAsync("What is it?");
        return (response.Text, StrategyAnswer.Of(response)!);
    }

    private static ScriptedChatClient WithLogProbabilities(string text, double each) => new(call =>
    {
        var response = Say(text);
        response.AdditionalProperties = new() { [KnownLogProbabilities.Key] = (TokenChoice[])[TokenChoice.Of(each), TokenChoice.Of(each)] };
        return Task.FromResult(call.Options?.AdditionalProperties?.ContainsKey(KnownLogProbabilities.Key) == true ? response : Say(text));
    });

    [Fact]
    public async Task A_tier_that_seems_good_enough_answers_and_the_next_is_not_asked()
    {
        var (small, large) = (WithLogProbabilities("small", -0.3), new ScriptedChatClient("large"));
        var models = new Dictionary<string, IChatClient> { ["s"] = small, ["l"] = large };
        var kept = await Ask(small, Cascade("s > l", new LogProbabilityAcceptor(), models));
        Assert.Equal(("small", 0.9, StopReason.Early), (kept.Text, Math.Round(kept.Answer.Outcome.Confidence!.Value, 9), kept.Answer.StoppedBy));
        Assert.Empty(large.Calls);

        var up = await Ask(small, Cascade("s > l", new LogProbabilityAcceptor(), models, thresholds: 0.95));
        Assert.Equal(("large", StopReason.Completed), (up.Text, up.Answer.StoppedBy));
        // Both answers are paid for.
        Assert.Equal(2, up.Answer.Calls.Leaves.Count());
        Assert.Equal(20, up.Answer.Calls.Usage.InputTokens);
        Assert.Equal([0], up.Answer.Calls.Calls[1].Parents);
    }

    [Fact]
    public async Task A_cascade_of_one_tier_is_that_tier()
    {
        var model = new ScriptedChatClient("Answer: 4");
        var plain = await Ask(model, StrategyCatalog.Build("single", new Dictionary<string, string>()));
        var cascade = await Ask(model, Cascade("single", new LogProbabilityAcceptor(), []));
        Assert.Equal((plain.Text, plain.Answer.Calls.TotalTokens), (cascade.Text, cascade.Answer.Calls.TotalTokens));
        Assert.Equal(model.Calls[0].Options!.Seed, model.Calls[1].Options!.Seed);
    }

    [Fact]
    public async Task When_no_tier_is_accepted_the_best_scored_answer_is_kept()
    {
        var models = new Dictionary<string, IChatClient> { ["a"] = WithLogProbabilities("first", -0.9), ["b"] = WithLogProbabilities("second", -0.6), ["c"] = WithLogProbabilities("third", -1.5) };
        var strategy = Cascade("a > b > c", new LogProbabilityAcceptor(), models, checksLast: true, 0.99);
        Assert.Equal("second", (await Ask(models["a"], strategy)).Text);
        // Without the check the last tier is trusted.
        Assert.Equal("third", (await Ask(models["a"], Cascade("a > b > c", new LogProbabilityAcceptor(), models, thresholds: 0.99))).Text);
        // And so it is when a budget ends it.
        var cut = await Ask(models["a"], Cascade("a > b > c", new LogProbabilityAcceptor(), models, thresholds: 0.99), Settings with { Budget = new() { Calls = 2 } });
        Assert.Equal(("second", StopReason.Budget), (cut.Text, cut.Answer.StoppedBy));
    }

    [Fact]
    public async Task A_tier_that_fails_is_passed_over()
    {
        var broken = new ScriptedChatClient(string (_) => throw new InvalidOperationException("down"));
        var models = new Dictionary<string, IChatClient> { ["bad"] = broken, ["good"] = WithLogProbabilities("good", -0.9) };
        Assert.Equal("good", (await Ask(broken, Cascade("bad > good", new LogProbabilityAcceptor(), models))).Text);
        Assert.Equal("good", (await Ask(broken, Cascade("good > bad", new LogProbabilityAcceptor(), models, thresholds: 0.99))).Text);
        await Assert.ThrowsAsync<StrategyFailedException>(() => Ask(broken, Cascade("bad > bad", new LogProbabilityAcceptor(), models)));
    }

    [Fact]
    public async Task Without_log_probabilities_nothing_is_accepted_and_it_is_said()
    {
        var models = new Dictionary<string, IChatClient> { ["s"] = new ScriptedChatClient("small"), ["l"] = new ScriptedChatClient("large") };
        foreach (var acceptor in (IResponseAcceptor[])[new LogProbabilityAcceptor(), new MarginAcceptor(), new ConfidenceAcceptor()])
        {
            var (text, answer) = await Ask(models["s"], Cascade("s > l", acceptor, models, thresholds: 0));
            Assert.Equal("large", text);
            Assert.Contains("not accepted", Assert.Single(answer.Warnings));
        }
    }

    [Fact]
    public async Task Margins_are_those_to_the_next_best_token()
    {
        var model = new ScriptedChatClient(_ =>
        {
            var response = Say("yes");
            response.AdditionalProperties = new() { [KnownLogProbabilities.Key] = (TokenChoice[])[new(-0.1, "yes", [new("yes", -0.1), new("no", -3.1)]), new(-0.5, "a", [new("b", -1.5)])] };
            return Task.FromResult(response);
        });
        var (_, answer) = await Ask(model, Cascade("single > single", new MarginAcceptor(), []));
        Assert.Equal(1 - Math.Exp(-2.0 / 3), (await Ask(model, Cascade("single > single", new MarginAcceptor(), [], thresholds: 0))).Answer.Outcome.Confidence!.Value, 1e-12);
        Assert.Equal(1, answer.Calls.Calls[^1].Round); // 0.487 is below 0.5
    }

    [Fact]
    public async Task The_share_of_a_vote_is_its_confidence()
    {
        var model = new ScriptedChatClient("Answer: 1", "Answer: 1", "Answer: 2", "Answer: 9");
        var (text, answer) = await Ask(model, Cascade("majority_voting:n=3 > single", new ConfidenceAcceptor(), []));
        Assert.Equal(("Answer: 1", 2.0 / 3), (text, answer.Outcome.Confidence));
        Assert.Equal(3, answer.Calls.Leaves.Count());
        Assert.Equal("Answer: 9", (await Ask(new ScriptedChatClient("Answer: 1", "Answer: 3", "Answer: 2", "Answer: 9"), Cascade("majority_voting:n=3 > single", new ConfidenceAcceptor(), []))).Text);
    }

    [Fact]
    public async Task Agreement_asks_the_tier_again_and_keeps_the_most_frequent_answer()
    {
        var model = new ScriptedChatClient("Answer: 5", "Answer: 7", "Answer: 7", "Answer: 0");
        var (text, answer) = await Ask(model, Cascade("single > single", new AgreementAcceptor(3), []));
        Assert.Equal(("Answer: 7", 2.0 / 3), (text, answer.Outcome.Confidence));
        Assert.Equal(3, model.Calls.Select(call => call.Options!.Seed).Distinct().Count());
        var torn = new ScriptedChatClient("Answer: 5", "Answer: 7", "Answer: 8", "Answer: 0");
        Assert.Equal("Answer: 0", (await Ask(torn, Cascade("single > single", new AgreementAcceptor(3), []))).Text);
    }

    [Fact]
    public async Task A_tier_verifies_itself_or_another_judges_it()
    {
        string Graded(ScriptedCall call, string text, int score) => call.Last.Contains("Rate how likely", StringComparison.Ordinal) ? $$"""{"score": {{score}}}""" : text;
        var (sure, doubtful) = (new ScriptedChatClient(call => Graded(call, "sure", 9)), new ScriptedChatClient(call => Graded(call, "doubtful", 2)));
        var models = new Dictionary<string, IChatClient> { ["sure"] = sure, ["doubtful"] = doubtful };
        var verify = new JudgeAcceptor(client => new PointwiseJudge(settings: new() { Client = client }), 10);
        Assert.Equal("sure", (await Ask(doubtful, Cascade("doubtful > sure", verify, models))).Text);
        Assert.Equal("sure", (await Ask(doubtful, Cascade("sure > doubtful", verify, models))).Text);
        var judged = await Ask(doubtful, Cascade("doubtful > sure", new JudgeAcceptor(_ => new PointwiseJudge(settings: new() { Client = sure }), 10), models));
        Assert.Equal(("doubtful", 0.9), (judged.Text, judged.Answer.Outcome.Confidence));
        Assert.Equal("sure", (await Ask(doubtful, Cascade("doubtful > sure", new PredicateAcceptor(candidate => candidate.Text == "sure"), models))).Text);
    }

    [Fact]
    public async Task Entailment_is_the_share_of_the_verifiers_decisions_of_which_the_last_counts()
    {
        string[] decisions = ["It could be correct, but no. Decision: incorrect", "Decision: Correct", "decision: CORRECT.", "That is not correct", "I cannot tell", "Incorrect at first sight, yet: Decision: correct"];
        var asked = 0;
        ScriptedChatClient Model() => new(call => call.Last.Contains("Decision:", StringComparison.Ordinal) ? decisions[asked++ % decisions.Length] : "Answer: 4");
        asked = 0;
        var (model, large) = (Model(), new ScriptedChatClient("Answer: 5"));
        var models = new Dictionary<string, IChatClient> { ["s"] = model, ["l"] = large };
        // Three of five decisions; one reply has none.
        var (text, answer) = await Ask(model, Cascade("s > l", new EntailmentAcceptor(6), models, thresholds: 0.6));
        Assert.Equal(("Answer: 4", 0.6), (text, answer.Outcome.Confidence));
        Assert.Equal(6, model.Calls.Skip(1).Select(call => call.Options!.Seed).Distinct().Count());
        Assert.All(model.Calls.Skip(1), call => Assert.Equal(1f, call.Options!.Temperature));
        asked = 0;
        Assert.Equal("Answer: 5", (await Ask(model, Cascade("s > l", new EntailmentAcceptor(6), models, thresholds: 0.61))).Text);
        // Without any decision nothing is accepted, and it is said.
        var silent = new ScriptedChatClient("Answer: 4");
        var none = await Ask(silent, Cascade("single > l", new EntailmentAcceptor(3), models, thresholds: 0));
        Assert.Equal("Answer: 5", none.Text);
        Assert.Contains("None of 3 replies", Assert.Single(none.Answer.Warnings, warning => warning.Contains("verifier", StringComparison.Ordinal)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EntailmentAcceptor(0));
    }

    [Fact]
    public async Task A_policy_decides_in_place_of_thresholds()
    {
        string Graded(ScriptedCall call, string text, int score) => call.Last.Contains("Rate how likely", StringComparison.Ordinal) ? $$"""{"score": {{score}}}""" : text;
        CascadePolicy policy = new() { Method = "double", Accept = "self_verify", Samples = 1, Edges = [0.3, 0.7], Keeps = [true, false, true] };
        foreach (var (score, says) in ((int, string)[])[(1, "small"), (5, "large"), (9, "small")])
        {
            Dictionary<string, IChatClient> models = new() { ["s"] = new ScriptedChatClient(call => Graded(call, "small", score)), ["l"] = new ScriptedChatClient("large") };
            CascadeStrategy Strategy(CascadePolicy given) => new(new()
            {
                Tiers = [StrategyPoint.Parse("s"), StrategyPoint.Parse("l")],
                Acceptor = new JudgeAcceptor(client => new PointwiseJudge(settings: new() { Client = client }), 10),
                Policy = given,
                Models = name => models[name],
            });
            Assert.Equal(says, (await Ask(models["s"], Strategy(policy))).Text);
            var kept = await Ask(models["s"], Strategy(policy with { Start = CascadeStart.Keep }));
            Assert.Equal(("small", 1), (kept.Text, kept.Answer.Calls.Leaves.Count()));
            var up = await Ask(models["s"], Strategy(policy with { Start = CascadeStart.Escalate }));
            Assert.Equal(("large", 1), (up.Text, up.Answer.Calls.Leaves.Count()));
            Assert.Equal(new CallPlan(2, 4, 4), Strategy(policy).Plan);
            Assert.Equal(CallPlan.Fixed(1, 1), Strategy(policy with { Start = CascadeStart.Escalate }).Plan);
        }
    }

    [Fact]
    public void A_policy_of_other_scores_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-cascade-");
        try
        {
            var path = Path.Combine(folder.FullName, "cascade.json");
            new CascadePolicy { Method = "pomdp", Accept = "entailment", Samples = 8, Edges = [], Keeps = [true] }.Save(path);
            Dictionary<string, IChatClient> models = new() { ["s"] = new ScriptedChatClient("small"), ["l"] = new ScriptedChatClient("large") };
            InferenceStrategy Build(params (string, string)[] knobs) => StrategyCatalog.Build("cascade", knobs.Append(("policy", path)).ToDictionary(knob => knob.Item1, knob => knob.Item2), name => models[name]);
            Assert.Equal(new CallPlan(9, 10, 3), Build(("tiers", "s > l"), ("accept", "entailment"), ("samples", "8")).Plan);
            foreach (var (knobs, says) in (((string, string)[], string)[])
            [
                ([("tiers", "s > l"), ("accept", "self_verify"), ("samples", "8")], "fitted to scores of 'accept: entailment' with 8"), ([("tiers", "s > l"), ("accept", "entailment")], "with 3"),
                ([("tiers", "s > s > l"), ("accept", "entailment"), ("samples", "8")], "two tiers"), ([("tiers", "s > l"), ("accept", "entailment"), ("samples", "8"), ("threshold", "0.5")], "thresholds"),
            ])
            {
                Assert.Contains(says, Assert.Throws<FormatException>(() => Build(knobs)).Message);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_catalog_builds_it_and_says_what_is_wrong()
    {
        Dictionary<string, IChatClient> models = new() { ["s"] = WithLogProbabilities("small", -0.3), ["l"] = new ScriptedChatClient("large") };
        IChatClient Model(string name) => models.TryGetValue(name, out var model) ? model : throw new FormatException($"no model {name}");
        InferenceStrategy Build(params (string, string)[] knobs) => StrategyCatalog.Build("cascade", knobs.ToDictionary(knob => knob.Item1, knob => knob.Item2), Model);

        Assert.Equal("small", (await Ask(models["l"], Build(("tiers", "s > l")))).Text);
        Assert.Equal("large", (await Ask(models["s"], Build(("tiers", "s > l"), ("threshold", "0.95")))).Text);
        Assert.Equal("large", (await Ask(models["s"], Build(("tiers", "s:single > s:majority_voting:n=3:temperature=0.5 > l"), ("thresholds", "0.95 > 0.95")))).Text);
        Assert.Equal(new CallPlan(1, 5, 3), Build(("tiers", "s > s:majority_voting:n=3 > l")).Plan);
        Assert.Equal(new CallPlan(3, 4, 3), Build(("tiers", "s > l"), ("accept", "agreement")).Plan);
        Assert.Equal(new CallPlan(4, 8, 4), Build(("tiers", "s > l"), ("accept", "self_verify")).Plan);
        foreach (var (knobs, says) in (((string, string)[], string)[])
        [
            ([], "'tiers'"), ([("tiers", "s > x")], "no model x"), ([("tiers", "s:majority_voting:m=3")], "no knob 'm'"), ([("tiers", "s:nothing:n=3")], "no way to answer"), ([("tiers", "s:single:n")], "no knob with its value"),
            ([("tiers", "s > router")], "is a router"), ([("tiers", "s > cascade")], "cascade"), ([("tiers", "s > l"), ("thresholds", "1.5")], "from 0 to 1"), ([("tiers", "s > l"), ("thresholds", "0.5 > 0.5")], "2 thresholds"),
            ([("tiers", "s > l"), ("thresholds", "0.5"), ("threshold", "0.5")], "not both"), ([("tiers", "s > ")], "no way to answer"),
        ])
        {
            Assert.Contains(says, Assert.Throws<FormatException>(() => Build(knobs)).Message);
        }

        Assert.Equal(["s", "l"], new KnobValues(CascadeStrategy.Definition, new Dictionary<string, string> { ["tiers"] = "s > s:best_of_n:judge_model=l > single" }).NamedModels);
    }

    [Fact]
    public async Task The_last_tier_streams_when_it_is_trusted_and_gives_the_whole_account()
    {
        Dictionary<string, IChatClient> models = new() { ["s"] = WithLogProbabilities("small", -3), ["l"] = new ScriptedChatClient("a large answer") };
        using var client = new StrategyChatClient(models["s"], Cascade("s > l", new LogProbabilityAcceptor(), models), Settings);
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync("?"))
            updates.Add(update);
        Assert.Equal("a large answer ", string.Concat(updates.Select(update => update.Text)));
        Assert.True(updates.Count > 3);
        var response = updates.ToChatResponse();
        Assert.Equal(20, response.Usage!.InputTokenCount);
        Assert.Equal("cascade", (updates[^1].AdditionalProperties![StrategyAnswer.Key] as StrategyAnswer)!.Strategy);
    }

    [Fact]
    public void The_expected_cost_is_that_of_a_simulation()
    {
        double[] costs = [1, 4, 20], acceptances = [0.6, 0.3];
        Assert.Equal(1 + (0.4 * 4) + (0.4 * 0.7 * 20), CascadeCost.Expected(costs, acceptances), 1e-12);
        Assert.Equal(CascadeCost.Expected(costs, acceptances), CascadeCost.Expected(costs, [0.6, 0.3, 1]));
        Assert.Equal(7, CascadeCost.Expected([7], []));
        var random = new RandomGenerator(8);
        double[] paid = [.. Enumerable.Range(0, 20_000).Select(_ =>
        {
            var sum = 0.0;
            for (var tier = 0; tier < 3; tier++)
            {
                sum += costs[tier];
                if (tier < 2 && random.NextBoolean(acceptances[tier]))
                    break;
            }

            return sum;
        })];
        var error = Math.Sqrt(paid.Sum(value => Math.Pow(value - paid.Average(), 2)) / 19_999 / 20_000);
        Assert.Equal(CascadeCost.Expected(costs, acceptances), paid.Average(), 3.5 * error);
        Assert.Throws<ArgumentException>(() => CascadeCost.Expected(costs, [0.5]));
        Assert.Throws<ArgumentException>(() => CascadeCost.Expected(costs, [0.5, 2]));
    }

    [Fact]
    public async Task What_a_cascade_costs_in_the_account_is_the_sum_of_its_tiers()
    {
        var prices = new PriceTable("USD", new(2026, 1, 1), [KeyValuePair.Create("small", new TokenPrice(1, 2)), KeyValuePair.Create("large", new TokenPrice(10, 20))]);
        Dictionary<string, IChatClient> models = new()
        {
            ["s"] = new ScriptedChatClient(_ => Task.FromResult(Say("one two", model: "small")), "small"),
            ["l"] = new ScriptedChatClient(_ => Task.FromResult(Say("one two three", model: "large")), "large"),
        };
        var (_, answer) = await Ask(models["s"], Cascade("s > l", new PredicateAcceptor(_ => false), models), Settings with { Prices = prices });
        Assert.Equal(((10 * 1) + (2 * 2) + (10 * 10) + (3 * 20)) / 1e6, answer.Calls.Cost!.Value.Amount, 1e-12);
    }
}
