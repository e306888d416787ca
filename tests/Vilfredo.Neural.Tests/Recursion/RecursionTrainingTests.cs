using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Recursion;

public class RecursionTrainingTests
{
    private static readonly TokenBatch Uneven = TokenBatch.Of([([1, 2, 3, 4, 5], 1), ([6, 7, 8], 2)], padding: 0);

    [Theory]
    [InlineData("expert choice")]
    [InlineData("token choice")]
    public void Training_lowers_the_loss_with_the_losses_of_the_routers(string family)
    {
        var text = Enumerable.Range(0, 600).Select(i => i * i % 17).ToArray();
        using var model = new Decoder(DecoderFamilies.Config(family) with { InitializerRange = 0.1 }, seed: 1);
        using var optimizer = new AdamW(ParameterGroup.Of(model, 5e-3));
        using var objective = new LanguageModelObjective(model);
        var held = WindowBatches.SideBySide(text, 16, 8, most: 2);
        var trainer = new Trainer<TokenBatch>(objective, optimizer, new WindowBatches(text, 16, 8, seed: 1), new()
        {
            Steps = 60,
            EvaluateEvery = 30,
            Evaluations = new Dictionary<string, IReadOnlyList<TokenBatch>> { ["held"] = held },
        });
        var last = trainer.Run();
        Assert.True(last.Evaluation!["held"] < 1.5, $"{last.Evaluation["held"]} against {Math.Log(17)}");
        Assert.Equal(60 * 8 * 16 * new DecoderCosts(model.Config).TrainingFlopsPerToken(16), last.Flops, 1);
    }

    [Fact]
    public void Filling_takes_no_place_in_a_recursion()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([4, 2], Uneven.Lengths);
        using var model = DecoderTests.Model("expert choice");
        using var objective = new LanguageModelObjective(model) { SamplingWeight = 0 };
        var whole = objective.Loss(Uneven).Sum.item<float>();
        // Each row alone has no filling.
        var apart = new[] { TokenBatch.Of([([1, 2, 3, 4, 5], 1)], 0), TokenBatch.Of([([6, 7, 8], 2)], 0) }.Sum(row => objective.Loss(row).Sum.item<float>());
        Assert.Equal(apart, whole, 1e-4);
    }

    [Fact]
    public void The_penalty_of_a_step_is_the_weighed_sum_of_the_routers_losses_and_evaluation_has_none()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderTests.Model("expert choice");
        using var objective = new LanguageModelObjective(model) { SamplingWeight = 0.5, RouterZWeight = 0.25 };
        var batch = new TokenBatch([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7], 1);
        var routing = model.Run(new() { Ids = batch.InputTensor(), Depths = new() { ByCapacity = true }, KeepsRoutings = true }).Depths!;
        Assert.Equal(0.5 * routing.SamplingLoss().item<float>() + 0.25 * routing.ZLoss().item<float>(), objective.Loss(batch).Penalty!.item<float>(), 1e-4);
        model.eval();
        Assert.Null(objective.Loss(batch).Penalty);
        var honest = nn.functional.cross_entropy(model.forward(batch.InputTensor()).flatten(0, 1), batch.TargetTensor().flatten(), reduction: nn.Reduction.Sum);
        Assert.Equal(honest.item<float>(), objective.Loss(batch).Sum.item<float>(), 1e-4);
    }

    [Fact]
    public void A_bias_evens_out_what_tokens_choose()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderTests.Model("token choice with bias");
        using var balancer = BiasBalancer.OfDepths(model);
        using var objective = new LanguageModelObjective(model) { DepthBalancer = balancer, DepthBalanceWeight = 0 };
        objective.Loss(new([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7], 1));
        objective.AfterStep();
        Assert.True(model.DepthBias!.abs().max().item<float>() > 0);
        Assert.Throws<ArgumentException>(() => BiasBalancer.OfDepths(DecoderTests.Model("token choice")));
    }
}
