using CsCheck;
using Vilfredo.Neural.Recursion;

namespace Vilfredo.Neural.Tests.Recursion;

public class DepthwiseBatchingTests
{
    private static readonly DepthwiseBatching Even = new() { Slots = 2, EntrySeconds = _ => 1, BlockSeconds = _ => 10, ExitSeconds = _ => 1 };

    private static readonly Gen<int[][]> Depths = Gen.Int[1, 4].Array[1, 6].Array[1, 8];

    [Fact]
    public void Shallow_tokens_do_not_wait_for_deep_ones()
    {
        // Slot 1: depth 3, slot 2: three tokens of depth 1. Together three passes; in step, 3 + 1 + 1.
        int[][] depths = [[3], [1, 1, 1]];
        Assert.Equal(new DepthwiseEstimate(4, 3 * 10 + 3 + 3, 3, 1), Even.Continuous(depths));
        Assert.Equal(5, Even.Synchronous(depths).BlockPasses);
        Assert.Equal(5 * 10 + 3 * 2, Even.Synchronous(depths).Seconds);
    }

    [Fact]
    public void Waiting_sequences_take_slots_in_their_order_and_empty_ones_none() =>
        Assert.Equal(4, Even.Continuous([[2], [], [3, 1], [1], []]).BlockPasses);

    [Fact]
    public void One_slot_or_one_depth_makes_both_the_same() => Depths.Sample(depths =>
    {
        var one = Even with { Slots = 1 };
        Assert.Equal(one.Synchronous(depths), one.Continuous(depths));
        int[][] level = [.. depths.Select(sequence => sequence.Select(_ => 3).ToArray())];
        Assert.Equal(Even.Synchronous(level), Even.Continuous(level));
    });

    [Fact]
    public void All_tokens_are_written_and_passes_lie_between_their_bounds() => Depths.Sample(depths =>
    {
        var work = depths.Sum(sequence => sequence.Sum());
        foreach (var slots in new[] { 1, 2, 5 })
        {
            var estimate = (Even with { Slots = slots }).Continuous(depths);
            Assert.Equal(depths.Sum(sequence => sequence.Length), estimate.Tokens);
            Assert.InRange(estimate.BlockPasses, Math.Max((work + slots - 1) / slots, depths.Max(sequence => sequence.Sum())), work);
            Assert.Equal(work, estimate.Occupancy * estimate.BlockPasses * slots, 1e-9);
        }
    });

    [Fact]
    public void Full_slots_write_in_proportion_to_the_mean_depth()
    {
        int[][] depths = [.. Enumerable.Range(0, 64).Select(i => Enumerable.Range(0, 300).Select(t => 1 + (i + t) % 3).ToArray())];
        var batching = new DepthwiseBatching { Slots = 32, EntrySeconds = _ => 0, BlockSeconds = _ => 1, ExitSeconds = _ => 0 };
        Assert.Equal(1.5, batching.Continuous(depths).Throughput / batching.Continuous([.. depths.Select(sequence => sequence.Select(_ => 3).ToArray())]).Throughput, 0.02);
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        Assert.Contains("no token", Assert.Throws<ArgumentException>(() => Even.Continuous([[]])).Message, StringComparison.Ordinal);
        Assert.Contains("depth 0", Assert.Throws<ArgumentException>(() => Even.Continuous([[1, 0]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => (Even with { Slots = 0 }).Continuous([[1]]));
    }
}
