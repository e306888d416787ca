using Vilfredo.Measurement.ScalingLaws;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.ScalingLaws;

public class ParallelScalingLawTests
{
    [Fact]
    public void The_published_losses_give_the_published_laws()
    {
        var stack = ParallelScalingLaw.Fit(PublishedStreamLosses.StackPython);
        Assert.Equal(0.691, stack.Floor, 0.002);
        Assert.Equal(1.131e7, stack.Scale, 0.02e7);
        Assert.Equal(0.1894, stack.Exponent, 0.0005);
        Assert.Equal(0.3935, stack.StreamGain, 0.0005);
        Assert.Equal(0.9978, stack.RSquared(PublishedStreamLosses.StackPython), 0.0001);

        var pile = ParallelScalingLaw.Fit(PublishedStreamLosses.Pile);
        Assert.Equal(1.289, pile.Floor, 0.002);
        Assert.Equal(1.975e8, pile.Scale, 0.02e8);
        Assert.Equal(0.1963, pile.Exponent, 0.0005);
        Assert.Equal(0.3344, pile.StreamGain, 0.0005);
        Assert.Equal(0.9987, pile.RSquared(PublishedStreamLosses.Pile), 0.0001);
    }

    [Fact]
    public void Losses_of_a_law_give_it_back_and_an_outlier_does_not_move_it_far()
    {
        var law = new ParallelScalingLaw(1.2, 3e7, 0.4, 0.25);
        var points = (from size in new[] { 2e8, 5e8, 1e9, 3e9 } from streams in new[] { 1, 2, 4, 8 } select new StreamLoss(size, streams, law.Predict(size, streams))).ToArray();
        var fit = ParallelScalingLaw.Fit(points);
        Assert.Equal(law.Floor, fit.Floor, 1e-4);
        Assert.Equal(law.Exponent, fit.Exponent, 1e-3);
        Assert.Equal(law.StreamGain, fit.StreamGain, 1e-4);
        Assert.Equal(1, fit.RSquared(points), 1e-8);

        points[5] = points[5] with { Loss = 1.1 * points[5].Loss };
        Assert.Equal(law.StreamGain, ParallelScalingLaw.Fit(points).StreamGain, 0.02);
    }

    [Fact]
    public void Without_gain_of_streams_the_law_is_that_of_one_stream()
    {
        var law = new ParallelScalingLaw(1, 1e7, 0.2, 0);
        Assert.Equal(law.Predict(1e9, 1), law.Predict(1e9, 8));
        Assert.Equal(Math.Pow(0.01, 0.2) + 1, law.Predict(1e9, 1), 1e-12);
    }

    [Fact]
    public void A_larger_model_with_one_stream_has_the_loss_of_several()
    {
        var law = new ParallelScalingLaw(0.7, 1e7, 0.19, 0.39);
        Assert.Equal(1e9 * (0.39 * Math.Log(8) + 1), law.EquivalentParameters(1e9, 8), 1);
        Assert.Equal(law.Predict(1e9, 8), law.Predict(law.EquivalentParameters(1e9, 8), 1), 1e-12);
        Assert.Equal(1e9, law.EquivalentParameters(1e9, 1));
    }

    [Fact]
    public void The_interval_of_a_number_holds_it_and_is_the_same_for_the_same_seed()
    {
        var law = ParallelScalingLaw.Fit(PublishedStreamLosses.Pile);
        var options = new BootstrapOptions { Resamples = 400 };
        var interval = law.Interval(PublishedStreamLosses.Pile, one => one.StreamGain, new RandomGenerator(1), options);
        Assert.Equal(law.StreamGain, interval.Estimate, 1e-3);
        Assert.InRange(interval.Width, 0.005, 0.1);
        Assert.Equal(interval.Lower, law.Interval(PublishedStreamLosses.Pile, one => one.StreamGain, new RandomGenerator(1), options).Lower);
    }

    [Fact]
    public void Too_few_points_and_impossible_losses_are_refused()
    {
        Assert.Contains("1 numbers of streams", Assert.Throws<ArgumentException>(() => ParallelScalingLaw.Fit([.. PublishedStreamLosses.Pile.Where(point => point.Streams == 1)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ParallelScalingLaw.Fit([.. PublishedStreamLosses.Pile, new(1e9, 2, -1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParallelScalingLaw(1, 1e7, 0.2, 0.3).Predict(1e9, 0));
    }

    [Theory]
    [InlineData(4, 0, 0.25)]
    [InlineData(4, 1, 1)]
    [InlineData(2, 0.5, 0.75)]
    [InlineData(1, 0.3, 1)]
    public void Streams_that_err_alike_gain_nothing_and_independent_ones_their_number(int streams, double correlation, double remaining)
    {
        Assert.Equal(remaining, StreamDiversity.Remaining(streams, correlation), 1e-12);
        if (streams > 1)
            Assert.Equal(correlation, StreamDiversity.Correlation(streams, remaining), 1e-12);
    }
}
