using System.Numerics;
using CsCheck;
using Vilfredo.Measurement.CodeEfficiency.Estimators;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class PassAtKTests
{
    [Fact]
    public void The_estimate_is_the_exact_ratio_of_binomials() => Gen.Select(Gen.Int[1, 300], Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample((n, a, b) =>
    {
        var (correct, k) = (a % (n + 1), 1 + b % n);
        var (none, all) = (Binomial(n - correct, k), Binomial(n, k));
        var exact = (double)((all - none) * BigInteger.Pow(10, 30) / all) / 1e30;
        Assert.Equal(exact, PassAtK.Estimate(n, correct, k), 1e-13);
    });

    [Fact]
    public void Small_chances_keep_their_digits()
    {
        Assert.Equal(1e-5, PassAtK.Estimate(100_000, 1, 1), 1e-19);
        Assert.Equal(0.5, PassAtK.Estimate(100_000, 1, 50_000), 1e-15);
        Assert.Equal(0.5, PassAtK.Estimate(100_000, 50_000, 1), 1e-15);
    }

    [Theory]
    [InlineData(5, 0, 3, 0)]
    [InlineData(5, 5, 1, 1)]
    [InlineData(5, 3, 3, 1)]
    [InlineData(5, 2, 1, 0.4)]
    [InlineData(4, 2, 2, 5.0 / 6)]
    public void Known_cases_come_out(int samples, int correct, int k, double expected) =>
        Assert.Equal(expected, PassAtK.Estimate(samples, correct, k), 1e-15);

    [Fact]
    public void The_plug_in_estimate_is_the_lower_one()
    {
        Assert.Equal(0.75, PassAtK.PlugIn(4, 2, 2));
        Assert.True(PassAtK.PlugIn(4, 2, 2) < PassAtK.Estimate(4, 2, 2));
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Estimate(0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Estimate(3, 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Estimate(3, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Estimate(3, 1, 4));
    }

    private static BigInteger Binomial(int n, int k)
    {
        if (k > n) return 0;
        var value = BigInteger.One;
        for (var i = 0; i < k; i++) value = value * (n - i) / (i + 1);
        return value;
    }
}
