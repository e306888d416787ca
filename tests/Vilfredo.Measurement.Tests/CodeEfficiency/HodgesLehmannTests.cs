using CsCheck;
using Vilfredo.Measurement.CodeEfficiency.Estimators;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class HodgesLehmannTests
{
    [Fact]
    public void Known_samples_come_out()
    {
        Assert.Equal(2, HodgesLehmann.Estimate([3.0, 1, 2]));
        Assert.Equal(7, HodgesLehmann.Estimate([7.0]));
        Assert.Equal(2, HodgesLehmann.Estimate([1.0, 3])); // averages 1, 2, 3
        Assert.Equal(3.5, HodgesLehmann.Estimate([0.0, 2, 10])); // averages 0, 1, 2, 5, 6, 10
    }

    [Fact]
    public void It_moves_with_the_sample_and_scales_with_it() => Gen.Double[0, 10].Array[1, 9].Sample(sample =>
    {
        var estimate = HodgesLehmann.Estimate(sample);
        Assert.Equal(estimate + 3, HodgesLehmann.Estimate([.. sample.Select(x => x + 3)]), 1e-12);
        Assert.Equal(estimate * 3, HodgesLehmann.Estimate([.. sample.Select(x => x * 3)]), 1e-12);
        Assert.InRange(estimate, sample.Min(), sample.Max());
    });

    [Fact]
    public void One_stall_of_six_hardly_moves_it_but_moves_the_mean()
    {
        double[] quiet = [1, 1.01, 0.99, 1.02, 0.98, 1], stalled = [1, 1.01, 0.99, 1.02, 0.98, 5];
        Assert.InRange(HodgesLehmann.Estimate(stalled) / HodgesLehmann.Estimate(quiet), 1, 1.02);
        Assert.True(stalled.Average() / quiet.Average() > 1.6);
    }

    [Fact]
    public void A_repeat_that_was_cut_off_makes_the_estimate_a_lower_limit()
    {
        CensoredValue[] sample = [CensoredValue.Exactly(3), CensoredValue.AtLeast(5), CensoredValue.Exactly(1)];
        Assert.Equal(CensoredValue.AtLeast(3), HodgesLehmann.Estimate(sample));
        Assert.Equal(CensoredValue.Exactly(2), HodgesLehmann.Estimate([CensoredValue.Exactly(1), CensoredValue.Exactly(3)]));
    }

    [Fact]
    public void Impossible_samples_are_refused()
    {
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Estimate(Array.Empty<double>()));
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Estimate([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Estimate(new double[10_001]));
    }
}
