using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Selection;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;
using static Vilfredo.Inference.Tests.Agents.AgentModel;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Agents;

public class AgentSelectionTests
{
    private static readonly StrategySettings OneByOne = new() { Seed = 3, MaximumConcurrency = 1 };

    // Looks at the number of its call, twice, and then answers with all that it saw.
    private static ScriptedChatClient Numbered(int steps = 2) => new(call =>
    {
        var seen = call.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.Result).ToList();
        return Task.FromResult(seen.Count < steps ? Asks("", ("look", call.Number)) : Say($"Answer: {string.Join(" and ", seen)}"));
    });

    [Theory]
    [InlineData(TrajectorySearch.Rollouts, TrajectoryMerge.ListWise)]
    [InlineData(TrajectorySearch.Rollouts, TrajectoryMerge.Score)]
    [InlineData(TrajectorySearch.StepWise, TrajectoryMerge.ListWise)]
    [InlineData(TrajectorySearch.Beam, TrajectoryMerge.Majority)]
    [InlineData(TrajectorySearch.Tree, TrajectoryMerge.ListWise)]
    public async Task One_attempt_is_the_plain_agent_however_attempts_are_spent(TrajectorySearch selection, TrajectoryMerge merge)
    {
        var (plain, other) = (Looker(3), Looker(3));
        var (expected, _) = await AskAsync(plain, new());
        var (response, _) = await AskAsync(other, new() { Attempts = 1, Selection = selection, Merge = merge });
        Assert.Equal(expected.Text, response.Text);
        Assert.Equal(plain.Calls.Select(call => (string.Join('\n', Lines(call.Messages)), call.Options!.Seed)), other.Calls.Select(call => (string.Join('\n', Lines(call.Messages)), call.Options!.Seed)));
    }

    [Fact]
    public async Task The_first_attempt_of_several_is_that_of_one()
    {
        var (one, four) = (Looker(2), Looker(2));
        await AskAsync(one, new());
        await AskAsync(four, new() { Attempts = 4, Merge = TrajectoryMerge.Majority });
        Assert.Equal(12, four.Calls.Count);
        Assert.All(one.Calls, call => Assert.Contains(four.Calls, other => other.Options!.Seed == call.Options!.Seed && Lines(other.Messages).SequenceEqual(Lines(call.Messages))));
    }

    [Fact]
    public async Task Rollouts_vote_over_their_answers()
    {
        var answers = new Queue<string>(["Answer: 1", "Answer: 2", "so. Answer: 2.0"]);
        var model = new ScriptedChatClient(call => answers.Dequeue());
        var (response, answer) = await AskAsync(model, new() { Attempts = 3, Merge = TrajectoryMerge.Majority, Temperature = 1 }, settings: OneByOne);
        Assert.Equal("Answer: 2", response.Text);
        Assert.Equal((2.0 / 3, 3), (answer.Outcome.Confidence!.Value, answer.Outcome.Candidates.Count));
    }

    [Fact]
    public async Task Step_wise_search_goes_on_from_the_chosen_step_each_time()
    {
        var model = Numbered();
        var (response, answer) = await AskAsync(model, new() { Attempts = 3, Selection = TrajectorySearch.StepWise }, new() { Tools = [Look()], Verifier = new Last() }, OneByOne);
        // Calls 0 to 2 are the first steps, 3 to 5 the second ones, 6 to 8 the answers: the last is chosen each time.
        Assert.Equal("Answer: saw 2 and saw 5", response.Text);
        Assert.Equal(9, model.Calls.Count);
        Assert.Equal(9, answer.Calls.Calls.Count(call => call.Role == CallRole.Step));
    }

    [Fact]
    public async Task Beams_keep_two_and_share_the_attempts()
    {
        var model = Numbered();
        var (response, _) = await AskAsync(model, new() { Attempts = 4, Selection = TrajectorySearch.Beam }, new() { Tools = [Look()], Verifier = new Last() }, OneByOne);
        // Of 0 to 3 the last two, 3 and 2, are kept; of 4, 5 (from 3) and 6, 7 (from 2) the last two, both from 2; then answers.
        Assert.Equal("Answer: saw 2 and saw 6", response.Text);
        Assert.Equal(12, model.Calls.Count);
    }

    [Fact]
    public async Task A_tree_has_a_plan_for_each_of_its_beams()
    {
        var plans = 0;
        var inner = Numbered(1);
        var model = new ScriptedChatClient(call => call.Options!.Tools is null ? Task.FromResult(Say($"plan {plans++}")) : inner.GetResponseAsync(call.Messages, call.Options));
        var (response, answer) = await AskAsync(model, new() { Attempts = 4, Selection = TrajectorySearch.Tree, Planning = AgentPlanning.Once }, new() { Tools = [Look()], Verifier = new Last() }, OneByOne);
        Assert.Equal(4, plans);
        Assert.Equal("Answer: saw 3", response.Text);
        Assert.Equal(4 + 8, answer.Calls.Calls.Count);
    }

    [Fact]
    public async Task The_prompted_verifier_reads_scores_outcomes_and_choices()
    {
        var prompts = new AgentPrompts { Progress = "progress {transcript}", Outcome = "outcome {transcript}" };
        var model = new ScriptedChatClient(call =>
            call.Last.StartsWith("progress", StringComparison.Ordinal) ? """{"score": 5}"""
            : call.Last.StartsWith("outcome", StringComparison.Ordinal) ? (call.Last.Contains("Answer: 2", StringComparison.Ordinal) ? """{"solved": 1}""" : """{"solved": 0}""")
            : $"Answer: {call.Number + 1}");
        var (response, answer) = await AskAsync(model, new() { Attempts = 3, Merge = TrajectoryMerge.Score }, new() { Tools = [Look()], Prompts = prompts }, OneByOne);
        Assert.Equal("Answer: 2", response.Text);
        Assert.Equal(3 + 6, answer.Calls.Calls.Count);
        var nonsense = new ScriptedChatClient(call => call.Options!.Tools is null ? "no idea" : $"Answer: {call.Number}");
        var (first, unjudged) = await AskAsync(nonsense, new() { Attempts = 2 }, settings: OneByOne);
        Assert.Equal("Answer: 0", first.Text);
        Assert.Contains(unjudged.Warnings, warning => warning.Contains("the first is taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_vote_inside_function_calling_is_over_the_next_call_and_outside_it_over_final_answers()
    {
        int looked;
        AIFunction Counted() => Look(x => $"saw {x} at {Interlocked.Increment(ref looked)}");
        // Of three samples two want to look at 1 and one at 2.
        ScriptedChatClient Model() => new(call => Task.FromResult(
            call.Messages.Any(message => message.Role == ChatRole.Tool) ? Say("Answer: " + ((string)call.Messages[^1].Contents.OfType<FunctionResultContent>().First().Result!.ToString()!)[..5])
            : Asks("", ("look", call.Number % 3 == 0 ? 2 : 1))));

        looked = 0;
        var model = Model();
        using (var inside = new FunctionInvokingChatClient(new StrategyChatClient(model, new MajorityVotingStrategy(3), OneByOne)))
        {
            var response = await inside.GetResponseAsync("?", new() { Tools = [Counted()] });
            Assert.Equal(("Answer: saw 1", 1, 6), (response.Text, looked, model.Calls.Count));
        }

        looked = 0;
        model = Model();
        using (var outside = new StrategyChatClient(new FunctionInvokingChatClient(model), new MajorityVotingStrategy(3), OneByOne))
        {
            var response = await outside.GetResponseAsync("?", new() { Tools = [Counted()] });
            Assert.Equal((3, 6), (looked, model.Calls.Count));
            Assert.StartsWith("Answer: saw", response.Text, StringComparison.Ordinal);
        }

        // The same with an agent, which runs the tools itself.
        looked = 0;
        model = Model();
        using (var voting = new StrategyChatClient(model, new MajorityVotingStrategy(3), OneByOne))
        using (var agent = new StrategyChatClient(voting, new AgentStrategy(new(), new() { Tools = [Counted()] }), OneByOne))
            Assert.Equal(("Answer: saw 1", 1, 6), ((await agent.GetResponseAsync("?")).Text, looked, model.Calls.Count));
        looked = 0;
        model = Model();
        using (var agent = new StrategyChatClient(model, new AgentStrategy(new(), new() { Tools = [Counted()] }), OneByOne))
        using (var voting = new StrategyChatClient(agent, new MajorityVotingStrategy(3), OneByOne))
        {
            await voting.GetResponseAsync("?");
            Assert.Equal((3, 6), (looked, model.Calls.Count));
        }
    }

    private sealed class Last : ITrajectoryVerifier
    {
        public Task<(double Score, Candidate Call)?> ProgressAsync(StrategyRun run, Trajectory trajectory, CallRequest place, CancellationToken cancellation) => Task.FromResult<(double, Candidate)?>(null);

        public Task<(bool Solved, Candidate Call)?> OutcomeAsync(StrategyRun run, Trajectory trajectory, CallRequest place, CancellationToken cancellation) => Task.FromResult<(bool, Candidate)?>(null);

        public Task<(int Place, Candidate Call)?> PickAsync(StrategyRun run, IReadOnlyList<Trajectory> trajectories, CallRequest place, CancellationToken cancellation) =>
            Task.FromResult<(int, Candidate)?>((trajectories.Count - 1, trajectories[^1].Answer ?? trajectories[^1].Steps[^1].Reply));
    }
}
