using Vilfredo.Archives;
using Vilfredo.Sorting;
using Vilfredo.Tests.Sorting;

namespace Vilfredo.Tests.Archives;

public class ParetoArchiveTests
{
    public static TheoryData<string> Kinds => new(SampleSets.Kinds);

    [Fact]
    public void Adding_tells_what_became_of_the_point_and_of_those_it_dominates()
    {
        var archive = new ParetoArchive<string>(2);
        Assert.Equal(ArchiveInsertion.Added, archive.Add([2, 2], "a"));
        Assert.Equal(ArchiveInsertion.Added, archive.Add([1, 3], "b"));
        Assert.Equal(ArchiveInsertion.Dominated, archive.Add([2, 3], "c"));
        Assert.Equal(ArchiveInsertion.Duplicate, archive.Add([1, 3], "d"));
        Assert.Empty(archive.Evicted.ToArray());
        Assert.Equal([1, 3, 2, 2], archive.Points.ToArray());
        Assert.Equal(ArchiveInsertion.Added, archive.Add([1, 1], "e"));
        Assert.Equal(["b", "a"], archive.Evicted.ToArray());
        Assert.Equal((1, "e"), (archive.Count, archive.Tags[0]));
        Assert.True(archive.WeaklyDominates([1, 1]));
        Assert.False(archive.WeaklyDominates([0, 9]));
        archive.Clear();
        Assert.Equal((0, ArchiveInsertion.Added), (archive.Count, archive.Add([5, 5], "f")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_archive_holds_what_the_filter_keeps(string kind)
    {
        var random = new RandomGenerator(61);
        for (var objectives = 1; objectives <= 7; objectives++)
        {
            var points = SampleSets.Create(kind, 400, objectives, random);
            var archive = new ParetoArchive<int>(objectives);
            var members = new HashSet<int>();
            for (var i = 0; i < 400; i++)
            {
                var point = points.AsSpan(i * objectives, objectives);
                var covered = archive.WeaklyDominates(point);
                var insertion = archive.Add(point, i);
                Assert.Equal(covered, insertion != ArchiveInsertion.Added);
                if (insertion == ArchiveInsertion.Added) members.Add(i);
                foreach (var gone in archive.Evicted)
                    Assert.True(members.Remove(gone));
                Assert.Equal(members.Count, archive.Count);
            }

            Assert.Equal(NonDominatedFilter.Indices(points, objectives, keepDuplicates: false), members.Order());
            Assert.Equal(members.Order(), archive.Tags.Order());
            for (var i = 0; i < archive.Count; i++)
            {
                Assert.Equal(points.AsSpan(archive.Tags[i] * objectives, objectives), archive[i]);
                Assert.Equal(archive.Points.Slice(i * objectives, objectives), archive[i]);
            }
        }
    }

    [Fact]
    public void The_members_of_two_objectives_are_in_ascending_order()
    {
        var random = new RandomGenerator(62);
        var archive = new ParetoArchive<int>(2);
        for (var i = 0; i < 2000; i++)
        {
            var x = random.NextDouble();
            archive.Add([x, 1 - x + 0.01 * random.NextDouble()], i);
        }

        Assert.True(archive.Count > 50);
        for (var i = 1; i < archive.Count; i++)
            Assert.True(archive[i - 1][0] < archive[i][0] && archive[i - 1][1] > archive[i][1]);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParetoArchive<int>(0));
        var archive = new ParetoArchive<int>(2);
        Assert.Throws<ArgumentException>(() => archive.Add([1], 0));
        Assert.Throws<ArgumentException>(() => archive.Add([1, double.NaN], 0));
        Assert.Throws<ArgumentException>(() => archive.WeaklyDominates([1, 2, 3]));
        Assert.Equal(0, archive.Count);
    }

    [Fact]
    public void Nothing_is_allocated_once_the_arrays_have_grown()
    {
        foreach (var objectives in new[] { 2, 4 })
        {
            var points = SampleSets.Create("antichain", 500, objectives, new RandomGenerator(63));
            var archive = new ParetoArchive<long>(objectives);
            for (var pass = 0; pass < 2; pass++)
            {
                archive.Clear();
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 500; i++)
                    archive.Add(points.AsSpan(i * objectives, objectives), i);
                if (pass == 1) Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }
        }
    }
}
