using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Tests.Accounting;

public class InferenceRooflineTests
{
    // The smallest model of the ParScale paper's law, whose numbers of parameters are published.
    private static readonly DecoderConfig One = new() { ModelType = "qwen2_parscale", VocabSize = 151_936, HiddenSize = 896, IntermediateSize = 4864, NumHiddenLayers = 36, NumAttentionHeads = 16, NumKeyValueHeads = 2, TieWordEmbeddings = true };
    private static readonly DecoderConfig Eight = One with { ParscaleN = 8 };

    [Fact]
    public void Writing_at_batch_1_takes_the_reading_of_weights_and_cache()
    {
        // 535,813,376 numbers of the layers, 36 x 2 x 2 x 56 of the cache for each of 101 tokens, 151,936 x 896 of the head, of 2 bytes.
        const double Bytes = 2.0 * (535_813_376 + 36 * 2 * 2 * 56 * 101 + 151_936 * 896);
        Assert.Equal(Bytes / (2039e9 * 0.9), new InferenceRoofline(One, RooflineHardware.A100).DecodeSeconds(100), 1e-9);
    }

    [Fact]
    public void Eight_streams_cost_less_than_a_tenth_more_memory_and_time_where_reading_bounds()
    {
        var (one, eight) = (new InferenceRoofline(One, RooflineHardware.A100), new InferenceRoofline(Eight, RooflineHardware.A100));
        Assert.Equal(2 * (545_340_552 - 535_813_376), eight.WeightBytes - one.WeightBytes);
        Assert.Equal(8 * one.CacheBytes(100 + 48), eight.CacheBytes(100));
        Assert.InRange(eight.MemoryBytes(100) / (double)one.MemoryBytes(100), 1.01, 1.1);
        Assert.InRange(eight.DecodeSeconds(100) / one.DecodeSeconds(100), 1.01, 1.1);
    }

    [Fact]
    public void Where_computing_bounds_eight_streams_take_about_eight_times_as_long()
    {
        var slow = new RooflineHardware(1e9, 1e15);
        var ratio = new InferenceRoofline(Eight with { VocabSize = 8 }, slow).DecodeSeconds(100) / new InferenceRoofline(One with { VocabSize = 8 }, slow).DecodeSeconds(100);
        Assert.InRange(ratio, 7.9, 8.2);
    }

    [Fact]
    public void A_continuation_is_its_passes_and_a_larger_batch_shares_the_weights()
    {
        var model = new InferenceRoofline(One, RooflineHardware.A100);
        Assert.Equal(model.PrefillSeconds(10) + model.DecodeSeconds(10) + model.DecodeSeconds(11), model.GenerationSeconds(10, 3), 1e-12);
        Assert.True(model.DecodeSeconds(10, batch: 4) < 1.1 * model.DecodeSeconds(10));
        Assert.Equal(4 * model.CacheBytes(10), model.CacheBytes(10, batch: 4));
    }

    [Fact]
    public void Rates_and_shares_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InferenceRoofline(One, new(0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InferenceRoofline(One, new(1, 1, ComputeShare: 2)));
    }
}
