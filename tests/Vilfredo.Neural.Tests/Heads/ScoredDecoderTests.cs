using TorchSharp;
using Vilfredo.Neural.Heads;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Heads;

public class ScoredDecoderTests
{
    [Theory]
    [InlineData("llama")]
    [InlineData("qwen3")]
    [InlineData("deepseek_v3")]
    [InlineData("token choice")]
    public void Values_are_the_heads_product_with_the_states_of_a_decoder_with_the_same_weights(string family)
    {
        using var scope = NewDisposeScope();
        using var model = New(family, outputs: 3);
        using var decoder = new Decoder(model.Config);
        var weights = model.state_dict();
        Assert.Contains("score.weight", weights.Keys);
        using (no_grad())
        {
            foreach (var (name, tensor) in decoder.state_dict().Where(pair => pair.Key.StartsWith("model.", StringComparison.Ordinal)))
                tensor.copy_(weights[name]);
        }

        var ids = DecoderTests.Ids(2, 5);
        DecoderTests.AssertClose(decoder.Run(new() { Ids = ids }).Hidden.matmul(weights["score.weight"].t()), model.forward(ids));
    }

    [Fact]
    public void A_new_head_has_no_opinion_but_learns()
    {
        using var scope = NewDisposeScope();
        using var model = new ScoredDecoder(DecoderFamilies.Llama, seed: 1);
        var ids = DecoderTests.Ids(2, 5);
        Assert.Equal(0f, model.forward(ids).abs().max().item<float>());
        (model.forward(ids) - 1).mul(model.forward(ids) - 1).sum().backward();
        Assert.True(model.named_parameters().Single(one => one.name == "score.weight").parameter.grad!.abs().max().item<float>() > 0);
    }

    [Fact]
    public void The_score_of_a_row_is_that_of_its_last_token_on_whichever_side_it_is_filled_up()
    {
        using var scope = NewDisposeScope();
        using var model = New("llama", outputs: 2);
        var ids = DecoderTests.Ids(1, 5);
        var filling = full(1, 3, 9L, dtype: ScalarType.Int64);
        var (seen, unseen) = (ones(1, 5, dtype: ScalarType.Bool), zeros(1, 3, dtype: ScalarType.Bool));
        var expected = model.AtEnd(ids);
        DecoderTests.AssertClose(model.forward(ids).select(1, 4), expected);
        DecoderTests.AssertClose(expected, model.AtEnd(cat([ids, filling], 1), cat([seen, unseen], 1)));
        DecoderTests.AssertClose(expected, model.AtEnd(cat([filling, ids], 1), cat([unseen, seen], 1)));
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var model = New("llama", outputs: 1);
        model.to(ScalarType.Float64);
        var ids = DecoderTests.Ids(2, 4);
        FiniteDifferences.AssertAgree(model, () =>
        {
            var error = model.AtEnd(ids) - 0.5;
            return error.mul(error).sum();
        });
    }

    [Fact]
    public void Modules_that_predict_tokens_are_refused() =>
        Assert.Throws<InvalidConfigException>(() => new ScoredDecoder(DecoderFamilies.Llama with { NumNextnPredictLayers = 1 }));

    private static ScoredDecoder New(string family, int outputs)
    {
        var model = new ScoredDecoder(DecoderFamilies.Config(family), outputs, seed: 4);
        using var noGradient = no_grad();
        using var head = tensor([.. Enumerable.Range(0, outputs * 16).Select(i => MathF.Sin(i))], [outputs, 16]);
        model.state_dict()["score.weight"].copy_(head);
        return model;
    }
}
