using CsCheck;
using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Neural.Tests.Training.Data;

public class ComplementaryDenoisingTests
{
    private const int First = 99;

    [Fact]
    public void Both_sides_together_are_the_text() =>
        Gen.Select(Gen.Int[0, 59].Array[1, 30], Gen.ULong, Gen.Double[0.05, 0.95]).Sample((text, seed, share) =>
        {
            var denoising = new ComplementaryDenoising(First, 40, [0, 1]) { Share = share };
            var (source, target) = denoising.Pair(text, new RandomGenerator(seed));
            Assert.Equal(text, denoising.Merge(source, target));
        });

    [Fact]
    public void Hidden_neighbours_are_not_merged_and_sentinels_go_down_on_each_side()
    {
        var (source, target) = new ComplementaryDenoising(First, 40, [1]) { Share = 0.5 }.Pair([10, 11, 12, 13, 14, 15, 16, 17, 1], new RandomGenerator(2));
        Assert.Equal(9, source.Count);
        Assert.Equal(9, target.Count);
        Assert.Equal((1, 1), (source[^1], target[^1]));
        int[] hidden = [.. source.Where(id => id > 59)], shown = [.. target.Where(id => id > 59)];
        Assert.Equal(8, hidden.Length + shown.Length);
        Assert.Equal(Enumerable.Range(0, hidden.Length).Select(i => First - i), hidden);
        Assert.Equal(Enumerable.Range(0, shown.Length).Select(i => First - i), shown);
    }

    [Fact]
    public void As_many_tokens_are_hidden_as_was_asked_for()
    {
        int[] text = [.. Enumerable.Range(0, 40)];
        var denoising = new ComplementaryDenoising(First, 40);
        var random = new RandomGenerator(1);
        Assert.Equal(0.15, Enumerable.Range(0, 500).Average(_ => denoising.Pair(text, random).Source.Count(id => id > 59) / 40.0), 0.01);
    }

    [Fact]
    public void A_text_is_cut_where_sentinels_run_out()
    {
        var (source, target) = new ComplementaryDenoising(First, 5).Pair([.. Enumerable.Range(0, 40)], new RandomGenerator(3));
        Assert.Equal(source.Count, target.Count);
        Assert.InRange(source.Count, 5, 10);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        var denoising = new ComplementaryDenoising(First, 40, [1]);
        Assert.Throws<ArgumentException>(() => denoising.Pair([3, 99], new RandomGenerator(1)));
        Assert.Throws<ArgumentException>(() => denoising.Merge([3, 1], [3, 1]));
        Assert.Throws<ArgumentException>(() => denoising.Merge([99], [99]));
        Assert.Throws<ArgumentException>(() => denoising.Merge([3], [99, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComplementaryDenoising(10, 40));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComplementaryDenoising(First) { Share = 1 });
    }
}
