using System.Text.Json;
using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Search.Trees.Posteriors;

namespace Vilfredo.Inference.Tests.Search;

public class TreeSearchTests
{
    private const int All = 1000;

    public static TheoryData<string> Exhaustive => ["mcts", "mcts-greedy", "best_first", "beam", "tot"];

    public static TheoryData<string> Every => ["mcts", "best_first", "beam", "tot", "particles", "ab_mcts-gaussian", "ab_mcts-beta"];

    private static SearchState<string> Root(ulong seed = 1) => new("", seed);

    private static TreeSearch<string> New(string name, SearchState<string> state, int width = 3, int depth = 3, int keep = All) => name switch
    {
        "mcts" => new MonteCarloTreeSearch<string>(state, width, depth: depth),
        "mcts-greedy" => new MonteCarloTreeSearch<string>(state, width, 0, depth),
        "best_first" => new BestFirstSearch<string>(state, width, depth),
        "beam" => new BeamSearch<string>(state, keep, width, depth),
        "tot" => new BreadthFirstThoughts<string>(state, keep, width, depth),
        "particles" => new ParticleFilter<string>(state, 4, depth),
        "ab_mcts-gaussian" => new AdaptiveBranchingSearch<string>(state, new GaussianPosterior()),
        _ => new AdaptiveBranchingSearch<string>(state, new BetaPosterior()),
    };

    [Theory]
    [MemberData(nameof(Exhaustive))]
    public void A_search_with_room_for_everything_visits_every_node_once_and_finds_what_brute_force_finds(string name)
    {
        for (var seed = 1UL; seed <= 5; seed++)
        {
            foreach (var batch in (int[])[1, 4])
            {
                var tree = new ExplicitTree(3, 3, seed);
                var search = New(name, Root());
                tree.Run(search, batch: batch);
                Assert.True(search.IsDone);
                Assert.Equal(tree.Size, search.State.Nodes.Skip(1).Select(node => node.State).Distinct().Count());
                Assert.Equal(tree.Size + 1, search.State.Nodes.Count);
                Assert.Equal(tree.Leaves.MaxBy(tree.ScoreOf), search.State.Best(terminal: true)!.State);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_saved_search_goes_on_as_if_nothing_had_happened(string name)
    {
        var tree = new ExplicitTree(3, 3, 2);
        var search = New(name, Root());
        tree.Run(search, 5);
        // Two trials under way are saved too.
        var pending = search.Ask(2);
        var saved = JsonSerializer.Deserialize<SearchState<string>>(JsonSerializer.Serialize(search.State))!;
        var resumed = New(name, saved);
        foreach (var one in (TreeSearch<string>[])[search, resumed])
        {
            foreach (var trial in pending.Reverse())
                one.Tell(trial.Id, tree.Grow(saved, trial));
            tree.Run(one, 12);
        }

        Assert.Equal(search.State.Nodes, resumed.State.Nodes);
        Assert.Equal(search.State.Trials, resumed.State.Trials);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Telling_again_changes_nothing_and_what_cannot_be_told_is_refused(string name)
    {
        var search = New(name, Root());
        var trial = Assert.Single(search.Ask());
        Assert.True(search.Tell(trial.Id, new("0", 0.5)));
        Assert.False(search.Tell(trial.Id, new("1", 0.9)));
        Assert.False(search.Tell(trial.Id, null));
        Assert.Equal("0", search.State.Nodes[^1].State);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Tell(7, null));
        var next = Assert.Single(search.Ask());
        Assert.Contains("0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => search.Tell(next.Id, new("1", 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => New(name, new(1, [], [])));
        Assert.Throws<ArgumentException>(() => New(name, new(1, search.State.Nodes, [new(0, 99, 0)])));
    }

    [Theory]
    [InlineData("mcts", 3)]
    [InlineData("best_first", 3)]
    [InlineData("beam", 3)]
    [InlineData("tot", 3)]
    [InlineData("particles", 4)]
    public void A_search_whose_trials_all_fail_ends(string name, int trials)
    {
        var search = New(name, Root());
        var asked = 0;
        while (search.Ask() is [var trial])
        {
            search.Tell(trial.Id, null);
            asked++;
        }

        Assert.Equal((trials, true, 1), (asked, search.IsDone, search.State.Nodes.Count));
        Assert.Null(search.State.Best());
    }

    [Theory]
    [InlineData("mcts", 3, 3)]
    [InlineData("beam", 3, 3)]
    [InlineData("particles", 4, 4)]
    [InlineData("ab_mcts-beta", 9, 9)]
    public void Trials_under_way_are_waited_for_where_the_search_needs_them(string name, int asked, int most)
    {
        var search = New(name, Root());
        Assert.Equal(asked, search.Ask(most).Count);
        if (name != "ab_mcts-beta")
            Assert.Empty(search.Ask(5));
        Assert.False(search.IsDone);
    }

    [Fact]
    public void Visits_of_uct_concentrate_on_the_best_arm()
    {
        double[] means = [0.2, 0.3, 0.4, 0.5, 0.8];
        var random = new RandomGenerator(5);
        // The root has five arms, and each arm a line of draws below it.
        var search = new MonteCarloTreeSearch<int>(new(-1, 1), 1, actions: node => node.Depth == 0 ? [0, 1, 2, 3, 4] : [0]);
        var visits = new int[5];
        for (var i = 0; i < 600; i++)
        {
            var trial = Assert.Single(search.Ask());
            var parent = search.State.Nodes[trial.Parent];
            var arm = parent.Depth == 0 ? trial.Action : parent.State;
            visits[arm]++;
            search.Tell(trial.Id, new(arm, random.NextBoolean(means[arm]) ? 1 : 0));
        }

        Assert.True(visits[4] > 300, string.Join(' ', visits));
        Assert.All(visits.Take(4), visit => Assert.InRange(visit, 5, 150));
    }

    [Fact]
    public void The_choice_of_uct_is_that_of_its_formula()
    {
        // Two arms of means 0.5 and 0.6 with 2 and 4 nodes under a root of 7: 0.5 + c √(ln 7 / 2) against 0.6 + c √(ln 7 / 4); they are equal at c = 0.1 / (√(ln 7 / 2) − √(ln 7 / 4)) ≈ 0.3459.
        SearchNode<string>[] nodes =
        [
            new(0, -1, 0, -1, ""), new(1, 0, 1, 0, "a", 0.5), new(2, 0, 1, 0, "b", 0.6), new(3, 1, 2, 0, "aa", 0.5), new(4, 2, 2, 0, "ba", 0.7), new(5, 2, 2, 0, "bb", 0.5, true), new(6, 4, 3, 0, "baa", 0.6, true),
        ];
        var trials = nodes.Skip(1).Select((node, i) => new SearchTrial(i, node.Parent, 0, node.Id)).ToList();
        Assert.Equal(2 + 4 + 1, nodes.Length);
        Assert.Equal(4, new MonteCarloTreeSearch<string>(new(1, nodes, trials), 2, 0.34).Ask()[0].Parent);
        Assert.Equal(1, new MonteCarloTreeSearch<string>(new(1, nodes, trials), 2, 0.35).Ask()[0].Parent);
    }

    [Fact]
    public void Parallel_trials_of_uct_spread()
    {
        SearchNode<string>[] nodes = [new(0, -1, 0, -1, ""), new(1, 0, 1, 0, "a", 0.5), new(2, 0, 1, 0, "b", 0.5)];
        var search = new MonteCarloTreeSearch<string>(new(1, nodes, [new(0, 0, 0, 1), new(1, 0, 0, 2)]), 2);
        Assert.Equal([1, 2], search.Ask(2).Select(trial => trial.Parent));
    }

    [Fact]
    public void Best_first_expands_in_the_order_of_a_priority_queue()
    {
        var tree = new ExplicitTree(3, 4, 8);
        var search = New("best_first", Root(), 3, 4);
        tree.Run(search, 60);
        var queue = new PriorityQueue<string, double>();
        queue.Enqueue("", 0);
        var expected = new List<string>();
        while (expected.Count < 20)
        {
            var name = queue.Dequeue();
            expected.Add(name);
            if (name.Length == 3)
                continue;
            foreach (var child in (char[])['0', '1', '2'])
                queue.Enqueue(name + child, -tree.ScoreOf(name + child));
        }

        Assert.Equal(expected, search.State.Trials.Where((_, i) => i % 3 == 0).Select(trial => search.State.Nodes[trial.Parent].State));
    }

    [Fact]
    public void A_beam_of_one_is_greedy()
    {
        var tree = new ExplicitTree(3, 5, 4);
        var search = new BeamSearch<string>(Root(), 1, 3, 5);
        tree.Run(search, batch: 3);
        var greedy = "";
        for (var level = 0; level < 5; level++)
            greedy += "012".MaxBy(letter => tree.ScoreOf(greedy + letter));
        Assert.Equal((greedy, 15), (Assert.Single(search.Kept).State, search.State.Trials.Count));
    }

    [Fact]
    public void Finished_nodes_keep_their_place_in_a_beam_and_leave_the_search_of_thoughts()
    {
        static void Grow(ISearchAlgorithm<string> search)
        {
            while (search.Ask() is [var trial])
            {
                var first = search.State.Trials.Count(other => other.Parent == trial.Parent) == 1;
                var parent = search.State.Nodes[trial.Parent];
                search.Tell(trial.Id, parent.Id == 0 && first ? new("done", 0.9, true) : new(parent.State + "x", 0.5));
            }
        }

        var beam = new BeamSearch<string>(Root(), 1, 2, 3);
        var thoughts = new BreadthFirstThoughts<string>(Root(), 1, 2, 3);
        Grow(beam);
        Grow(thoughts);
        Assert.Equal(("done", 2), (Assert.Single(beam.Kept).State, beam.State.Trials.Count));
        Assert.Equal(("done", 6), (thoughts.State.Best(terminal: true)!.State, thoughts.State.Trials.Count));
    }

    [Fact]
    public void Nodes_without_a_score_come_between_good_and_bad_ones()
    {
        var search = new BeamSearch<string>(Root(), 2, 3, 1);
        double?[] scores = [0.4, null, 0.6];
        foreach (var (trial, score) in search.Ask(3).Zip(scores))
            search.Tell(trial.Id, new($"{score}", score));
        Assert.Equal([0.6, null], search.Kept.Select(node => node.Score));
    }
}
