using Vilfredo.Sorting;

namespace Vilfredo.Tests.Sorting;

public unsafe class RowOrderTests
{
    public static TheoryData<string> Kinds => new(SampleSets.Kinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_are_sorted_lexicographically_and_stably(string kind)
    {
        var random = new RandomGenerator(51);
        var rowOrder = new RowOrder();
        foreach (var count in new[] { 1, 2, 24, 25, 300, 513, 3000, 5000 })
        {
            var points = SampleSets.Create(kind, count, 3, random);
            var order = new int[count];
            fixed (double* point = points)
            fixed (int* sorted = order)
                rowOrder.Sort(point, count, 3, 3, sorted);

            var expected = Enumerable.Range(0, count).OrderBy(i => points[3 * i] + 0.0)
                .ThenBy(i => points[3 * i + 1] + 0.0).ThenBy(i => points[3 * i + 2] + 0.0).ToArray();
            Assert.Equal(expected, order);
        }
    }

    [Fact]
    public void Large_clustered_sets_are_sorted()
    {
        var random = new RandomGenerator(52);
        var values = new double[500_000];
        for (var i = 0; i < values.Length; i++)
            values[i] = (i % 3) switch { 0 => 1 + random.NextDouble() * 1e-12, 1 => random.NextInt32(4), _ => Math.Exp(random.NextDouble(-600, 600)) };
        var order = new int[values.Length];
        fixed (double* value = values)
        fixed (int* sorted = order)
            new RowOrder().Sort(value, values.Length, 1, 1, sorted);
        for (var i = 1; i < order.Length; i++)
            Assert.True((values[order[i - 1]], order[i - 1]).CompareTo((values[order[i]], order[i])) < 0);
    }
}
