using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Tests.Transformers;

public class DecoderConfigTests
{
    private const string Published = """
        {
          "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_size": 896, "intermediate_size": 4864, "num_hidden_layers": 24,
          "num_attention_heads": 14, "num_key_value_heads": 2, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "tie_word_embeddings": true,
          "vocab_size": 151936, "use_sliding_window": false, "sliding_window": 32768, "max_window_layers": 24, "torch_dtype": "bfloat16"
        }
        """;

    [Fact]
    public void A_published_file_is_read_and_what_is_not_known_is_written_back()
    {
        var config = DecoderConfig.Parse(Published);
        Assert.Equal((896, 14, 2, 64), (config.HiddenSize, config.NumAttentionHeads, config.KeyValueHeads, config.HeadSize));
        Assert.Equal((1e-6, 1e6, true), (config.RmsNormEps, config.RopeTheta, config.TieWordEmbeddings));
        Assert.True(config.HasInputBias);
        Assert.False(config.HasOutputBias);
        Assert.Null(config.WindowOf(0));
        var again = DecoderConfig.Parse(config.ToJson());
        Assert.Equal("bfloat16", again.Other!["torch_dtype"].GetString());
        Assert.Equal(config.ToJson(), again.ToJson());
    }

    [Fact]
    public void An_extension_of_this_project_is_read_and_written_in_the_same_manner()
    {
        var config = DecoderConfig.Parse("""{"hourglass":{"latent_size":64,"bottleneck_sizes":[8,9],"lift":"fixed_signs","lift_seed":7}}""");
        Assert.Equal((64, LiftKind.FixedSigns, 7UL), (config.Hourglass!.LatentSize, config.Hourglass.Lift, config.Hourglass.LiftSeed));
        Assert.Equal([8, 9], config.Hourglass.BottleneckSizes);
        Assert.Equal(config.ToJson(), DecoderConfig.Parse(config.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("""{"model_type":"gpt2"}""", "model_type is \"gpt2\"")]
    [InlineData("""{"num_attention_heads":4,"num_key_value_heads":3}""", "num_key_value_heads is 3")]
    [InlineData("""{"hidden_size":10,"num_attention_heads":4}""", "num_attention_heads is 4")]
    [InlineData("""{"head_dim":5}""", "head_dim is 5")]
    [InlineData("""{"rope_scaling":{"rope_type":"yarn","factor":4}}""", "rope_scaling")]
    [InlineData("""{"num_experts":8}""", "moe_intermediate_size is 0")]
    [InlineData("""{"num_experts":8,"moe_intermediate_size":4}""", "num_experts_per_tok is 0")]
    [InlineData("""{"num_experts":8,"moe_intermediate_size":4,"num_experts_per_tok":5,"n_group":4,"topk_group":2}""", "num_experts_per_tok is 5; it must be from 1 to 4")]
    [InlineData("""{"num_experts":8,"moe_intermediate_size":4,"num_experts_per_tok":2,"n_group":3}""", "n_group is 3")]
    [InlineData("""{"num_experts":8,"n_routed_experts":8}""", "n_routed_experts is 8")]
    [InlineData("""{"num_experts":8,"moe_intermediate_size":4,"num_experts_per_tok":2,"scoring_func":"tanh"}""", "scoring_func")]
    [InlineData("""{"model_type":"qwen3_moe"}""", "num_experts is absent")]
    [InlineData("""{"num_local_experts":8}""", "num_local_experts")]
    [InlineData("""{"kv_lora_rank":8,"qk_nope_head_dim":4,"qk_rope_head_dim":3,"v_head_dim":4}""", "qk_rope_head_dim is 3")]
    [InlineData("""{"kv_lora_rank":8,"qk_nope_head_dim":4,"qk_rope_head_dim":2}""", "v_head_dim is 0")]
    [InlineData("""{"qk_rope_head_dim":4}""", "qk_rope_head_dim is 4")]
    [InlineData("""{"model_type":"deepseek_v3"}""", "kv_lora_rank is absent")]
    [InlineData("""{"model_type":"qwen3","kv_lora_rank":8,"qk_nope_head_dim":4,"qk_rope_head_dim":2,"v_head_dim":4}""", "use_qk_norm")]
    [InlineData("""{"hourglass":{"latent_size":64}}""", "hourglass.bottleneck_sizes")]
    [InlineData("""{"hourglass":{"latent_size":64,"bottleneck_sizes":[8],"lift":"identity"}}""", "hourglass.latent_size is 64")]
    [InlineData("""{"hourglass":{"latent_size":64,"bottleneck_sizes":[8],"lift":"loose"}}""", "$.hourglass.lift")]
    [InlineData("""{"hidden_act":"gelu"}""", "hidden_act")]
    [InlineData("""{"hidden_size":0}""", "hidden_size is 0")]
    [InlineData("""{"hidden_size":"many"}""", "$.hidden_size")]
    [InlineData("""{"layer_types":["full_attention"]}""", "layer_types")]
    [InlineData("null", "null")]
    [InlineData("{", "cannot be read")]
    public void A_file_that_contradicts_itself_is_refused_by_the_name_of_its_field(string json, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidConfigException>(() => DecoderConfig.Parse(json)).Message, StringComparison.Ordinal);
}
