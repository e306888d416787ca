using Vilfredo.Indicators;
using static Vilfredo.Tests.Indicators.HypervolumeSamples;

namespace Vilfredo.Tests.Indicators;

public class HypervolumeApproximationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Intervals_cover_the_exact_volume_at_least_as_often_as_they_say(int objectives)
    {
        const int Repeats = 60;
        var reference = Fill(objectives, 1.1);
        var points = Simplex(15, objectives, 1);
        var exact = Hypervolume.Compute(points, objectives, reference);
        int plain = 0, quasi = 0, relative = 0;
        for (ulong seed = 0; seed < Repeats; seed++)
        {
            var random = new RandomGenerator(seed);
            plain += Covers(HypervolumeApproximation.MonteCarlo(points, objectives, reference, 500, random));
            quasi += Covers(HypervolumeApproximation.QuasiMonteCarlo(points, objectives, reference, 64, random, 8));
            relative += Covers(HypervolumeApproximation.WithRelativeError(points, objectives, reference, 0.1, random));
        }

        // 95 % asked for; below 52 of 60 has a probability under 1 % even if the intervals were no wider than that.
        Assert.InRange(plain, 52, Repeats);
        Assert.InRange(quasi, 52, Repeats);
        Assert.InRange(relative, 52, Repeats);

        int Covers(HypervolumeEstimate estimate)
        {
            Assert.InRange(estimate.Value, estimate.Lower, estimate.Upper);
            return estimate.Lower <= exact * (1 + 1e-12) && exact <= estimate.Upper * (1 + 1e-12) ? 1 : 0;
        }
    }

    [Fact]
    public void The_relative_error_is_kept_where_the_volume_is_a_tiny_part_of_its_box()
    {
        // Twelve slivers along the axes: a share of about 1e-20 of the bounding box, where plain sampling never hits.
        const int Objectives = 12;
        var points = new double[Objectives * Objectives];
        for (var i = 0; i < Objectives; i++)
        {
            for (var j = 0; j < Objectives; j++)
                points[i * Objectives + j] = i == j ? 0 : 0.99;
        }

        var reference = Fill(Objectives, 1);
        var exact = Hypervolume.Compute(points, Objectives, reference);
        var estimate = HypervolumeApproximation.WithRelativeError(points, Objectives, reference, 0.02, new RandomGenerator(1), 0.999);
        Assert.InRange(estimate.Value / exact, 0.98, 1.02);
    }

    [Fact]
    public void Quasi_monte_carlo_is_closer_than_monte_carlo_with_as_many_samples()
    {
        var reference = Fill(3, 1.1);
        var points = Simplex(30, 3, 2);
        var plain = HypervolumeApproximation.MonteCarlo(points, 3, reference, 16 * 1024, new RandomGenerator(1));
        var quasi = HypervolumeApproximation.QuasiMonteCarlo(points, 3, reference, 1024, new RandomGenerator(1));
        Assert.Equal(plain.Samples, quasi.Samples);
        Assert.True(quasi.Upper - quasi.Lower < 0.5 * (plain.Upper - plain.Lower));
    }

    [Fact]
    public void The_same_seed_gives_the_same_estimate()
    {
        var points = Simplex(30, 5, 2);
        Assert.Equal(
            HypervolumeApproximation.MonteCarlo(points, 5, Fill(5, 1), 100, new RandomGenerator(7)),
            HypervolumeApproximation.MonteCarlo(points, 5, Fill(5, 1), 100, new RandomGenerator(7)));
    }

    [Fact]
    public void A_set_without_points_inside_the_reference_has_no_volume()
    {
        var random = new RandomGenerator(1);
        Assert.Equal(0, HypervolumeApproximation.MonteCarlo([], 2, [1, 1], 10, random).Upper);
        Assert.Equal(0, HypervolumeApproximation.QuasiMonteCarlo([1, 0], 2, [1, 1], 10, random).Upper);
        Assert.Equal(0, HypervolumeApproximation.WithRelativeError([2, 2], 2, [1, 1], 0.1, random).Upper);
    }

    // Two-sided 95 % quantiles of Student's t as printed in every table.
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(3, 3.182)]
    [InlineData(4, 2.776)]
    [InlineData(7, 2.365)]
    [InlineData(15, 2.131)]
    [InlineData(30, 2.042)]
    public void Student_quantiles_are_those_of_the_tables(int degrees, double expected) =>
        Assert.Equal(expected, ConfidenceBounds.StudentQuantile(0.95, degrees), 5e-4);

    [Fact]
    public void Bad_arguments_are_refused()
    {
        var random = new RandomGenerator(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => HypervolumeApproximation.MonteCarlo([0], 1, [1], 0, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => HypervolumeApproximation.MonteCarlo([0], 1, [1], 1, random, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HypervolumeApproximation.QuasiMonteCarlo([0], 1, [1], 1, random, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HypervolumeApproximation.WithRelativeError([0], 1, [1], 0, random));
        Assert.Throws<ArgumentException>(() => HypervolumeApproximation.MonteCarlo([double.NegativeInfinity], 1, [1], 1, random));
        Assert.Throws<ArgumentException>(() => HypervolumeApproximation.MonteCarlo([double.NaN], 1, [1], 1, random));
    }
}
