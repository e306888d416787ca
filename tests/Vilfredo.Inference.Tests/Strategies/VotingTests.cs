using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Features;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Strategies;

public class VotingTests
{
    // Answers with lengths, in the order of the calls.
    private static readonly (string Text, int Tokens)[] Mixed = [("Answer: 1", 50), ("Answer: 2", 5), ("Answer: 1", 60), ("Answer: 2", 70), ("Answer: 1", 40)];

    private static ScriptedChatClient Model(params (string Text, int Tokens)[] answers) =>
        new(call => Task.FromResult(Say(answers[call.Number % answers.Length].Text, output: answers[call.Number % answers.Length].Tokens)));

    private static async Task<(ChatResponse Response, StrategyAnswer Answer)> Ask(IChatClient model, InferenceStrategy strategy, StrategySettings? settings = null)
    {
        using var client = new StrategyChatClient(model, strategy, settings ?? new() { MaximumConcurrency = 1, Seed = 3 });
        var response = await client.GetResponseAsync("?");
        return (response, StrategyAnswer.Of(response)!);
    }

    [Fact]
    public async Task Weights_that_are_equal_are_a_plain_vote()
    {
        var plain = await Ask(Model(Mixed), new MajorityVotingStrategy(5));
        var equal = await Ask(Model(Mixed), new WeightedVotingStrategy(new EqualWeights(), 5));
        var zero = await Ask(Model(Mixed), new WeightedVotingStrategy(new FeatureWeights(0), 5));
        Assert.All([equal, zero], other => Assert.Equal((plain.Response.Text, plain.Answer.Outcome.Confidence), (other.Response.Text, other.Answer.Outcome.Confidence)));
        Assert.Equal("Answer: 1", plain.Response.Text);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e300)]
    public async Task A_very_large_weight_of_length_takes_the_shortest(double beta)
    {
        var weighted = await Ask(Model(Mixed), new WeightedVotingStrategy(new FeatureWeights(beta), 5));
        var shortest = await Ask(Model(Mixed), new LengthChoiceStrategy(false, 5));
        Assert.Equal(shortest.Response.Text, weighted.Response.Text);
        Assert.Equal(1, weighted.Answer.Outcome.Confidence!.Value, 9);
        Assert.Equal("Answer: 2", shortest.Response.Text);
        Assert.Equal(70, (await Ask(Model(Mixed), new LengthChoiceStrategy(true, 5))).Answer.Outcome.Response.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task A_filter_that_keeps_all_is_a_plain_vote_and_one_that_keeps_the_shortest_is_that()
    {
        Assert.Equal("Answer: 1", (await Ask(Model(Mixed), new LengthFilteredVotingStrategy(5, 1))).Response.Text);
        Assert.Equal("Answer: 2", (await Ask(Model(Mixed), new LengthFilteredVotingStrategy(5, 0.2))).Response.Text);
    }

    [Fact]
    public async Task Hedging_lowers_and_discourse_raises_a_vote()
    {
        var answers = new[] { ("Perhaps maybe it might be. Answer: 1", 10), ("I think so, not sure. Answer: 1", 10), ("Therefore it follows. Answer: 2", 10) };
        var gammas = new Dictionary<string, double> { ["hedging"] = 0.1, ["discourse"] = -0.01 };
        Assert.Equal("Therefore it follows. Answer: 2", (await Ask(Model(answers), new WeightedVotingStrategy(new FeatureWeights(0, gammas), 3))).Response.Text);
    }

    [Fact]
    public async Task Votes_by_confidence_follow_log_probabilities_and_say_when_there_are_none()
    {
        var model = new ScriptedChatClient(call =>
        {
            Assert.Equal(true, call.Options!.AdditionalProperties!["logprobs"]);
            var response = Say(call.Number == 2 ? "Answer: 2" : "Answer: 1");
            response.AdditionalProperties = new() { ["logprobs"] = new List<double> { call.Number == 2 ? -0.01 : -2, -0.1 } };
            return Task.FromResult(response);
        });
        Assert.Equal("Answer: 2", (await Ask(model, new WeightedVotingStrategy(new ConfidenceWeights(0.1), 3))).Response.Text);
        var without = await Ask(Model(Mixed), new WeightedVotingStrategy(new ConfidenceWeights(), 5));
        Assert.Equal("Answer: 1", without.Response.Text);
        Assert.Contains(without.Answer.Warnings, warning => warning.Contains("log-probabilities", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ties_go_to_the_earliest_the_shortest_or_the_one_that_a_judge_picks()
    {
        (string, int)[] tied = [("Answer: 1", 50), ("Answer: 2", 5)];
        Task<(ChatResponse Response, StrategyAnswer Answer)> Tie(VoteTieBreak rule, IChatClient? model = null) => Ask(model ?? Model(tied), new MajorityVotingStrategy(2, 0.7, new VoteRules { TieBreak = rule }));
        Assert.Equal("Answer: 1", (await Tie(VoteTieBreak.Earliest)).Response.Text);
        Assert.Equal("Answer: 2", (await Tie(VoteTieBreak.Shortest)).Response.Text);
        Assert.Equal((await Tie(VoteTieBreak.Random)).Response.Text, (await Tie(VoteTieBreak.Random)).Response.Text);
        var judged = new ScriptedChatClient(call => call.Number < 2 ? tied[call.Number].Item1 : Judges.Best(call.Last, "Answer: 2"));
        var answer = await Tie(VoteTieBreak.Judge, judged);
        Assert.Equal("Answer: 2", answer.Response.Text);
        Assert.Equal([0, 1], answer.Answer.Calls.Calls.Single(call => call.Role == CallRole.Judge).Parents);
    }

    [Fact]
    public async Task Attempts_that_were_cut_off_or_have_no_answer_abstain()
    {
        var model = new ScriptedChatClient(call => Task.FromResult(call.Number < 3 ? Say("Answer: 9", finish: ChatFinishReason.Length) : Say("Answer: 4")));
        var (response, answer) = await Ask(model, new MajorityVotingStrategy(4));
        Assert.Equal(("Answer: 4", 0.25), (response.Text, answer.Outcome.Confidence));
    }

    [Fact]
    public async Task Calls_of_tools_are_voted_on_by_their_canonical_arguments()
    {
        var arguments = new[] { """{"city":"Rome","days":2}""", """{"days":2.0,"city":"Rome"}""", """{"city":"Oslo","days":2}""" };
        var model = new ScriptedChatClient(call =>
        {
            var values = System.Text.Json.JsonDocument.Parse(arguments[(call.Number + 2) % 3]).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value.Clone());
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("id", "weather", values)])) { FinishReason = ChatFinishReason.ToolCalls });
        });
        var (response, answer) = await Ask(model, new MajorityVotingStrategy(3));
        Assert.Equal("""weather({"city":"Rome","days":2})""", ToolCallAnswers.Of(response));
        Assert.Equal(2.0 / 3, answer.Outcome.Confidence!.Value, 9);
    }

    [Fact]
    public async Task The_first_m_vote_and_the_rest_is_cancelled_and_counted()
    {
        var model = new SlowWriter(call => call < 2);
        var (response, answer) = await Ask(model, new ShortestMStrategy(4, 2), new() { MaximumConcurrency = 4 });
        Assert.Equal("Answer: 1", response.Text.Trim());
        Assert.Equal(2, answer.Calls.Calls.Count(call => call.Outcome == CallOutcome.Cancelled && call.Usage.OutputTokens > 0));
        Assert.Equal((0, StopReason.Early), (model.Running, answer.StoppedBy));
    }

    [Fact]
    public async Task No_attempt_of_a_race_outlives_an_answer_that_is_cancelled()
    {
        // The first attempt ends with the cancellation, the others some time after it.
        var (begun, firstEnded, others, running) = (new SemaphoreSlim(0), new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var model = new ScriptedChatClient(async call =>
        {
            var number = Interlocked.Increment(ref running);
            try
            {
                begun.Release();
                await Task.Delay(Timeout.Infinite, call.Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (number > 1)
                    await others.Task;
                throw new OperationCanceledException(call.Cancellation);
            }
            finally
            {
                Interlocked.Decrement(ref running);
                if (number == 1)
                    firstEnded.TrySetResult();
            }
        });
        using var cancelling = new CancellationTokenSource();
        using var client = new StrategyChatClient(model, new ShortestMStrategy(3, 2), new() { MaximumConcurrency = 3 });
        var left = -1;
        var answer = client.GetResponseAsync("2+2?", cancellationToken: cancelling.Token);
        var ended = answer.ContinueWith(_ => left = running, TaskContinuationOptions.ExecuteSynchronously);
        for (var i = 0; i < 3; i++)
            await begun.WaitAsync();
        await cancelling.CancelAsync();
        await firstEnded.Task;
        others.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await ended;
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task A_race_in_which_all_must_finish_is_a_plain_vote()
    {
        var race = await Ask(Model(Mixed), new ShortestMStrategy(5, 5));
        Assert.Equal(("Answer: 1", 5, StopReason.Completed), (race.Response.Text, race.Answer.Calls.Calls.Count, race.Answer.StoppedBy));
    }

    [Fact]
    public void The_exact_rule_stops_exactly_when_no_continuation_changes_the_winner()
    {
        for (var code = 0; code < 729; code++)
        {
            var votes = Enumerable.Range(0, 6).Select(place => code / (int)Math.Pow(3, place) % 3).ToArray();
            for (var seen = 1; seen <= 6; seen++)
            {
                var now = Winner(votes[..seen]);
                // Answers 3 to 8 stand for ones that have not been given.
                var canChange = Continuations(6 - seen).Any(rest => Winner([.. votes[..seen], .. rest]) != now);
                var counts = votes[..seen].GroupBy(vote => vote).Select(group => group.Count()).ToList();
                Assert.Equal(!canChange, StoppingRules.CannotBeCaught(counts, 6 - seen));
            }
        }

        static int Winner(int[] votes) => votes.GroupBy(vote => vote).MaxBy(group => group.Count())!.Key;

        static IEnumerable<int[]> Continuations(int length) =>
            Enumerable.Range(0, (int)Math.Pow(4, length)).Select(code => Enumerable.Range(0, length).Select(place => code / (int)Math.Pow(4, place) % 4).ToArray());
    }

    [Fact]
    public async Task An_adaptive_vote_stops_early_with_the_winner_of_the_full_one()
    {
        var model = Model(("Answer: 1", 1));
        var (response, answer) = await Ask(model, new AdaptiveVotingStrategy(new() { Attempts = 9, Batch = 1, Stop = AdaptiveStop.Exact }));
        Assert.Equal(("Answer: 1", 5, StopReason.Early), (response.Text, model.Calls.Count, answer.StoppedBy));
        var full = Model(Mixed);
        Assert.Equal(StopReason.Completed, (await Ask(full, new AdaptiveVotingStrategy(new() { Attempts = 5, Batch = 1, Stop = AdaptiveStop.Exact }))).Answer.StoppedBy);
        Assert.Equal(5, full.Calls.Count);
    }

    [Fact]
    public void The_posterior_of_the_leader_has_its_closed_form()
    {
        Assert.Equal(0.5, StoppingRules.LeaderProbability([2, 2]), 12);
        // P(p > 1/2) of Beta(n + 1, 1) is 1 - 2^-(n + 1).
        Assert.Equal(1 - Math.Pow(2, -5), StoppingRules.LeaderProbability([4]), 12);
    }

    [Fact]
    public async Task A_rule_of_value_buys_more_where_answers_are_worth_more()
    {
        async Task<int> Calls(double worth)
        {
            var model = Model(Mixed);
            await Ask(model, new AdaptiveVotingStrategy(new() { Attempts = 16, Batch = 1, Stop = AdaptiveStop.Value, Worth = worth }));
            return model.Calls.Count;
        }

        Assert.Equal(2, await Calls(0.01));
        Assert.InRange(await Calls(1000), 6, 16);
    }

    [Fact]
    public void More_attempts_are_expected_to_help_most_where_nothing_is_decided()
    {
        var open = StoppingRules.ExpectedGain([3, 3], 8, new(1), draws: 4000);
        var decided = StoppingRules.ExpectedGain([12, 0], 8, new(1), draws: 4000);
        Assert.True(open > 0.1, $"{open}");
        Assert.InRange(decided, -0.01, 0.01);
    }

    [Fact]
    public async Task A_temperature_of_zero_is_warned_of() =>
        Assert.Contains((await Ask(Model(Mixed), new WeightedVotingStrategy(new EqualWeights(), 2, 0))).Answer.Warnings, warning => warning.Contains("temperature is 0", StringComparison.Ordinal));

    [Fact]
    public void Markers_are_whole_words_whatever_their_case_and_thinking_is_counted_apart()
    {
        var reader = new ResponseFeatureReader { Tokens = new WordCounter() };
        var features = reader.Read("<think>Wait, hmm. waiting</think>So the mightiest might be, not  sure");
        Assert.Equal(3, features.ThinkingTokens);
        Assert.Equal(2000.0 / 3, features.Thinking["thinking"], 9);
        Assert.Equal((0, 2000.0 / 7, 1000.0 / 7), (features.Answer["thinking"], features.Answer["hedging"], features.Answer["discourse"]));
        var own = MarkerFile.Parse(MarkerFile.Write([new("zweifel", ["vielleicht"])]));
        Assert.Equal(500, new ResponseFeatureReader(own) { Tokens = new WordCounter() }.Read("Vielleicht ja").Total["zweifel"], 9);
        Assert.Throws<FormatException>(() => MarkerFile.Parse("[1]"));
    }

    [Fact]
    public void A_logistic_fit_finds_the_weights_that_made_the_data()
    {
        var random = new RandomGenerator(4);
        var rows = Enumerable.Range(0, 20_000).Select(_ => (IReadOnlyList<double>)[random.NextNormal(), random.NextNormal()]).ToList();
        var right = rows.Select(row => random.NextBoolean(1 / (1 + Math.Exp(-(0.5 + 1.5 * row[0] - 1 * row[1]))))).ToList();
        var model = LogisticModel.Fit(rows, right, 1e-3);
        Assert.Equal(1 / (1 + Math.Exp(-2)), model.Probability([1, 0]), 0.02);
        Assert.Equal(1 / (1 + Math.Exp(0.5)), model.Probability([0, 1]), 0.02);
        Assert.All([LogisticModel.Fit([[1.0], [2.0]], [true, true]).Probability([1]), LogisticModel.Fit([[1.0], [2.0]], [false, true]).Probability([2])], chance => Assert.InRange(chance, 0.5, 1));
    }

    [Fact]
    public void Wrong_numbers_are_refused_with_what_is_allowed()
    {
        Assert.Contains("from 1 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => new ShortestMStrategy(3, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("from 1 to 2", Assert.Throws<FormatException>(() => StrategyCatalog.Build("shortest_m", new Dictionary<string, string> { ["n"] = "2", ["m"] = "3" })).Message, StringComparison.Ordinal);
        Assert.Contains("theta", Assert.Throws<FormatException>(() => StrategyCatalog.Build("weighted_voting", new Dictionary<string, string> { ["weights"] = "fitted" })).Message, StringComparison.Ordinal);
    }

    private sealed class WordCounter : ITokenCounter
    {
        public int Count(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    // Streams a word and then either ends or writes on until it is cancelled.
    private sealed class SlowWriter(Func<int, bool> ends) : IChatClient
    {
        private int _calls = -1;
        private int _running;

        public int Running => _running;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Not as a stream.");

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var call = Interlocked.Increment(ref _calls);
            Interlocked.Increment(ref _running);
            try
            {
                yield return new(ChatRole.Assistant, "Answer: 1 ");
                if (ends(call))
                    yield break;
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
