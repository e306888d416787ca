using TorchSharp;
using Vilfredo.Neural.Experts;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Experts;

public class RouterTests
{
    [Fact]
    public void Softmax_scores_weigh_the_best_experts_as_they_are_or_so_that_they_sum_to_one()
    {
        using var scope = NewDisposeScope();
        double[] logits = [1, 3, 2, 0];
        var total = logits.Sum(Math.Exp);
        AssertRouted(Route(new() { Routed = 4, PerToken = 2, Width = 1 }, logits), [(1, Math.Exp(3) / total), (2, Math.Exp(2) / total)]);
        AssertRouted(
            Route(new() { Routed = 4, PerToken = 2, Width = 1, NormalizesWeights = true, Scale = 3 }, logits),
            [(1, 3 / (1 + Math.Exp(-1))), (2, 3 / (1 + Math.Exp(1)))]);
    }

    [Fact]
    public void A_bias_changes_which_sigmoid_experts_are_chosen_and_not_what_they_weigh()
    {
        using var scope = NewDisposeScope();
        var shape = new ExpertShape { Routed = 4, PerToken = 1, Width = 1, Scoring = ScoringFunction.Sigmoid };
        AssertRouted(Route(shape, [1, 3, 2, 0]), [(1, Sigmoid(3))]);
        AssertRouted(Route(shape, [1, 3, 2, 0], bias: [0.3, 0, 0, 0]), [(0, Sigmoid(1))]);
        AssertRouted(Route(shape, [1, 3, 2, 0], bias: [7, 7, 7, 7]), [(1, Sigmoid(3))]);
    }

    [Fact]
    public void Groups_are_ranked_by_their_two_best_sigmoid_experts_or_their_best_softmax_expert()
    {
        using var scope = NewDisposeScope();
        // The best single expert is in the first group, the best pair in the second, the best of the rest in the third.
        double[] logits = [3, -5, -5, 2, 2, -5, 1.9, 0, 0];
        var shape = new ExpertShape { Routed = 9, PerToken = 2, Width = 1, Groups = 3, GroupsKept = 1 };
        AssertRouted(Route(shape with { Scoring = ScoringFunction.Sigmoid }, logits), [(3, Sigmoid(2)), (4, Sigmoid(2))]);
        var chosen = Route(shape, logits).Chosen.data<long>().ToArray();
        Assert.Contains(0, chosen);
        Assert.All(chosen, expert => Assert.InRange(expert, 0, 2));
        AssertRouted(Route(shape with { Scoring = ScoringFunction.Sigmoid, GroupsKept = 3 }, logits), [(0, Sigmoid(3)), (3, Sigmoid(2))], anyOf: [3, 4]);
    }

    [Fact]
    public void Negative_biases_do_not_let_experts_of_dropped_groups_in()
    {
        using var scope = NewDisposeScope();
        var shape = new ExpertShape { Routed = 4, PerToken = 2, Width = 1, Groups = 2, GroupsKept = 1, Scoring = ScoringFunction.Sigmoid };
        AssertRouted(Route(shape, [2, 1, 0, 0], bias: [-9, -9, -9, -9]), [(0, Sigmoid(2)), (1, Sigmoid(1))]);
    }

    [Fact]
    public void Probabilities_sum_to_one_whatever_the_scores()
    {
        using var scope = NewDisposeScope();
        foreach (var scoring in Enum.GetValues<ScoringFunction>())
        {
            var routing = Route(new() { Routed = 3, PerToken = 1, Width = 1, Scoring = scoring }, [0.5, -1, 2]);
            Assert.Equal(1, routing.Probabilities.sum().item<double>(), 12);
        }
    }

    [Fact]
    public void The_bias_is_saved_changes_its_type_and_is_not_trained()
    {
        using var router = new Router(2, new() { Routed = 3, PerToken = 1, Width = 1, Scoring = ScoringFunction.Sigmoid });
        router.to(ScalarType.Float64);
        Assert.Equal(["e_score_correction_bias", "weight"], router.state_dict().Keys.Order());
        Assert.Equal(["weight"], router.named_parameters().Select(parameter => parameter.name));
        Assert.Equal(ScalarType.Float64, router.Bias!.dtype);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Routes one token whose logits are given: the token is 1 and the weights are the logits.</summary>
    private static Routing Route(ExpertShape shape, double[] logits, double[]? bias = null)
    {
        using var noGradient = no_grad();
        using var router = new Router(1, shape);
        router.to(ScalarType.Float64);
        router.Weight.copy_(tensor(logits).unsqueeze(1));
        if (bias is not null)
            router.Bias!.copy_(tensor(bias));
        return router.forward(ones(1, 1, dtype: ScalarType.Float64));
    }

    private static void AssertRouted(Routing routing, (long Expert, double Weight)[] expected, long[]? anyOf = null)
    {
        var actual = routing.Chosen.data<long>().Zip(routing.Weights.data<double>()).OrderBy(pair => pair.First).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        foreach (var ((expert, weight), (chosen, factor)) in expected.Zip(actual))
        {
            Assert.True(chosen == expert || anyOf?.Contains(chosen) == true, $"Expert {chosen} was chosen.");
            Assert.Equal(weight, factor, 12);
        }
    }
}
