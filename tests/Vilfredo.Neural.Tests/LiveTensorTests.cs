using TorchSharp;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Tests.Training;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests;

/// <summary>Alone, because the tensors of the whole process are counted.</summary>
[CollectionDefinition(nameof(LiveTensorTests), DisableParallelization = true)]
[Collection(nameof(LiveTensorTests))]
public class LiveTensorTests
{
    private static readonly DecoderConfig Shape = new()
    {
        VocabSize = 23,
        HiddenSize = 16,
        IntermediateSize = 32,
        NumHiddenLayers = 2,
        NumAttentionHeads = 2,
    };

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public void A_pass_leaves_nothing_behind_but_its_output(int? latentRank)
    {
        using var model = new Decoder(latentRank is null ? Shape : Shape with { KvLoraRank = latentRank, QkNopeHeadDim = 4, QkRopeHeadDim = 4, VHeadDim = 4 });
        using var ids = tensor(new long[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        var before = Settled();
        for (var i = 0; i < 3; i++)
        {
            using (var cache = model.NewCache())
            {
                model.Run(new() { Ids = ids, Cache = cache }).Dispose();
                model.Run(new() { Ids = ids, Cache = cache }).Dispose();
                cache.SelectRows([1, 0, 1]);
                cache.Truncate(4);
            }

            model.forward(ids).Dispose();
            Assert.Equal(before, Tensor.TotalCount);
        }
    }

    [Fact]
    public void A_pass_through_experts_leaves_nothing_behind_but_its_output()
    {
        using var model = new Decoder(Shape with { NumExperts = 4, NumExpertsPerTok = 2, MoeIntermediateSize = 8, NSharedExperts = 1, ScoringFunc = "sigmoid", NGroup = 2, TopkGroup = 1 });
        using var balancer = new BiasBalancer(model);
        using var ids = tensor(new long[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        var before = Settled();
        using (var output = model.Run(new() { Ids = ids, KeepsRoutings = true }))
        {
            foreach (var routing in output.Routings)
            {
                routing.LoadBalanceLoss().Dispose();
                routing.ZLoss().Dispose();
            }

            balancer.Observe(output.Routings);
            balancer.Observe(output.Routings);
        }

        balancer.Step();
        model.forward(ids).Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("expert choice with shared keys")]
    [InlineData("token choice with shared keys")]
    public void A_pass_through_routed_recursions_leaves_nothing_behind_but_its_output(string family)
    {
        using var model = DecoderTests.Model(family);
        using var ids = tensor(new long[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        var before = Settled();
        using (var output = model.Run(new() { Ids = ids, KeepsRoutings = true, Depths = new() { ByCapacity = true } }))
        {
            output.Depths!.SamplingLoss().Dispose();
            output.Depths.BalanceLoss().Dispose();
            output.Depths.ZLoss().Dispose();
            output.Depths.Statistics();
        }

        using (var cache = model.NewCache())
        {
            model.Run(new() { Ids = ids, Cache = cache }).Dispose();
            cache.SelectRows([1, 0, 1]);
            cache.Truncate(2);
            using var more = ones(3, 2, dtype: ScalarType.Int64);
            model.Run(new() { Ids = more, Cache = cache }).Dispose();
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Generating_leaves_no_tensor_behind()
    {
        using var model = new Decoder(Shape);
        var generator = new TokenGenerator(model);
        var before = Settled();
        generator.Generate([[1, 2, 3], [4]], new() { MaxTokens = 5, StopTokens = [3, 7], Sampling = new() { TopP = 0.9, RepetitionPenalty = 1.2 } }, new RandomGenerator(1));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_training_step_leaves_no_tensor_behind_once_there_are_gradients()
    {
        using var model = new Decoder(Shape);
        using var ids = tensor(new long[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Step();
        var before = Settled();
        for (var i = 0; i < 50; i++)
            Step();
        Assert.Equal(before, Tensor.TotalCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            nn.functional.cross_entropy(model.forward(ids).view(6, 23), ids.view(6)).backward();
            model.zero_grad(set_to_none: false);
        }
    }

    [Theory]
    [InlineData("AdamW")]
    [InlineData("momentum")]
    [InlineData("Muon")]
    public void Steps_of_an_optimizer_leave_no_tensor_behind_once_there_are_gradients(string kind)
    {
        using var model = new Decoder(Shape);
        using var optimizer = OptimizerStateTests.New(kind, model);
        OptimizerStateTests.Train(model, optimizer, 0, 1);
        var before = Settled();
        OptimizerStateTests.Train(model, optimizer, 1, 51);
        Assert.Equal(before, Tensor.TotalCount);
    }

    /// <summary>The tensors alive once those that earlier tests have dropped are gone; otherwise a collection in the middle would lower the count.</summary>
    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
