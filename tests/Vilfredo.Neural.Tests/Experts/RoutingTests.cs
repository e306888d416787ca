using TorchSharp;
using Vilfredo.Neural.Experts;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Experts;

public class RoutingTests
{
    [Fact]
    public void The_balancing_loss_is_1_for_even_loads_and_the_number_of_experts_when_all_go_to_one()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1, Routed([[0], [1], [2], [3]], [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]).LoadBalanceLoss().item<double>(), 12);
        Assert.Equal(1, Routed([[0, 1], [2, 3]], [[0.25, 0.25, 0.25, 0.25], [0.25, 0.25, 0.25, 0.25]]).LoadBalanceLoss().item<double>(), 12);
        Assert.Equal(4, Routed([[2], [2]], [[0, 0, 1, 0], [0, 0, 1, 0]]).LoadBalanceLoss().item<double>(), 12);
    }

    [Fact]
    public void The_balancing_loss_of_a_case_worked_by_hand()
    {
        using var scope = NewDisposeScope();
        // Shares 2/4, 1/4, 1/4; mean probabilities 0.55, 0.25, 0.2: 3 (0.275 + 0.0625 + 0.05).
        var routing = Routed([[0, 1], [0, 2]], [[0.6, 0.3, 0.1], [0.5, 0.2, 0.3]]);
        Assert.Equal(1.1625, routing.LoadBalanceLoss().item<double>(), 12);
        Assert.Equal([2L, 1, 1], routing.Counts().data<long>().ToArray());
        Assert.Equal(0.5, routing.MaximalViolation(), 12);
    }

    [Fact]
    public void The_z_loss_is_the_mean_square_of_the_log_of_the_sum_of_exponentials()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[,] { { 0.0, 0, 0, 0 }, { Math.Log(2), Math.Log(3), Math.Log(4), Math.Log(1) } });
        var routing = new Routing(zeros(2, 1, dtype: ScalarType.Int64), ones(2, 1), logits.softmax(-1), logits);
        Assert.Equal((Math.Pow(Math.Log(4), 2) + Math.Pow(Math.Log(10), 2)) / 2, routing.ZLoss().item<double>(), 12);
    }

    private static Routing Routed(long[][] chosen, double[][] probabilities)
    {
        var (tokens, experts) = (chosen.Length, probabilities[0].Length);
        var scores = tensor(probabilities.SelectMany(row => row).ToArray()).view(tokens, experts);
        return new(tensor(chosen.SelectMany(row => row).ToArray()).view(tokens, -1), ones(tokens, chosen[0].Length), scores, scores.log());
    }
}
