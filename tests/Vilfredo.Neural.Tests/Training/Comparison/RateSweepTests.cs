using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Comparison;

namespace Vilfredo.Neural.Tests.Training.Comparison;

public class RateSweepTests
{
    [Theory]
    [InlineData(0.02, 3)] // inside
    [InlineData(0.16, 5)] // two beyond the highest, and one more to see that it rises again
    [InlineData(0.005, 5)]
    public void A_grid_grows_while_the_best_rate_is_at_its_edge(double best, int tried)
    {
        var sweep = RateSweep.Run([0.01, 0.02, 0.04], rate => Math.Abs(Math.Log(rate / best)));
        Assert.Equal(best, sweep.Best, 1e-12);
        Assert.False(sweep.IsBestAtEdge);
        Assert.True(sweep.Trials.Count >= tried);
        Assert.Equal(sweep.Trials.Select(trial => trial.Rate).Order(), sweep.Trials.Select(trial => trial.Rate));
    }

    [Fact]
    public void A_training_that_diverges_has_an_infinite_loss()
    {
        var sweep = RateSweep.Run([1, 2, 4], rate => rate > 3 ? throw new TrainingDivergedException(7, double.NaN, double.NaN) : -rate);
        Assert.Equal(2, sweep.Best);
        Assert.Equal(double.PositiveInfinity, sweep.Trials[^1].Loss);
    }

    [Fact]
    public void A_best_rate_that_stays_at_the_edge_is_refused()
    {
        Assert.Contains("at the edge", Assert.Throws<InvalidOperationException>(() => RateSweep.Run([1, 2], rate => -rate, mostExtensions: 3)).Message, StringComparison.Ordinal);
        Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(() => RateSweep.Run([1, 2], _ => double.NaN)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RateSweep.Run([1], rate => rate));
        Assert.Throws<ArgumentException>(() => RateSweep.Run([2, 1], rate => rate));
    }
}
