using System.Globalization;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Refinement;
using Vilfredo.Inference.Strategies.Refinement.Distilling;
using Vilfredo.Inference.Strategies.Sampling;
using Vilfredo.Inference.Strategies.Voting;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Strategies;

public class RefinementTests
{
    private static readonly ChatMessage[] Chat = [new(ChatRole.System, "be brief"), new(ChatRole.User, "first"), new(ChatRole.Assistant, "User: x"), new(ChatRole.User, "why")];

    private static async Task<(ChatResponse Response, StrategyAnswer Answer)> Ask(IChatClient model, InferenceStrategy strategy, StrategySettings? settings = null, ChatOptions? options = null)
    {
        using var client = new StrategyChatClient(model, strategy, settings ?? new() { MaximumConcurrency = 1, Seed = 3 });
        var response = await client.GetResponseAsync(Chat, options);
        return (response, StrategyAnswer.Of(response)!);
    }

    private static IEnumerable<string> Described(ScriptedChatClient model) => model.Calls.Select(call => string.Create(
        CultureInfo.InvariantCulture, $"{call.Options!.Seed} {call.Options.Temperature} {call.Options.MaxOutputTokens} {string.Join('|', call.Messages.Select(message => $"{message.Role}:{message.Text}"))}"));

    // Every draft is told apart: its text has the number of its call.
    private static ScriptedChatClient Numbered() => new(call => call.Last.Contains("JSON only", StringComparison.Ordinal)
        ? """{"keep": [1, 2, 3]}"""
        : $"draft {call.Number} Answer: {call.Number}");

    private static ParallelDistillRefineStrategy Pdr(IWorkspaceDistiller? distiller = null, params int[] widths) =>
        new(new() { Widths = widths.Length > 0 ? widths : [4, 2, 1], Distiller = distiller ?? new SummaryDistiller() });

    public static TheoryData<string> Distillers => ["summary", "top_k", "top_k_each", "random_k", "last_tokens", "all"];

    [Fact]
    public async Task Rounds_of_one_draft_are_the_calls_of_sequential_refinement()
    {
        var (parallel, sequential) = (Numbered(), Numbered());
        var a = await Ask(parallel, new ParallelDistillRefineStrategy(new() { Widths = [1, 1, 1] }));
        var b = await Ask(sequential, new SequentialRefinementStrategy(2));
        Assert.Equal(Described(sequential), Described(parallel));
        Assert.Equal(b.Response.Text, a.Response.Text);
        Assert.Equal([(CallRole.Sample, 0), (CallRole.Revise, 1), (CallRole.Revise, 2)], a.Answer.Calls.Calls.Select(call => (call.Role, call.Round)));
        Assert.Equal(a.Answer.Calls.TotalTokens, a.Answer.Calls.CriticalPathTokens);
        Assert.Contains("draft 0", sequential.Calls[1].Last, StringComparison.Ordinal);
        // Only the last version is seen.
        Assert.DoesNotContain("draft 0", sequential.Calls[2].Last, StringComparison.Ordinal);
    }

    public static TheoryData<string> Degenerate => ["pdr:1", "sequential_refinement:0", "critique_revise:0", "sequential_revision:0", "rsa:1", "re2:1"];

    [Theory]
    [MemberData(nameof(Degenerate))]
    public async Task Without_rounds_each_is_one_plain_call(string name)
    {
        InferenceStrategy strategy = name switch
        {
            "pdr:1" => Pdr(null, 1),
            "sequential_refinement:0" => new SequentialRefinementStrategy(0),
            "critique_revise:0" => new CritiqueReviseStrategy(0),
            "sequential_revision:0" => new SequentialRevisionStrategy(new() { Revisions = 0 }),
            "rsa:1" => new RecursiveAggregationStrategy(1, 1, 0),
            _ => new RereadingStrategy(1),
        };
        var (model, plain) = (Numbered(), Numbered());
        ChatOptions options = new() { Temperature = 0.3f, MaxOutputTokens = 77, StopSequences = ["x"] };
        var (response, answer) = await Ask(model, strategy, options: options);
        await Ask(plain, new SingleStrategy(), options: options);
        Assert.Equal(Described(plain), Described(model));
        Assert.Equal(["x"], model.Calls[0].Options!.StopSequences);
        Assert.Equal(CallPlan.Fixed(1, 1), strategy.Plan);
        Assert.Equal((14, "draft 0 Answer: 0"), ((int)answer.Calls.TotalTokens, response.Text.Trim()));
    }

    [Fact]
    public async Task Chains_without_revisions_are_a_majority_vote()
    {
        string[] answers = ["Answer: 1", "Answer: 2", "Answer: 2", "Answer: 3"];
        var (chains, vote) = (new ScriptedChatClient(answers), new ScriptedChatClient(answers));
        var (response, answer) = await Ask(chains, new SequentialRevisionStrategy(new() { Revisions = 0, Chains = 4, Temperature = 0.7 }));
        await Ask(vote, new MajorityVotingStrategy(4, 0.7));
        Assert.Equal(Described(vote), Described(chains));
        Assert.Equal(("Answer: 2", 0.5), (response.Text, answer.Outcome.Confidence));
    }

    [Theory]
    [MemberData(nameof(Distillers))]
    public async Task Every_distiller_makes_the_calls_of_its_plan(string name)
    {
        var strategy = (ParallelDistillRefineStrategy)StrategyCatalog.Build("pdr", new Dictionary<string, string> { ["widths"] = "4-3-1", ["distiller"] = name, ["k"] = "2" });
        var model = Numbered();
        var (response, answer) = await Ask(model, strategy);
        var distilling = name switch { "summary" or "top_k" => 2, "top_k_each" => 4, _ => 0 };
        Assert.Equal(8 + distilling, model.Calls.Count);
        Assert.Equal(model.Calls.Count, strategy.Plan.Fewest);
        Assert.Equal(distilling, answer.Calls.Calls.Count(call => call.Role is CallRole.Distill or CallRole.Select));
        Assert.Equal(response.Usage!.TotalTokenCount, answer.Calls.TotalTokens);
        Assert.True(answer.Calls.CriticalPathTokens < answer.Calls.TotalTokens);
        // Drafts of the second round wait for drafts of the first, through whatever distils them.
        var graph = answer.Calls.Calls;
        Assert.All(graph.Where(call => call is { Role: CallRole.Revise, Round: 1 }), call => Assert.NotEmpty(call.Parents));
        Assert.Equal(CallRole.Revise, graph[^1].Role);
        Assert.Empty(answer.Warnings);
    }

    [Fact]
    public async Task A_round_of_drafts_costs_one_sibling_in_sequence_and_all_in_total()
    {
        // Four drafts of 5 out, a summary of 3, two refinements of 4, a summary of 3, the answer of 2; each reads 10.
        int[] lengths = [5, 5, 5, 5, 3, 4, 4, 3, 2];
        var model = new ScriptedChatClient(call => Task.FromResult(Say($"text {call.Number}", output: lengths[call.Number])));
        var (_, answer) = await Ask(model, Pdr());
        Assert.Equal(9 * 10 + lengths.Sum(), answer.Calls.TotalTokens);
        Assert.Equal(5 * 10 + 5 + 3 + 4 + 3 + 2, answer.Calls.CriticalPathTokens);
        Assert.Equal(5 * 10 + 5 + 3 + 4 + 3 + 2, answer.Calls.MeanPathTokens);
    }

    [Theory]
    [MemberData(nameof(Distillers))]
    public async Task A_workspace_is_never_longer_than_its_limit(string name)
    {
        var random = new RandomGenerator(5);
        for (var trial = 0; trial < 12; trial++)
        {
            var limit = 1 + random.NextInt32(60);
            var strategy = StrategyCatalog.Build("pdr", new Dictionary<string, string>
            {
                ["widths"] = "5-3-1",
                ["distiller"] = name,
                ["workspace_tokens"] = $"{limit}",
                ["last_tokens"] = $"{1 + random.NextInt32(40)}",
                ["k"] = $"{1 + random.NextInt32(3)}",
            });
            var model = new ScriptedChatClient(call => call.Last.Contains("JSON only", StringComparison.Ordinal) ? """{"keep": [1, 2, 3]}""" : string.Concat(Enumerable.Repeat($"é{call.Number} 😀 ", 1 + random.NextInt32(60))));
            await Ask(model, strategy);
            foreach (var call in model.Calls.Where(call => call.Last.Contains("[Workspace]\n", StringComparison.Ordinal) || call.Last.Contains("[Attempt]\n", StringComparison.Ordinal)))
            {
                var start = call.Last.IndexOf("]\n", StringComparison.Ordinal) + 2;
                var shown = call.Last[start..call.Last.IndexOf("\n[End of", StringComparison.Ordinal)];
                Assert.InRange(new CharacterTokenCounter().Count(shown), 0, limit);
                Assert.False(shown.Length > 0 && (char.IsLowSurrogate(shown[0]) || char.IsHighSurrogate(shown[^1])));
            }
        }
    }

    [Fact]
    public async Task Cutting_a_workspace_is_said_and_keeps_the_ends_of_drafts()
    {
        var model = new ScriptedChatClient(call => new string('a', 200) + $" result {call.Number}");
        var (_, answer) = await Ask(model, new ParallelDistillRefineStrategy(new() { Widths = [3, 1], Distiller = new CompactionDistiller(), WorkspaceTokenLimit = 50 }));
        Assert.Contains(answer.Warnings, warning => warning.Contains("only their ends", StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Contains($"result {i}", model.Calls[^1].Last, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Random_k_shows_every_draft_equally_often()
    {
        var model = Numbered();
        await Ask(model, Pdr(new RandomKDistiller(2), 6, 600, 1));
        var readers = model.Calls.Skip(6).Take(600).ToList();
        foreach (var draft in Enumerable.Range(0, 6))
        {
            var share = readers.Count(call => call.Last.Contains($"draft {draft} ", StringComparison.Ordinal)) / 600.0;
            Assert.Equal(2 / 6.0, share, 4 * Math.Sqrt(2 / 6.0 * 4 / 6.0 / 600));
        }

        Assert.All(readers, call => Assert.Contains("[Draft 2]", call.Last, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Top_k_passes_on_what_was_picked_and_per_sample_picks_for_each_reader()
    {
        // The selector prefers odd drafts, wherever they are shown.
        string Pick(string prompt)
        {
            var shown = prompt.Split("[Attempt ").Skip(1).Select(part => part.Split(' ')[1]).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
            return $$"""{"keep": [{{string.Join(',', shown.Index().OrderByDescending(pair => pair.Item % 2).Select(pair => pair.Index + 1).Take(2))}}]}""";
        }

        foreach (var perSample in (bool[])[false, true])
        {
            var model = new ScriptedChatClient(call => call.Last.Contains("JSON only", StringComparison.Ordinal) ? Pick(call.Last) : $"draft {call.Number} Answer: {call.Number}");
            await Ask(model, Pdr(new TopKDistiller(2, perSample), 4, 3, 1));
            foreach (var call in model.Calls.Where(call => call.Last.Contains("[Workspace]", StringComparison.Ordinal)).Take(3))
            {
                Assert.Contains("draft 1 ", call.Last, StringComparison.Ordinal);
                Assert.Contains("draft 3 ", call.Last, StringComparison.Ordinal);
                Assert.DoesNotContain("draft 0 ", call.Last, StringComparison.Ordinal);
            }

            Assert.Equal(perSample ? 4 : 2, model.Calls.Count(call => call.Last.Contains("JSON only", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_judge_may_rank_the_drafts()
    {
        var model = new ScriptedChatClient(call =>
        {
            var response = Say($"draft {call.Number}");
            response.AdditionalProperties = new() { ["logprobs"] = new List<double> { -1.0 / (1 + call.Number) } };
            return Task.FromResult(response);
        });
        await Ask(model, Pdr(new TopKDistiller(2, false, new JudgeSelector(new Vilfredo.Inference.Strategies.Selection.OwnLogProbabilityJudge())), 4, 1));
        Assert.Equal(5, model.Calls.Count);
        Assert.Contains("draft 3", model.Calls[^1].Last, StringComparison.Ordinal);
        Assert.Contains("draft 2", model.Calls[^1].Last, StringComparison.Ordinal);
        Assert.DoesNotContain("draft 1", model.Calls[^1].Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oracles_admit_only_what_they_are_to_admit()
    {
        foreach (var right in (bool[])[true, false])
        {
            var model = Numbered();
            await Ask(model, Pdr(new OracleDistiller((_, draft) => draft.Text.EndsWith('0') == right, new CompactionDistiller()), 3, 1));
            Assert.Equal(right, model.Calls[^1].Last.Contains("draft 0 ", StringComparison.Ordinal));
            Assert.Equal(!right, model.Calls[^1].Last.Contains("draft 1 ", StringComparison.Ordinal));
        }

        var none = Numbered();
        await Ask(none, Pdr(new OracleDistiller((_, _) => false, new CompactionDistiller()), 3, 1));
        Assert.Equal("why", none.Calls[^1].Last);
    }

    [Fact]
    public async Task Drafts_that_are_all_the_same_are_distilled_as_one_with_a_warning()
    {
        var model = new ScriptedChatClient("same");
        var (_, answer) = await Ask(model, Pdr());
        Assert.Equal(7, model.Calls.Count);
        Assert.Contains(answer.Warnings, warning => warning.Contains("same text", StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_settings_say_what_is_allowed()
    {
        Assert.Contains("at least 1 draft", Assert.Throws<ArgumentException>(() => new RefinementOptions { Widths = [3, 0] }).Message, StringComparison.Ordinal);
        Assert.Contains("at most as many", Assert.Throws<ArgumentException>(() => Pdr(new TopKDistiller(5), 4, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("from 1 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => new RecursiveAggregationStrategy(4, 5)).Message, StringComparison.Ordinal);
        Assert.Equal([4, 2, 1], new RefinementOptions { Widths = [4, 2] }.Widths);
    }

    [Fact]
    public async Task Aggregation_is_random_k_over_equal_widths()
    {
        var (rsa, pdr) = (Numbered(), Numbered());
        await Ask(rsa, new RecursiveAggregationStrategy(4, 2, 2, options: new()));
        await Ask(pdr, Pdr(new RandomKDistiller(2), 4, 4, 1));
        Assert.Equal(Described(pdr), Described(rsa));
        var voting = new ScriptedChatClient(call => call.Number < 4 ? $"draft {call.Number}" : "Answer: 9");
        var (response, answer) = await Ask(voting, new RecursiveAggregationStrategy(4, 2, 1, votes: true));
        Assert.Equal((8, "Answer: 9", 1.0), (voting.Calls.Count, response.Text, answer.Outcome.Confidence));
        Assert.Equal(CallPlan.Fixed(8, 2), new RecursiveAggregationStrategy(4, 2, 1, votes: true).Plan);
    }

    [Fact]
    public async Task A_budget_that_ends_at_any_call_answers_with_the_last_finished_round_and_says_so()
    {
        foreach (var name in Distillers.Select(row => row.Data))
        {
            var strategy = StrategyCatalog.Build("pdr", new Dictionary<string, string> { ["widths"] = "3-2-1", ["distiller"] = name });
            for (var calls = 1; calls < strategy.Plan.Fewest; calls++)
            {
                var model = Numbered();
                var (response, answer) = await Ask(model, strategy, new() { Budget = new() { Calls = calls }, MaximumConcurrency = 1, Seed = 3 });
                Assert.Equal(StopReason.Budget, answer.StoppedBy);
                Assert.Equal(calls, model.Calls.Count);
                Assert.Equal(response.Usage!.TotalTokenCount, answer.Calls.TotalTokens);
                Assert.Contains(answer.Outcome.Candidates, candidate => candidate.Text == response.Text);
                var revised = answer.Calls.Calls.Count(call => call.Role == CallRole.Revise);
                Assert.Equal(revised == 2 ? CallRole.Revise : CallRole.Sample, answer.Outcome.Candidates.First(candidate => candidate.Text == response.Text).Call.Role);
            }
        }
    }

    [Fact]
    public async Task A_limit_of_tokens_in_sequence_ends_the_rounds()
    {
        var model = Numbered();
        var (response, answer) = await Ask(model, new SequentialRefinementStrategy(5, new() { SequentialTokenLimit = 150, DraftTokens = 20 }));
        Assert.Equal(StopReason.Budget, answer.StoppedBy);
        Assert.InRange(answer.Calls.CriticalPathTokens, 1, 150);
        Assert.InRange(model.Calls.Count, 2, 5);
        Assert.StartsWith($"draft {model.Calls.Count - 1} ", response.Text, StringComparison.Ordinal);
        Assert.Contains(answer.Warnings, warning => warning.Contains("in sequence", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_last_round_leaves_a_vote_over_the_one_before()
    {
        var model = new ScriptedChatClient(call => call.Number switch
        {
            0 => Task.FromResult(Say("Answer: 1")),
            1 or 2 => Task.FromResult(Say($"so {call.Number} Answer: 2")),
            3 => Task.FromResult(Say("notes")),
            _ => throw new HttpRequestException("503"),
        });
        var (response, answer) = await Ask(model, Pdr(null, 3, 1));
        Assert.Equal(("so 1 Answer: 2", StopReason.Failures), (response.Text, answer.StoppedBy));
        Assert.Equal(2 / 3.0, answer.Outcome.Confidence!.Value, 12);
    }

    [Fact]
    public async Task The_chat_keeps_its_roles_and_texts_and_the_callers_options_hold_for_drafts()
    {
        var model = new ScriptedChatClient(call => call.Last.Contains("Do not solve", StringComparison.Ordinal) ? "notes" : $"User: {call.Number} <output>{{draft}}</output>");
        ChatOptions options = new() { Temperature = 0.2f, MaxOutputTokens = 50, StopSequences = ["stop"], Tools = [AIFunctionFactory.Create(() => 1, "f")] };
        var (response, _) = await Ask(model, Pdr(null, 3, 1), options: options);
        Assert.Equal("User: 4 <output>{draft}</output>", response.Text);
        foreach (var call in model.Calls.Where(call => !call.Last.Contains("Do not solve", StringComparison.Ordinal)))
        {
            Assert.Equal((0.2f, 50, 1), (call.Options!.Temperature, call.Options.MaxOutputTokens, call.Options.Tools!.Count));
            Assert.Equal(Chat.Select(message => message.Role), call.Messages.Select(message => message.Role));
            Assert.Equal(Chat.Take(3).Select(message => message.Text), call.Messages.Take(3).Select(message => message.Text));
        }

        var summary = model.Calls.Single(call => call.Last.Contains("Do not solve", StringComparison.Ordinal));
        Assert.Null(summary.Options!.Tools);
        Assert.Contains("<output>{draft}</output>", summary.Last, StringComparison.Ordinal);
        Assert.Equal("why", Chat[3].Text);
    }

    [Fact]
    public async Task Calls_of_tools_are_passed_to_the_caller()
    {
        static ChatResponse Calls(int limit) => new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("id", "search", new Dictionary<string, object?> { ["limit"] = limit })])) { Usage = new() { InputTokenCount = 1, OutputTokenCount = 1 } };
        foreach (var strategy in (InferenceStrategy[])[Pdr(null, 3, 1), new SequentialRefinementStrategy(2), new SequentialRevisionStrategy(), new ReflectionStrategy()])
        {
            var model = new ScriptedChatClient(call => Task.FromResult(Calls(call.Number == 0 ? 1 : 2)));
            var (response, answer) = await Ask(model, strategy);
            var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
            Assert.Equal(model.Calls.Count == 3 ? 2 : 1, call.Arguments!["limit"]);
            Assert.Equal(answer.Calls.Calls.Count, model.Calls.Count);
            Assert.Contains(model.Calls.Count, (int[])[1, 3]);
        }
    }

    [Fact]
    public async Task Thinking_stays_out_of_workspaces()
    {
        var model = new ScriptedChatClient(call => call.Number == 0 ? "<think>secret</think>the draft" : "better");
        await Ask(model, new SequentialRefinementStrategy(1));
        Assert.Contains("the draft", model.Calls[1].Last, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", model.Calls[1].Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviews_come_between_rounds_and_are_shown()
    {
        var model = new ScriptedChatClient(call => call.Last.Contains("Review the answer", StringComparison.Ordinal) ? $"flaw of {call.Number}" : $"draft {call.Number}");
        var strategy = new SequentialRefinementStrategy(2, new() { CritiqueBetweenRounds = true });
        var (_, answer) = await Ask(model, strategy);
        Assert.Equal([CallRole.Sample, CallRole.Critique, CallRole.Revise, CallRole.Critique, CallRole.Revise], answer.Calls.Calls.Select(call => call.Role));
        Assert.Contains("flaw of 1", model.Calls[2].Last, StringComparison.Ordinal);
        Assert.Equal(CallPlan.Fixed(5, 5), strategy.Plan);
        Assert.Equal(answer.Calls.TotalTokens, answer.Calls.CriticalPathTokens);
        var wide = Numbered();
        await Ask(wide, new ParallelDistillRefineStrategy(new() { Widths = [3, 1], CritiqueBetweenRounds = true, Distiller = new CompactionDistiller() }));
        Assert.Equal(7, wide.Calls.Count);
        Assert.Equal(3, wide.Calls[^1].Last.Split("[Review]").Length - 1);
    }

    [Fact]
    public async Task A_critic_that_lets_the_answer_pass_ends_the_revisions()
    {
        var critics = 0;
        var model = new ScriptedChatClient(call => call.Last.Contains("Review the answer", StringComparison.Ordinal)
            ? ++critics == 1 ? "wrong {\"revise\": true}" : "fine {\"revise\": false}"
            : $"draft {call.Number}");
        var (response, answer) = await Ask(model, new CritiqueReviseStrategy(5));
        Assert.Equal(("draft 2", StopReason.Early, 4), (response.Text, answer.StoppedBy, model.Calls.Count));
        Assert.Equal(new CallPlan(2, 11, 11), new CritiqueReviseStrategy(5).Plan);
        critics = 1;
        var fixedRounds = await Ask(model, new CritiqueReviseStrategy(1, stops: false));
        Assert.Equal(StopReason.Completed, fixedRounds.Answer.StoppedBy);
    }

    [Fact]
    public async Task A_revision_sees_the_last_version_or_all_as_turns_of_the_chat()
    {
        var last = Numbered();
        await Ask(last, new SequentialRevisionStrategy());
        Assert.Equal([4, 6, 6], last.Calls.Select(call => call.Messages.Count));
        Assert.Equal((ChatRole.Assistant, "draft 1 Answer: 1"), (last.Calls[2].Messages[4].Role, last.Calls[2].Messages[4].Text));
        var all = Numbered();
        await Ask(all, new SequentialRevisionStrategy(new() { History = RevisionHistory.All, Revisions = 3 }));
        Assert.Equal([4, 6, 8, 10], all.Calls.Select(call => call.Messages.Count));
        Assert.All(all.Calls, call => Assert.Equal(Chat.Select(message => message.Text), call.Messages.Take(4).Select(message => message.Text)));
    }

    [Fact]
    public async Task Chains_stop_when_the_model_is_done_or_says_the_same_twice()
    {
        var done = new ScriptedChatClient("Answer: 1", "Answer: 2", "**Done.**", "never");
        var (response, answer) = await Ask(done, new SequentialRevisionStrategy(new() { Revisions = 5, Stop = RevisionStop.ModelSaysDone }));
        Assert.Equal(("Answer: 2", StopReason.Early, 3), (response.Text, answer.StoppedBy, done.Calls.Count));
        var same = new ScriptedChatClient("Answer: 1", "Answer: 2", "so Answer: 2", "never");
        Assert.Equal("so Answer: 2", (await Ask(same, new SequentialRevisionStrategy(new() { Revisions = 5, Stop = RevisionStop.SameAnswerTwice }))).Response.Text);
        Assert.Equal(3, same.Calls.Count);
        var versions = new ScriptedChatClient("Answer: 1", "Answer: 1", "Answer: 2");
        Assert.Equal("Answer: 1", (await Ask(versions, new SequentialRevisionStrategy(new() { VotesOverVersions = true }))).Response.Text);
        var grid = new ScriptedChatClient(call => call.Messages.Count == 4 ? "Answer: 1" : "Answer: 2");
        Assert.Equal("Answer: 2", (await Ask(grid, new SequentialRevisionStrategy(new() { Chains = 3, Revisions = 1 }))).Response.Text);
        Assert.Equal(6, grid.Calls.Count);
    }

    [Theory]
    [InlineData("<thinking>a <reflection>b</reflection></thinking>\n<output>42</output>", "42")]
    [InlineData("<thinking>I will write <output>no</output>.</thinking> <output>x </thinking> <output>y</output></output>", "x </thinking> <output>y</output>")]
    [InlineData("<THINKING>a</THINKING><OUTPUT>User: b", "User: b")]
    [InlineData("<output>alone</output>", "alone")]
    [InlineData("no tags at all", "no tags at all")]
    [InlineData("Use <output> and </output> in HTML.", "Use <output> and </output> in HTML.")]
    [InlineData("<thinking>never closed\n<output>z</output>", "z")]
    [InlineData("<thinking>a</thinking><output> </output>", "<thinking>a</thinking><output> </output>")]
    public async Task Reflection_returns_the_output_and_what_has_no_tags_unchanged(string text, string answer)
    {
        var model = new ScriptedChatClient(text);
        var (response, account) = await Ask(model, new ReflectionStrategy());
        Assert.Equal(answer, response.Text);
        Assert.Equal(text == answer || !text.EndsWith("</output>", StringComparison.OrdinalIgnoreCase), account.Warnings.Count > 0);
        Assert.Equal((0.6f, 4096), (model.Calls[0].Options!.Temperature, model.Calls[0].Options!.MaxOutputTokens));
        Assert.Equal(text, (await Ask(new ScriptedChatClient(text), new ReflectionStrategy(keepsAll: true))).Response.Text);
    }

    [Fact]
    public async Task Reflection_leaves_a_request_for_json_as_it_is()
    {
        var model = new ScriptedChatClient("{}");
        await Ask(model, new ReflectionStrategy(), options: new() { ResponseFormat = ChatResponseFormat.Json });
        Assert.Equal("why", model.Calls[0].Last);
    }

    [Fact]
    public async Task The_question_is_read_again()
    {
        var model = Numbered();
        await Ask(model, new RereadingStrategy(3));
        Assert.Equal("why\n\nRead the question again: why\n\nRead the question again: why", string.Concat(model.Calls[0].Messages[3].Contents.OfType<TextContent>().Select(content => content.Text)));
        using var client = new StrategyChatClient(model, new RereadingStrategy());
        await client.GetResponseAsync([.. Chat, new(ChatRole.Assistant, "and")]);
        Assert.Equal("and", model.Calls[1].Last);
    }

    public static TheoryData<string> Streamed => ["pdr", "sequential_refinement", "sequential_revision", "critique_revise", "cot_reflection", "re2", "rsa"];

    [Theory]
    [MemberData(nameof(Streamed))]
    public async Task A_stream_has_the_text_of_the_whole_answer(string name)
    {
        var strategy = StrategyCatalog.Build(name, name == "rsa" ? new Dictionary<string, string> { ["n"] = "3", ["k"] = "2", ["loops"] = "1" } : []);
        static ScriptedChatClient Model() => new(call => call.Last.Contains("Work in three parts", StringComparison.Ordinal) ? "<thinking>t</thinking> <output>a b</output>" : $"draft {call.Number} of it");
        var (response, answer) = await Ask(Model(), strategy);
        using var client = new StrategyChatClient(Model(), strategy, new() { MaximumConcurrency = 1, Seed = 3 });
        var updates = await client.GetStreamingResponseAsync(Chat).ToListAsync();
        Assert.Equal(response.Text, string.Concat(updates.Select(update => update.Text)).TrimEnd());
        Assert.Equal(answer.Calls.TotalTokens, updates.ToChatResponse().Usage!.TotalTokenCount);
        // Words of the last call arrive one by one, except where tags are taken out.
        Assert.Equal(name == "cot_reflection" ? 1 : 4, updates.Count(update => update.Text.Length > 0));
    }

    [Fact]
    public async Task The_same_seed_and_model_give_the_same_calls()
    {
        var (one, two) = (Numbered(), Numbered());
        await Ask(one, Pdr(new RandomKDistiller(2), 4, 3, 1));
        await Ask(two, Pdr(new RandomKDistiller(2), 4, 3, 1));
        Assert.Equal(Described(one), Described(two));
    }

    [Fact]
    public async Task Roles_may_have_models_of_their_own()
    {
        var (own, draft, refine, distill) = (Numbered(), Numbered(), Numbered(), new ScriptedChatClient("notes"));
        var strategy = StrategyCatalog.Build(
            "parallel_distill_refine", new Dictionary<string, string> { ["widths"] = "3-2", ["draft_model"] = "d", ["refine_model"] = "r", ["distill_model"] = "s" },
            name => name switch { "d" => draft, "r" => refine, _ => distill });
        await Ask(own, strategy);
        Assert.Equal((0, 3, 3, 2), (own.Calls.Count, draft.Calls.Count, refine.Calls.Count, distill.Calls.Count));
    }
}
