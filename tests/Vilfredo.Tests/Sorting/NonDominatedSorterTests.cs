using Vilfredo.Sorting;

namespace Vilfredo.Tests.Sorting;

public class NonDominatedSorterTests
{
    private readonly NonDominatedSorter sorter = new();

    public static TheoryData<string> Kinds => new(SampleSets.Kinds);

    [Fact]
    public void Ranks_count_the_fronts_that_stand_before_a_point()
    {
        double[] points = [1, 4, 2, 2, 4, 1, 2, 5, 3, 3, 5, 5];
        var ranks = new int[6];
        Assert.Equal(3, sorter.Rank(points, 2, ranks));
        Assert.Equal([0, 0, 0, 1, 1, 2], ranks);
        Assert.Equal([0, 1, 2], sorter.Front(0).ToArray());
        Assert.Equal([3, 4], sorter.Front(1).ToArray());
        Assert.Equal([5], sorter.Front(2).ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ranks_agree_with_the_definition(string kind)
    {
        var random = new RandomGenerator(11);
        foreach (var count in new[] { 1, 2, 3, 7, 25, 60, 150 })
        {
            for (var objectives = 1; objectives <= 12; objectives++)
            {
                var points = SampleSets.Create(kind, count, objectives, random);
                var expected = SampleSets.RanksByDefinition(points, objectives);
                var ranks = new int[count];
                Assert.Equal(expected.Max() + 1, sorter.Rank(points, objectives, ranks));
                Assert.Equal(expected, ranks);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_point_of_a_later_front_is_dominated_from_the_front_before_and_by_none_of_its_own(string kind)
    {
        var random = new RandomGenerator(12);
        foreach (var (count, objectives) in new[] { (5000, 2), (1600, 3), (5000, 3), (1600, 4), (1100, 7) })
        {
            var points = SampleSets.Create(kind, count, objectives, random);
            var ranks = new int[count];
            var fronts = sorter.Rank(points, objectives, ranks);
            var listed = 0;
            for (var rank = 0; rank < fronts; rank++)
            {
                var before = rank == 0 ? [] : sorter.Front(rank - 1).ToArray();
                var front = sorter.Front(rank).ToArray();
                listed += front.Length;
                Assert.NotEmpty(front);
                foreach (var i in front)
                {
                    Assert.Equal(rank, ranks[i]);
                    Assert.True(rank == 0 || IsDominated(i, before));
                    Assert.False(IsDominated(i, front));
                }
            }

            Assert.Equal(count, listed);

            bool IsDominated(int i, int[] by)
            {
                var point = points.AsSpan(i * objectives, objectives);
                foreach (var j in by)
                {
                    if (Dominance.Dominates(points.AsSpan(j * objectives, objectives), point)) return true;
                }

                return false;
            }
        }
    }

    [Theory]
    [InlineData(2, 40_000)]
    [InlineData(3, 6_000)]
    [InlineData(5, 3_000)]
    public void The_order_of_the_points_does_not_matter(int objectives, int count)
    {
        var random = new RandomGenerator(13);
        var points = SampleSets.Create("few values", count / 2, objectives, random)
            .Concat(SampleSets.Create("uniform", count - count / 2, objectives, random)).ToArray();
        var ranks = new int[count];
        sorter.Rank(points, objectives, ranks);

        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle(order.AsSpan());
        var shuffled = new double[points.Length];
        for (var i = 0; i < count; i++)
            points.AsSpan(order[i] * objectives, objectives).CopyTo(shuffled.AsSpan(i * objectives));
        var shuffledRanks = new int[count];
        sorter.Rank(shuffled, objectives, shuffledRanks);

        Assert.Equal(order.Select(i => ranks[i]), shuffledRanks);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stopping_early_ranks_whole_fronts_and_leaves_the_rest_unranked(string kind)
    {
        var random = new RandomGenerator(14);
        foreach (var (count, objectives) in new[] { (90, 1), (400, 2), (400, 3), (1900, 3), (1900, 5) })
        {
            var points = SampleSets.Create(kind, count, objectives, random);
            var all = new int[count];
            sorter.Rank(points, objectives, all);
            foreach (var atLeast in new[] { 1, 2, count / 3, count / 2, count - 1, count, count + 1 })
            {
                var last = all.Order().ElementAt(Math.Min(atLeast, count) - 1);
                var ranks = new int[count];
                Assert.Equal(last + 1, sorter.Rank(points, objectives, ranks, atLeast));
                Assert.Equal(all.Select(rank => rank <= last ? rank : NonDominatedSorter.Unranked), ranks);
                Assert.Equal(all.Count(rank => rank == last), sorter.Front(last).Length);
            }
        }
    }

    [Fact]
    public void Constrained_ranks_agree_with_the_definition()
    {
        var random = new RandomGenerator(15);
        foreach (var kind in SampleSets.Kinds)
        {
            for (var objectives = 1; objectives <= 5; objectives++)
            {
                var points = SampleSets.Create(kind, 70, objectives, random);
                var violations = new double[70];
                for (var i = 0; i < violations.Length; i++)
                    violations[i] = Math.Max(0, random.NextInt32(6) - 2) * (random.NextBoolean(0.1) ? double.PositiveInfinity : 0.5);
                for (var i = 0; i < violations.Length; i++)
                    violations[i] = double.IsNaN(violations[i]) ? 0 : violations[i];
                var ranks = new int[70];
                var expected = SampleSets.RanksByDefinition(points, objectives, violations);
                Assert.Equal(expected.Max() + 1, sorter.Rank(points, objectives, violations, ranks));
                Assert.Equal(expected, ranks);

                var last = expected.Order().ElementAt(40 - 1);
                Assert.Equal(last + 1, sorter.Rank(points, objectives, violations, ranks, atLeast: 40));
                Assert.Equal(expected.Select(rank => rank <= last ? rank : NonDominatedSorter.Unranked), ranks);
            }
        }
    }

    [Fact]
    public void Feasible_points_are_ranked_as_if_there_were_no_constraints()
    {
        var points = SampleSets.Create("few values", 300, 3, new RandomGenerator(16));
        int[] free = new int[300], constrained = new int[300];
        sorter.Rank(points, 3, free);
        sorter.Rank(points, 3, new double[300], constrained);
        Assert.Equal(free, constrained);
    }

    [Fact]
    public void An_empty_set_has_no_fronts()
    {
        Assert.Equal(0, sorter.Rank([], 3, []));
        Assert.Equal(0, sorter.Rank([], 3, [], []));
        Assert.Equal(0, sorter.FrontCount);
        Assert.Empty(NonDominatedSorting.Fronts([], 2));
    }

    [Fact]
    public void The_static_form_gives_the_same_ranks_and_fronts()
    {
        double[] points = [1, 4, 2, 2, 4, 1, 2, 5, 3, 3, 5, 5];
        int[] ranks = new int[6], constrained = new int[6];
        NonDominatedSorting.Rank(points, 2, ranks);
        Assert.Equal([0, 0, 0, 1, 1, 2], ranks);
        Assert.Equal(ranks, NonDominatedSorting.Rank(points, 2));
        Assert.Equal(new int[][] { [0, 1, 2], [3, 4], [5] }, NonDominatedSorting.Fronts(points, 2));
        NonDominatedSorting.Rank(points, 2, [1, 0, 0, 0, 2, 0], constrained);
        Assert.Equal([3, 0, 0, 1, 4, 2], constrained);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_to_do()
    {
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => sorter.Rank([1, double.NaN], 2, new int[1])).Message);
        Assert.Contains("3 values", Assert.Throws<ArgumentException>(() => sorter.Rank([1, 2, 3], 2, new int[1])).Message);
        Assert.Contains("one place per point", Assert.Throws<ArgumentException>(() => sorter.Rank([1, 2], 2, new int[2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => sorter.Rank([1, 2], 0, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sorter.Rank([1, 2], 2, new int[1], atLeast: 0));
        Assert.Contains("one total violation", Assert.Throws<ArgumentException>(() => sorter.Rank([1, 2], 2, [0, 0], new int[1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => sorter.Rank([1, 2], 2, [-1], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sorter.Rank([1, 2], 2, [double.NaN], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sorter.Front(0));
    }

    [Fact]
    public void A_sorter_allocates_nothing_once_its_buffers_have_grown()
    {
        var random = new RandomGenerator(17);
        var sets = new[] { (2000, 1), (2000, 2), (2000, 3), (1500, 4), (300, 8) }
            .Select(shape => (Points: SampleSets.Create("few values", shape.Item1, shape.Item2, random), Objectives: shape.Item2, Ranks: new int[shape.Item1], Violations: Enumerable.Range(0, shape.Item1).Select(i => (double)(i % 3)).ToArray()))
            .ToArray();
        for (var pass = 0; pass < 2; pass++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var (points, objectives, ranks, violations) in sets)
            {
                sorter.Rank(points, objectives, ranks);
                _ = sorter.Front(0).Length;
                sorter.Rank(points, objectives, ranks, 100);
                sorter.Rank(points, objectives, violations, ranks);
            }

            if (pass == 1) Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public void Buffers_outlive_a_collection_in_the_middle_of_a_call()
    {
        var points = SampleSets.Create("uniform", 60_000, 2, new RandomGenerator(18));
        var expected = NonDominatedSorting.Rank(points, 2);
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
                GC.Collect();
        });
        collector.Start();
        try
        {
            for (var i = 0; i < 5; i++)
            {
                var ranks = new int[60_000];
                new NonDominatedSorter().Rank(points, 2, ranks);
                Assert.Equal(expected, ranks);
                Assert.Equal(expected.Count(rank => rank == 0), NonDominatedFilter.Indices(points, 2).Length);
                new CrowdingDistance().Compute(points, 2, new double[60_000]);
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }
}
