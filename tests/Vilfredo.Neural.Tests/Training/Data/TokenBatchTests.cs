using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Neural.Tests.Training.Data;

public class TokenBatchTests
{
    [Fact]
    public void Rows_are_filled_up_at_their_end_and_given_tokens_are_not_scored()
    {
        var batch = TokenBatch.Of([([1, 2, 3, 4], 2), ([5, 6], 1)], padding: 9);
        Assert.Equal((2, 3, 6, 3), (batch.Rows, batch.Length, batch.Tokens, batch.ScoredTokens));
        Assert.Equal([1, 2, 3, 5, 9, 9], batch.Inputs.ToArray());
        Assert.Equal([TokenBatch.Unscored, 3, 4, 6, TokenBatch.Unscored, TokenBatch.Unscored], batch.Targets.ToArray());
    }

    [Theory]
    [InlineData(12, 1, 1)]
    [InlineData(11, 1, 2)]
    [InlineData(12, 2, 2)]
    [InlineData(5, 1, 4)]
    [InlineData(6, 3, 3)]
    [InlineData(1, 1, 4)]
    [InlineData(12, 9, 4)]
    public void Shards_are_the_rows_in_order_in_groups_that_are_small_enough(long tokens, int multiple, int groups)
    {
        var batch = new TokenBatch([.. Enumerable.Range(0, 12).Select(i => (long)i)], [.. Enumerable.Range(1, 12).Select(i => (long)i)], rows: 4);
        var shards = batch.Shards(tokens, multiple);
        Assert.Equal(groups, shards.Count);
        Assert.All(shards, shard => Assert.True(shard.Length == 3 && (shard.Tokens <= tokens || shard.Rows == 1)));
        Assert.Equal(batch.Inputs.ToArray(), shards.SelectMany(shard => shard.Inputs.ToArray()));
        Assert.Equal(batch.Targets.ToArray(), shards.SelectMany(shard => shard.Targets.ToArray()));
        Assert.InRange(shards.Max(shard => shard.Rows) - shards.Min(shard => shard.Rows), 0, 1);
    }

    [Fact]
    public void A_row_without_a_token_to_predict_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TokenBatch.Of([([1, 2], 2)], 0));
        Assert.Throws<ArgumentException>(() => TokenBatch.Of([], 0));
        Assert.Throws<ArgumentException>(() => new TokenBatch([1, 2, 3], [1, 2, 3], 2));
    }

    [Fact]
    public void Random_windows_are_a_function_of_seed_and_number()
    {
        var tokens = Enumerable.Range(0, 100).ToArray();
        var (first, second) = (new WindowBatches(tokens, 7, 3, seed: 1), new WindowBatches(tokens, 7, 3, seed: 1));
        second.At(4);
        Assert.Equal(first.At(9).Inputs.ToArray(), second.At(9).Inputs.ToArray());
        Assert.NotEqual(first.At(9).Inputs.ToArray(), first.At(8).Inputs.ToArray());
        Assert.All(first.At(9).Inputs.ToArray().Zip(first.At(9).Targets.ToArray()), pair => Assert.Equal(pair.First + 1, pair.Second));
    }

    [Fact]
    public void Every_window_of_a_text_can_be_drawn_and_none_leaves_it()
    {
        var batches = new WindowBatches(new[] { 0, 1, 2, 3 }, 2, 50, seed: 3);
        Assert.Equal([0L, 1L], batches.At(0).Inputs.ToArray().Chunk(2).Select(window => window[0]).Distinct().Order());
    }

    [Fact]
    public void Windows_side_by_side_score_every_token_once()
    {
        var batches = WindowBatches.SideBySide(Enumerable.Range(0, 12).ToArray(), 3, 2);
        Assert.Equal([2, 1], batches.Select(batch => batch.Rows));
        Assert.Equal(Enumerable.Range(1, 9).Select(i => (long)i), batches.SelectMany(batch => batch.Targets.ToArray()));
    }

    [Fact]
    public void A_text_shorter_than_a_window_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new WindowBatches(new[] { 1, 2 }, 2, 1, 0));
        Assert.Contains("at least 3", error.Message, StringComparison.Ordinal);
    }
}
