using Vilfredo.Sorting;

namespace Vilfredo.Tests.Sorting;

public unsafe class SpatialRankingTests
{
    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(1, 0.001)]
    [InlineData(1, 0.05)]
    [InlineData(40, 0.01)]
    [InlineData(40, 1.0)]
    [InlineData(100_000, 0.2)]
    public void Long_staircases_and_blocks_give_the_same_ranks(int firstValues, double noise)
    {
        const int Count = 4000;
        var random = new RandomGenerator(41);
        var points = new double[3 * Count];
        for (var i = 0; i < Count; i++)
        {
            // Near an antichain in the last two objectives: staircases grow to many leaves, and long runs fall at once.
            var second = random.NextDouble();
            points[3 * i] = random.NextInt32(firstValues);
            points[3 * i + 1] = Math.Round(second, 3);
            points[3 * i + 2] = 1 - second + noise * random.NextDouble();
        }

        int[] order = new int[Count], bySweep = new int[Count], byBlocks = new int[Count];
        var rowOrder = new RowOrder();
        SpatialRanking sweep = new();
        BlockRanking blocks = new(rowOrder);
        fixed (double* point = points)
        fixed (int* sorted = order, first = bySweep, second = byBlocks)
        {
            rowOrder.Sort(point, Count, 3, 3, sorted);
            var fronts = blocks.Rank(point, 3, sorted, Count, second, int.MaxValue);
            Assert.Equal(fronts, sweep.Rank(point, sorted, Count, first));
            Assert.Equal(byBlocks, bySweep);
            Assert.Equal(fronts, sweep.Rank(point, sorted, Count, first));
            Assert.Equal(byBlocks, bySweep);
        }
    }
}
