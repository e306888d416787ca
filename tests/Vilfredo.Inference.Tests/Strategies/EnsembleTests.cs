using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Ensembles;
using Vilfredo.Inference.Strategies.Stages;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Strategies;

public class EnsembleTests
{
    private static async Task<(ChatResponse Response, StrategyAnswer Answer)> Ask(IChatClient model, InferenceStrategy strategy, StrategySettings? settings = null)
    {
        using var client = new StrategyChatClient(model, strategy, settings ?? new() { MaximumConcurrency = 1, Seed = 3 });
        var response = await client.GetResponseAsync("why");
        return (response, StrategyAnswer.Of(response)!);
    }

    private static bool Has(ScriptedCall call, string text) => call.Last.Contains(text, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("night", "night", 1)]
    [InlineData("Night  owl", "night owl", 1)]
    [InlineData("abc", "xyz", 0)]
    // " night ": _ni nig igh ght ht_; " nacht ": _na nac ach cht ht_: one of five and five in common.
    [InlineData("night", "nacht", 0.2)]
    [InlineData("aaaa", "aa", 4.0 / 6)]
    public void The_similarity_of_texts_is_the_dice_coefficient_of_their_triples(string first, string second, double expected)
    {
        Assert.Equal(expected, TextSimilarity.Of(first, second), 12);
        Assert.Equal(expected, TextSimilarity.Of(second, first), 12);
    }

    [Fact]
    public void Clusters_are_the_connected_parts_whatever_the_order()
    {
        // 0-2-4 is a chain; 1 and 3 are a pair.
        var similarities = new double[5, 5];
        foreach (var (a, b) in ((int, int)[])[(0, 2), (2, 4), (1, 3)])
            similarities[a, b] = similarities[b, a] = 0.9;
        Assert.Equal([[0, 2, 4], [1, 3]], SelfConsistencyStrategy.Clusters(similarities, 0.8));
        Assert.Equal(5, SelfConsistencyStrategy.Clusters(similarities, 0.95).Count);
        Assert.Single(SelfConsistencyStrategy.Clusters(similarities, 0));
        // Means of 0.775, 0.725, 0.7 and 0.525: the first, though it has a member that is less like it than the second has.
        double[,] close = { { 1, 0.9, 0.9, 0.3 }, { 0.9, 1, 0.5, 0.5 }, { 0.9, 0.5, 1, 0.4 }, { 0.3, 0.5, 0.4, 1 } };
        Assert.Equal(0, SelfConsistencyStrategy.TypicalOf([0, 1, 2, 3], close));
    }

    [Fact]
    public async Task The_most_typical_text_of_the_largest_cluster_wins_where_a_vote_of_whole_texts_is_tied()
    {
        string[] attempts = ["The cat sat on the mat today.", "Nobody knows.", "The cat sat on the mat.", "The cat sat on the mat then.", "Unclear to me."];
        var (response, answer) = await Ask(new ScriptedChatClient(attempts), new SelfConsistencyStrategy(5, 0.75));
        Assert.Equal(("The cat sat on the mat.", 0.6), (response.Text, answer.Outcome.Confidence));
        Assert.Equal(attempts[0], (await Ask(new ScriptedChatClient(attempts), new SelfConsistencyStrategy(5, 1))).Response.Text);
    }

    [Fact]
    public async Task Attempts_that_were_cut_off_do_not_cluster()
    {
        var model = new ScriptedChatClient(call => Task.FromResult(call.Number < 3 ? Say("the same", finish: ChatFinishReason.Length) : Say("other")));
        Assert.Equal("other", (await Ask(model, new SelfConsistencyStrategy(4))).Response.Text);
    }

    [Fact]
    public async Task In_a_mixture_each_role_has_its_model_and_each_layer_reads_the_one_before()
    {
        var (a, b, c, main) = (new ScriptedChatClient("from a"), new ScriptedChatClient("from b"), new ScriptedChatClient("final"), new ScriptedChatClient("never"));
        var models = new Dictionary<string, IChatClient> { ["a"] = a, ["b"] = b, ["c"] = c };
        var strategy = StrategyCatalog.Build("mixture_of_agents", new Dictionary<string, string> { ["proposers"] = "a, b", ["n"] = "3", ["layers"] = "2", ["aggregator_model"] = "c" }, name => models[name]);
        var (response, answer) = await Ask(main, strategy);
        Assert.Equal(("final", 4, 2, 1, 0), (response.Text, a.Calls.Count, b.Calls.Count, c.Calls.Count, main.Calls.Count));
        Assert.Equal("why", a.Calls[0].Last);
        Assert.All(a.Calls.Skip(2).Concat(b.Calls.Skip(1)), call => Assert.True(Has(call, "[Answer 1]\nfrom a") && Has(call, "[Answer 2]\nfrom b") && Has(call, "[Answer 3]\nfrom a")));
        Assert.Equal([3, 4, 5], answer.Calls.Calls[^1].Parents);
    }

    [Fact]
    public async Task With_a_critic_a_mixture_has_the_three_steps_of_optillm()
    {
        var model = new ScriptedChatClient("one", "two", "three", "the critique", "final");
        var (response, answer) = await Ask(model, new MixtureOfAgentsStrategy(new() { Critic = new StageSettings { Temperature = 0.1, MaximumOutputTokens = 512 } }));
        Assert.Equal("final", response.Text);
        Assert.Equal([CallRole.Sample, CallRole.Sample, CallRole.Sample, CallRole.Critique, CallRole.Final], answer.Calls.Calls.Select(call => call.Role));
        Assert.Equal((0.1f, 512), (model.Calls[3].Options!.Temperature, model.Calls[3].Options!.MaxOutputTokens));
        Assert.True(Has(model.Calls[4], "the critique") && Has(model.Calls[4], "three"));
    }

    [Fact]
    public async Task A_fusion_tells_the_synthesis_what_the_judge_found()
    {
        var asked = 0;
        var model = new ScriptedChatClient(call => Has(call, "\"analysis\":")
            ? asked++ == 0 ? "sorry" : """So: {"analysis": {"consensus": ["they agree on x"], "contradictions": ["on y"], "blind_spots": "none"}}"""
            : call.Last == "why" ? $"answer {call.Number}" : "fused");
        var (response, answer) = await Ask(model, new FusionStrategy());
        Assert.Equal([0, 1, 2, 4], answer.Calls.Calls[^1].Parents);
        Assert.Equal(("fused", 2, 6), (response.Text, asked, model.Calls.Count));
        Assert.True(Has(model.Calls[^1], "Consensus:\n- they agree on x\n\nContradictions:\n- on y") && Has(model.Calls[^1], "answer 2") && !Has(model.Calls[^1], "Blind spots"));
    }

    [Fact]
    public async Task Sneaky_answers_never_win_however_much_the_verifier_likes_them_and_advise_the_next_round()
    {
        var model = new ScriptedChatClient(call => Has(call, "\"score\":") ? $$"""{"score": {{(Has(call, "trick") ? 10 : Has(call, "later") ? 7 : 4)}}}"""
            : Has(call, "test a reviewer") ? "trick" : Has(call, "at most five short points") ? "mind the sign" : Has(call, "mind the sign") ? "later" : "early");
        var (response, answer) = await Ask(model, new ProverVerifierStrategy(2, 2, 1));
        Assert.Equal(("later", 0.0), (response.Text, answer.Outcome.Confidence));
        Assert.Equal(2 * (2 + 1) * 2 + 1, model.Calls.Count);
        Assert.Single(model.Calls, call => Has(call, "[Best honest answer, rated 4]\nearly") && Has(call, "rated 10]\ntrick"));
    }

    [Fact]
    public async Task Agents_whose_verified_answers_agree_stop_early_and_others_are_corrected()
    {
        var model = new ScriptedChatClient(call => Has(call, "\"verdict\":")
            ? Has(call, "good") ? """{"verdict": {"correct": true, "flaws": ""}}""" : """{"verdict": {"correct": false, "flaws": "sign error"}}"""
            : Has(call, "sign error") ? "good Answer: 7" : "bad Answer: 6");
        var (response, answer) = await Ask(model, new MarsStrategy(new() { Agents = 2, Aggregations = 0, SharesStrategies = false }));
        Assert.Equal(("good Answer: 7", StopReason.Early, 1.0), (response.Text, answer.StoppedBy, answer.Outcome.Confidence));
        Assert.Equal(2 + 4 + 2 + 4, model.Calls.Count);
        Assert.All(model.Calls.Where(call => Has(call, "object to this answer")), call => Assert.Equal((ChatRole.Assistant, "bad Answer: 6"), (call.Messages[^2].Role, call.Messages[^2].Text)));
    }

    [Fact]
    public async Task An_answer_is_verified_only_when_all_passes_find_it_right()
    {
        var passes = new Dictionary<string, int>();
        var model = new ScriptedChatClient(call =>
        {
            if (!Has(call, "\"verdict\":"))
                return call.Number == 0 ? "lucky Answer: 1" : "sound Answer: 2";
            var shown = Has(call, "lucky") ? "lucky" : "sound";
            passes[shown] = passes.GetValueOrDefault(shown) + 1;
            return shown == "lucky" && passes[shown] % 2 == 0 ? """{"verdict": {"correct": false, "flaws": "no"}}""" : """{"verdict": {"correct": true, "flaws": ""}}""";
        });
        var (response, answer) = await Ask(model, new MarsStrategy(new() { Agents = 2, Aggregations = 0, SharesStrategies = false, Iterations = 1 }));
        Assert.Equal(("sound Answer: 2", 1.0), (response.Text, answer.Outcome.Confidence));
    }

    [Fact]
    public async Task Agents_that_never_agree_have_one_answer_made_of_theirs()
    {
        var model = new ScriptedChatClient(call => Has(call, "\"verdict\":") ? """{"verdict": {"correct": false, "flaws": "no"}}""" : Has(call, "better than each") ? "made of all" : $"Answer: {call.Number}");
        var (response, answer) = await Ask(model, new MarsStrategy(new() { Agents = 3, Aggregations = 0, SharesStrategies = false, Iterations = 2 }));
        Assert.Equal(("made of all", CallRole.Final), (response.Text, answer.Calls.Calls[^1].Role));
    }

    [Fact]
    public async Task Temperatures_of_agents_rise_evenly()
    {
        var model = new ScriptedChatClient("Answer: 1");
        await Ask(model, new MarsStrategy(new() { Agents = 3, Coolest = 0.2, Hottest = 1, Aggregations = 0, SharesStrategies = false, Iterations = 0 }));
        Assert.Equal([0.2f, 0.6f, 1f], model.Calls.Select(call => call.Options!.Temperature!.Value));
    }

    [Theory]
    [InlineData(ModelDistribution.RoundRobin, "0 1 2 0 1", "2 0 1 2")]
    [InlineData(ModelDistribution.Equal, "0 1 2 0 1", "0 1 2 0")]
    [InlineData(ModelDistribution.FirstOnly, "0 0 0 0 0", "0 0 0 0")]
    // Shares of 5 by 1:1:3 are 1, 1, 3; of 4 they are 0.8, 0.8, 2.4, which largest remainders round to 1, 1, 2.
    [InlineData(ModelDistribution.Weighted, "0 1 2 2 2", "0 1 2 2")]
    public void Calls_are_shared_out_among_models(ModelDistribution distribution, string first, string second)
    {
        var model = new ScriptedChatClient("x");
        var options = new RemomOptions { Models = [model, model, model], Distribution = distribution, Weights = [1, 1, 3] };
        Assert.Equal((first, second), (string.Join(' ', RemomStrategy.SharesOf(options, 5, 0)), string.Join(' ', RemomStrategy.SharesOf(options, 4, 5))));
    }

    [Fact]
    public async Task Rounds_follow_the_schedule_and_see_only_the_kept_end_of_answers()
    {
        var model = new ScriptedChatClient(call => call.Last == "why" ? $"a long beginning and END{call.Number}" : $"later {call.Number}");
        var (response, answer) = await Ask(model, new RemomStrategy(new() { Breadth = [4, 2], KeptTokens = 1 }));
        Assert.Equal(("later 6", "0 0 0 0 1 1 2"), (response.Text, string.Join(' ', answer.Calls.Calls.Select(call => call.Round))));
        Assert.All(model.Calls.Skip(4).Take(2), call => Assert.True(Has(call, "[Answer 4]\nEND3") && !Has(call, "beginning")));
    }

    [Fact]
    public async Task A_quorum_ends_a_round_and_cancels_the_rest()
    {
        var model = new ScriptedChatClient(async call =>
        {
            if (call.Last == "why" && call.Number >= 2)
                await Task.Delay(Timeout.Infinite, call.Cancellation);
            return Say(call.Last == "why" ? "quick" : "final");
        });
        var (response, answer) = await Ask(model, new RemomStrategy(new() { Breadth = [4], Quorum = 0.5 }), new() { MaximumConcurrency = 8, Seed = 1 });
        Assert.Equal(("final", 2, 0), (response.Text, answer.Calls.Calls.Count(call => call.Outcome == CallOutcome.Cancelled), model.Running));
    }

    [Fact]
    public void Knobs_that_name_models_say_what_is_wrong()
    {
        Assert.Contains("no models", Assert.Throws<FormatException>(() => StrategyCatalog.Build("moa", new Dictionary<string, string> { ["proposers"] = "a,b" })).Message, StringComparison.Ordinal);
        Assert.Contains("commas", Assert.Throws<FormatException>(() => StrategyCatalog.Build("moa", new Dictionary<string, string> { ["proposers"] = " , " })).Message, StringComparison.Ordinal);
        var weights = new Dictionary<string, string> { ["models"] = "a,b", ["distribution"] = "weighted", ["weights"] = "1" };
        Assert.Contains("one weight", Assert.Throws<FormatException>(() => StrategyCatalog.Build("remom", weights, _ => new ScriptedChatClient("x"))).Message, StringComparison.Ordinal);
        var point = new EvaluatedPoint { Name = "p", Model = "m", Strategy = "moa", Knobs = new Dictionary<string, string> { ["proposers"] = "a, b", ["aggregator_model"] = "c" } };
        Assert.Equal(["a", "b", "c"], point.OtherModels.Order());
    }
}
