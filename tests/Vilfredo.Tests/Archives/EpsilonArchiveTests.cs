using Vilfredo.Archives;
using Vilfredo.Sorting;
using Vilfredo.Tests.Sorting;

namespace Vilfredo.Tests.Archives;

public class EpsilonArchiveTests
{
    [Fact]
    public void A_box_holds_one_point_which_gives_way_to_one_that_dominates_it_or_is_nearer_to_the_corner()
    {
        var archive = new EpsilonArchive<string>([1, 1]);
        Assert.Equal(ArchiveInsertion.Added, archive.Add([2.5, 2.5], "a"));
        Assert.Equal(ArchiveInsertion.Dominated, archive.Add([2.1, 2.9], "same box, farther from its corner"));
        Assert.Equal(ArchiveInsertion.Duplicate, archive.Add([2.5, 2.5], "same point"));
        Assert.Equal(ArchiveInsertion.Added, archive.Add([2.4, 2.5], "better"));
        Assert.Equal(["a"], archive.Evicted);
        Assert.Equal(ArchiveInsertion.Added, archive.Add([2.3, 2.55], "nearer"));
        Assert.Equal(["better"], archive.Evicted);
        Assert.Equal(ArchiveInsertion.Dominated, archive.Add([2.3, 3.1], "box is dominated"));
        Assert.Equal(ArchiveInsertion.Added, archive.Add([1.9, 2.9], "better box"));
        Assert.Equal(["nearer"], archive.Evicted);
        var (point, tag) = Assert.Single(archive.Items);
        Assert.Equal([1.9, 2.9], point.ToArray());
        Assert.Equal(("better box", 1), (tag, archive.Count));
    }

    [Fact]
    public void Every_point_offered_is_within_epsilon_of_a_member()
    {
        var random = new RandomGenerator(81);
        for (var objectives = 1; objectives <= 4; objectives++)
        {
            var epsilons = Enumerable.Range(0, objectives).Select(_ => random.NextDouble(0.05, 0.3)).ToArray();
            var archive = new EpsilonArchive<int>(epsilons);
            var points = SampleSets.Create("antichain", 400, objectives, random).Select(value => value / 50).ToArray();
            var members = new HashSet<int>();
            for (var i = 0; i < 400; i++)
            {
                if (archive.Add(points.AsSpan(i * objectives, objectives), i) == ArchiveInsertion.Added) members.Add(i);
                foreach (var gone in archive.Evicted)
                    Assert.True(members.Remove(gone));
            }

            Assert.Equal(members.Order(), archive.Items.Select(item => item.Tag).Order());
            for (var i = 0; i < 400; i++)
            {
                Assert.Contains(members, member => Enumerable.Range(0, objectives).All(k =>
                    points[member * objectives + k] <= points[i * objectives + k] + epsilons[k] + 1e-12));
            }

            var rows = members.SelectMany(i => points[(i * objectives)..((i + 1) * objectives)]).ToArray();
            Assert.Equal(members.Count, NonDominatedFilter.Indices(rows, objectives).Length);
        }
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new EpsilonArchive<int>([]));
        Assert.Throws<ArgumentException>(() => new EpsilonArchive<int>([1, 0]));
        Assert.Throws<ArgumentException>(() => new EpsilonArchive<int>([double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => new EpsilonArchive<int>([1, 1]).Add([1, double.NaN], 0));
        Assert.Throws<ArgumentException>(() => new EpsilonArchive<int>([1, 1]).Add([1, double.PositiveInfinity], 0));
        Assert.Throws<ArgumentException>(() => new EpsilonArchive<int>([1, 1]).Add([1], 0));
    }
}
