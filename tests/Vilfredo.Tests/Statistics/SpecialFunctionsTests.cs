using CsCheck;
using MathNet.Numerics.Distributions;
using Vilfredo.Statistics;
using Reference = MathNet.Numerics.SpecialFunctions;

namespace Vilfredo.Tests.Statistics;

public class SpecialFunctionsTests
{
    // Computed with 60 digits from the series and the continued fraction of the normal tail.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1e-8, 0.49999999601057721)]
    [InlineData(0.5, 0.30853753872598688)]
    [InlineData(1, 0.15865525393145705)]
    [InlineData(1.959963984540054, 0.025000000000000012)]
    [InlineData(3, 0.0013498980316300946)]
    [InlineData(6, 9.8658764503769809e-10)]
    [InlineData(8, 6.2209605742717839e-16)]
    [InlineData(20, 2.7536241186062337e-89)]
    [InlineData(37.5, 4.6053530095819552e-308)]
    public void Normal_tails_have_fourteen_digits(double x, double upperTail)
    {
        AssertRelative(upperTail, SpecialFunctions.NormalSurvival(x), 1e-14);
        AssertRelative(upperTail, SpecialFunctions.NormalCdf(-x), 1e-14);
        AssertRelative(1 - upperTail, SpecialFunctions.NormalCdf(x), 1e-15);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400543)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(1e-300, -37.047096299361198)]
    public void Normal_quantiles_are_known(double probability, double quantile) =>
        Assert.Equal(quantile, SpecialFunctions.NormalQuantile(probability), 1e-13);

    [Fact]
    public void Normal_quantile_inverts_the_distribution_function() =>
        Gen.Double[-300, -0.302].Sample(exponent =>
        {
            var p = Math.Pow(10, exponent);
            AssertRelative(p, SpecialFunctions.NormalCdf(SpecialFunctions.NormalQuantile(p)), 1e-11);
        });

    [Fact]
    public void Normal_quantiles_mirror_at_one_half() =>
        Gen.Double[1e-4, 0.5].Sample(p =>
            Assert.Equal(-SpecialFunctions.NormalQuantile(p), SpecialFunctions.NormalQuantile(1 - p), 1e-12));

    [Fact]
    public void The_quantile_of_zero_and_one_is_infinite()
    {
        Assert.Equal(double.NegativeInfinity, SpecialFunctions.NormalQuantile(0));
        Assert.Equal(double.PositiveInfinity, SpecialFunctions.NormalQuantile(1));
    }

    [Fact]
    public void Normal_distribution_handles_the_ends_of_the_line()
    {
        Assert.Equal(0, SpecialFunctions.NormalCdf(double.NegativeInfinity));
        Assert.Equal(1, SpecialFunctions.NormalCdf(double.PositiveInfinity));
        Assert.True(double.IsNaN(SpecialFunctions.NormalCdf(double.NaN)));
    }

    [Fact]
    public void Gamma_of_a_whole_number_is_a_factorial()
    {
        double factorial = 1;
        for (var n = 1; n <= 30; n++)
        {
            Assert.Equal(Math.Log(factorial), SpecialFunctions.LogGamma(n), 1e-13);
            factorial *= n;
        }
    }

    [Fact]
    public void Gamma_of_one_half_is_the_root_of_pi() =>
        Assert.Equal(0.5 * Math.Log(Math.PI), SpecialFunctions.LogGamma(0.5), 1e-14);

    [Fact]
    public void Log_gamma_agrees_with_the_reference() =>
        Gen.Double[-5, 6].Sample(exponent =>
        {
            var x = Math.Pow(10, exponent);
            Assert.Equal(Reference.GammaLn(x), SpecialFunctions.LogGamma(x), 1e-13 * Math.Max(1, Math.Abs(Reference.GammaLn(x))));
        });

    [Fact]
    public void Upper_gamma_of_a_whole_shape_is_a_poisson_sum() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[0.01, 120]).Sample((shape, x) =>
        {
            double term = 1, sum = 1;
            for (var k = 1; k < shape; k++) sum += term *= x / k;
            AssertRelative(Math.Exp(-x) * sum, SpecialFunctions.RegularizedGammaQ(shape, x), 1e-12);
        });

    [Fact]
    public void Gamma_agrees_with_the_reference_and_its_halves_sum_to_one() =>
        Gen.Select(Gen.Double[-2, 4], Gen.Double[0.2, 3]).Sample((exponent, ratio) =>
        {
            var a = Math.Pow(10, exponent);
            var x = a * ratio;
            Assert.Equal(Reference.GammaLowerRegularized(a, x), SpecialFunctions.RegularizedGammaP(a, x), 1e-10);
            Assert.Equal(1, SpecialFunctions.RegularizedGammaP(a, x) + SpecialFunctions.RegularizedGammaQ(a, x), 1e-14);
        });

    [Fact]
    public void Chi_squared_with_two_degrees_of_freedom_is_exponential() =>
        Gen.Double[0, 1400].Sample(x => AssertRelative(Math.Exp(-x / 2), SpecialFunctions.ChiSquaredSurvival(x, 2), 1e-12));

    [Fact]
    public void Chi_squared_with_one_degree_of_freedom_is_a_squared_normal() =>
        Gen.Double[0.001, 30].Sample(z =>
            AssertRelative(2 * SpecialFunctions.NormalSurvival(z), SpecialFunctions.ChiSquaredSurvival(z * z, 1), 1e-12));

    [Fact]
    public void Beta_of_whole_shapes_is_a_binomial_tail() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30], Gen.Double[0.001, 0.999]).Sample((a, b, x) =>
        {
            // I_x(a, b) is the probability of at least a successes in a + b - 1 trials.
            var n = a + b - 1;
            double sum = 0;
            for (var k = a; k <= n; k++) sum += Reference.Binomial(n, k) * Math.Pow(x, k) * Math.Pow(1 - x, n - k);
            Assert.Equal(sum, SpecialFunctions.RegularizedBeta(a, b, x), 1e-13);
        });

    [Fact]
    public void Beta_agrees_with_the_reference() =>
        Gen.Select(Gen.Double[-1, 3], Gen.Double[-1, 3], Gen.Double[0.001, 0.999]).Sample((p, q, x) =>
        {
            var (a, b) = (Math.Pow(10, p), Math.Pow(10, q));
            Assert.Equal(Reference.BetaRegularized(a, b, x), SpecialFunctions.RegularizedBeta(a, b, x), 1e-10);
            Assert.Equal(1, SpecialFunctions.RegularizedBeta(a, b, x) + SpecialFunctions.RegularizedBeta(b, a, 1 - x), 1e-11);
        });

    [Fact]
    public void F_with_two_numerator_degrees_of_freedom_has_a_closed_form() =>
        Gen.Select(Gen.Double[0.01, 1e6], Gen.Double[1, 200]).Sample((f, denominator) =>
            AssertRelative(
                Math.Pow(1 + 2 * f / denominator, -denominator / 2), SpecialFunctions.FisherSurvival(f, 2, denominator), 1e-11));

    [Fact]
    public void Student_with_one_and_two_degrees_of_freedom_has_closed_forms() =>
        Gen.Double[0.01, 100].Sample(t =>
        {
            Assert.Equal(1 - 2 / Math.PI * Math.Atan(t), SpecialFunctions.StudentTwoSided(t, 1), 1e-13);
            Assert.Equal(1 - t / Math.Sqrt(2 + t * t), SpecialFunctions.StudentTwoSided(-t, 2), 1e-13);
            Assert.Equal(2 * StudentT.CDF(0, 1, 7.5, -t), SpecialFunctions.StudentTwoSided(t, 7.5), 1e-10);
        });

    // The table of critical values of the Nemenyi test in Demšar (2006): the studentized range over the root of two.
    [Theory]
    [InlineData(0.05, new[] { 1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164 })]
    [InlineData(0.10, new[] { 1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920 })]
    public void Studentized_range_has_its_tabled_critical_values(double significance, double[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var q = SpecialFunctions.StudentizedRangeCriticalValue(significance, i + 2);
            Assert.Equal(expected[i], q / Math.Sqrt(2), 0.0011);
            Assert.Equal(significance, SpecialFunctions.StudentizedRangeSurvival(q, i + 2), 1e-12);
        }
    }

    [Fact]
    public void The_range_of_two_normals_is_a_folded_normal() =>
        Gen.Double[0.01, 8].Sample(range => Assert.Equal(
            2 * SpecialFunctions.NormalSurvival(range / Math.Sqrt(2)), SpecialFunctions.StudentizedRangeSurvival(range, 2), 1e-13));

    [Theory]
    [InlineData(0.05, 1.3581)]
    [InlineData(0.10, 1.2238)]
    [InlineData(0.01, 1.6276)]
    public void Kolmogorov_has_its_tabled_critical_values(double significance, double expected) =>
        Assert.Equal(expected, SpecialFunctions.KolmogorovCriticalValue(significance), 1e-4);

    [Fact]
    public void The_two_series_of_kolmogorov_meet() =>
        Assert.Equal(SpecialFunctions.KolmogorovSurvival(1), SpecialFunctions.KolmogorovSurvival(Math.BitDecrement(1)), 1e-14);

    [Fact]
    public void Arguments_outside_their_domain_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.NormalQuantile(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.NormalQuantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.LogGamma(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.RegularizedGammaP(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.RegularizedGammaP(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.RegularizedBeta(1, 1, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.StudentizedRangeCriticalValue(0, 3));
    }

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(
            Math.Abs(actual - expected) <= tolerance * Math.Abs(expected) + 1e-310, $"expected {expected:R}, got {actual:R}");
}
