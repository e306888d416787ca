using Vilfredo.Sorting;

namespace Vilfredo.Tests.Sorting;

public class NonDominatedFilterTests
{
    private readonly NonDominatedFilter filter = new();

    public static TheoryData<string> Kinds => new(SampleSets.Kinds);

    [Fact]
    public void Dominated_points_go_and_copies_stay_when_asked()
    {
        double[] points = [2, 2, 1, 4, 2, 5, 2, 2, 4, 1];
        Assert.Equal([0, 1, 3, 4], NonDominatedFilter.Indices(points, 2));
        Assert.Equal([0, 1, 4], NonDominatedFilter.Indices(points, 2, keepDuplicates: false));
    }

    [Fact]
    public void A_weakly_efficient_point_stays_when_asked()
    {
        double[] points = [1, 4, 1, 5, 2, 2, 2, 5, 4, 2, 3, 3];
        Assert.Equal([0, 2], NonDominatedFilter.Indices(points, 2));
        Assert.Equal([0, 1, 2, 4], NonDominatedFilter.Indices(points, 2, keepWeaklyDominated: true));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_kept_agrees_with_the_definition(string kind)
    {
        var random = new RandomGenerator(31);
        foreach (var count in new[] { 1, 2, 9, 60, 300 })
        {
            for (var objectives = 1; objectives <= 8; objectives++)
            {
                var points = SampleSets.Create(kind, count, objectives, random);
                foreach (var (duplicates, weakly) in new[] { (true, false), (false, false), (true, true), (false, true) })
                {
                    var expected = Enumerable.Range(0, count).Where(i => IsKept(i, duplicates, weakly)).ToArray();
                    Assert.Equal(expected, NonDominatedFilter.Indices(points, objectives, duplicates, weakly));

                    var keep = new bool[count];
                    Assert.Equal(expected.Length, filter.Filter(points, objectives, keep, duplicates, weakly));
                    Assert.Equal(expected, Enumerable.Range(0, count).Where(i => keep[i]));
                }

                bool IsKept(int i, bool duplicates, bool weakly)
                {
                    var point = points.AsSpan(i * objectives, objectives);
                    for (var j = 0; j < count; j++)
                    {
                        var other = points.AsSpan(j * objectives, objectives);
                        if (weakly ? Dominance.StronglyDominates(other, point) : Dominance.Dominates(other, point)) return false;
                        if (!duplicates && j < i && Dominance.Compare(other, point) == DominanceRelation.Equal) return false;
                    }

                    return true;
                }
            }
        }
    }

    [Theory]
    [InlineData(2, 50_000)]
    [InlineData(3, 20_000)]
    [InlineData(4, 4_000)]
    [InlineData(6, 3_000)]
    public void The_first_front_is_kept(int objectives, int count)
    {
        var random = new RandomGenerator(32);
        foreach (var kind in SampleSets.Kinds)
        {
            var points = SampleSets.Create(kind, count, objectives, random);
            var sorter = new NonDominatedSorter();
            sorter.Rank(points, objectives, new int[count]);
            var indices = new int[count];
            var kept = filter.Filter(points, objectives, indices);
            Assert.Equal(sorter.Front(0), indices.AsSpan(0, kept));
        }
    }

    [Fact]
    public void Filtering_twice_changes_nothing()
    {
        var points = SampleSets.Create("uniform", 2000, 3, new RandomGenerator(33));
        var once = NonDominatedFilter.Indices(points, 3).SelectMany(i => points[(3 * i)..(3 * i + 3)]).ToArray();
        Assert.Equal(once.Length / 3, NonDominatedFilter.Indices(once, 3).Length);
    }

    [Fact]
    public void Bad_input_is_refused_and_an_empty_set_is_empty()
    {
        Assert.Empty(NonDominatedFilter.Indices([], 4));
        Assert.Equal(0, filter.Filter([], 1, Array.Empty<bool>()));
        Assert.Throws<ArgumentException>(() => filter.Filter([1, 2, 3], 2, new bool[2]));
        Assert.Throws<ArgumentException>(() => filter.Filter([1, double.NaN], 2, new bool[1]));
        Assert.Throws<ArgumentException>(() => filter.Filter([1, 2], 2, new bool[2]));
        Assert.Throws<ArgumentException>(() => filter.Filter([1, 2, 3, 4], 2, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonDominatedFilter.Indices([1, 2], 0));
    }

    [Fact]
    public void Nothing_is_allocated_once_the_buffers_have_grown()
    {
        var random = new RandomGenerator(34);
        var sets = Enumerable.Range(1, 6).Select(objectives => SampleSets.Create("few values", 1000, objectives, random)).ToArray();
        var keep = new bool[1000];
        for (var pass = 0; pass < 2; pass++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var k = 0; k < sets.Length; k++)
            {
                filter.Filter(sets[k], k + 1, keep);
                filter.Filter(sets[k], k + 1, keep, keepDuplicates: false, keepWeaklyDominated: true);
            }

            if (pass == 1) Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }
}
