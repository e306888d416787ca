using Vilfredo.Optimization.GaussianProcesses;

namespace Vilfredo.Optimization.Tests.GaussianProcesses;

public class GaussianProcessTests
{
    private static readonly DecisionSpace Mixed = new([Variable.Real("x", -2, 2), Variable.Integer("n", 0, 10), Variable.Categorical("c", 3)]);

    private static readonly GaussianProcessParameters Known = new() { LengthScales = [0.4, 0.7, 1.5], SignalVariance = 1.3, NoiseVariance = 0.02 };

    private static (double[] Points, double[] Values) Data(int count, ulong seed = 1, bool twice = false)
    {
        var random = new RandomGenerator(seed);
        var points = new double[count * 3];
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var point = points.AsSpan(3 * i, 3);
            if (twice && i % 2 == 1) points.AsSpan(3 * (i - 1), 3).CopyTo(point);
            else Mixed.Sample(random, point);
            values[i] = 50 + 10 * (Math.Sin(2 * point[0]) + 0.1 * point[1] + (point[2] == 1 ? 1 : 0)) + 0.1 * random.NextNormal();
        }

        return (points, values);
    }

    [Fact]
    public void The_posterior_is_that_of_the_textbook()
    {
        var (points, values) = Data(12);
        var process = GaussianProcess.Given(Mixed, points, values, Known);
        var (mean, scale) = (values.Average(), Vilfredo.Statistics.Descriptive.StandardDeviation(values));
        var matrix = new double[12, 12];
        for (var i = 0; i < 12; i++)
        {
            for (var k = 0; k < 12; k++) matrix[i, k] = Kernel(points.AsSpan(3 * i, 3), points.AsSpan(3 * k, 3)) + (i == k ? 0.02 : 0);
        }

        double[] tests = [0.3, 4, 0, -1.9, 10, 2, points[0], points[1], points[2]];
        var covariance = new double[9];
        var means = new double[3];
        process.PredictJointly(tests, means, covariance);
        for (var a = 0; a < 3; a++)
        {
            var crossA = Enumerable.Range(0, 12).Select(i => Kernel(tests.AsSpan(3 * a, 3), points.AsSpan(3 * i, 3))).ToArray();
            var solved = Solve(matrix, crossA);
            var expected = mean + Enumerable.Range(0, 12).Sum(i => solved[i] * (values[i] - mean));
            Assert.Equal(expected, means[a], 1e-8);
            for (var b = 0; b < 3; b++)
            {
                var crossB = Enumerable.Range(0, 12).Select(i => Kernel(tests.AsSpan(3 * b, 3), points.AsSpan(3 * i, 3))).ToArray();
                var variance = Kernel(tests.AsSpan(3 * a, 3), tests.AsSpan(3 * b, 3)) - Enumerable.Range(0, 12).Sum(i => solved[i] * crossB[i]);
                Assert.Equal(scale * scale * variance, covariance[3 * a + b], 1e-7);
            }

            var single = process.Predict(tests.AsSpan(3 * a, 3));
            Assert.Equal(means[a], single.Mean, 1e-10);
            Assert.Equal(covariance[4 * a], single.Variance, 1e-9);
        }

        // -1/2 y^T K^-1 y - 1/2 log det K - n/2 log 2 pi
        var standardized = values.Select(v => (v - mean) / scale).ToArray();
        var likelihood = -0.5 * Solve(matrix, standardized).Zip(standardized, (x, y) => x * y).Sum() - 0.5 * LogDeterminant(matrix) - 6 * Math.Log(2 * Math.PI);
        Assert.Equal(likelihood, process.LogMarginalLikelihood, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_of_the_marginal_likelihood_agrees_with_finite_differences(bool noiseIsGiven)
    {
        var (points, values) = Data(15, twice: true);
        var process = GaussianProcess.Given(Mixed, points, values, Known);
        var likelihood = new MarginalLikelihood(process.System.Rows, process.Targets.ToArray(), process.Scaling.IsCategorical, noiseIsGiven ? 0.05 : null);
        double[] x = noiseIsGiven ? [-0.5, 0.3, 0.1, 0.4] : [-0.5, 0.3, 0.1, 0.4, -3];
        var gradient = new double[x.Length];
        var unused = new double[x.Length];
        likelihood.Evaluate(x, gradient);
        for (var j = 0; j < x.Length; j++)
        {
            const double Step = 1e-5;
            double[] up = [.. x], down = [.. x];
            up[j] += Step;
            down[j] -= Step;
            Assert.Equal((likelihood.Evaluate(up, unused) - likelihood.Evaluate(down, unused)) / (2 * Step), gradient[j], 1e-5);
        }
    }

    [Fact]
    public void The_gradients_of_mean_and_variance_agree_with_finite_differences()
    {
        var (points, values) = Data(20);
        var process = GaussianProcess.Given(Mixed, points, values, Known);
        var posterior = new PointPosterior(process.System);
        double[] at = [0.37, 0.52, 1];
        double Weighted(double[] x)
        {
            posterior.MoveTo(x);
            return 2 * posterior.Mean(process.Coefficients) + 3 * posterior.Variance;
        }

        Weighted(at);
        var gradient = new double[3];
        posterior.AddGradient([.. process.Coefficients.Select(c => 2 * c)], 3, gradient);
        for (var j = 0; j < 2; j++)
        {
            double[] up = [.. at], down = [.. at];
            up[j] += 1e-5;
            down[j] -= 1e-5;
            Assert.Equal((Weighted(up) - Weighted(down)) / 2e-5, gradient[j], 1e-5);
        }

        Assert.Equal(0, gradient[2]);
    }

    [Fact]
    public void Fitting_finds_the_variables_that_matter_and_the_noise()
    {
        var space = DecisionSpace.Continuous(3, 0, 1);
        var random = new RandomGenerator(4);
        var points = new double[180];
        var values = new double[60];
        for (var i = 0; i < 60; i++)
        {
            space.Sample(random, points.AsSpan(3 * i, 3));
            values[i] = Math.Sin(7 * points[3 * i]) + 0.2 * random.NextNormal();
        }

        var process = GaussianProcess.Fit(space, points, values);
        var scales = process.Parameters.LengthScales;
        Assert.True(scales[1] > 5 * scales[0] && scales[2] > 5 * scales[0], string.Join(", ", scales));
        Assert.InRange(process.Parameters.NoiseVariance * Vilfredo.Statistics.Descriptive.Variance(values), 0.02, 0.08);
        Assert.InRange(process.Predict([0.2, 0.5, 0.5]).Mean, Math.Sin(1.4) - 0.2, Math.Sin(1.4) + 0.2);
        var given = GaussianProcess.Fit(space, points, values, new() { NoiseVariance = 0.04 });
        Assert.Equal(0.04, given.Parameters.NoiseVariance * Vilfredo.Statistics.Descriptive.Variance(values), 1e-12);
    }

    [Fact]
    public void Predictions_follow_the_scale_and_origin_of_the_values()
    {
        var (points, values) = Data(30);
        var process = GaussianProcess.Fit(Mixed, points, values);
        var other = GaussianProcess.Fit(Mixed, points, [.. values.Select(v => 1024 * v - 7)]);
        double[] test = [0.1, 3, 2];
        var (mean, variance) = process.Predict(test);
        Assert.Equal(1024 * mean - 7, other.Predict(test).Mean, 0.01);
        Assert.Equal(1024 * 1024 * variance, other.Predict(test).Variance, 1024 * 1024 * variance * 1e-3);
    }

    [Fact]
    public void Points_that_occur_twice_are_averaged_even_without_noise()
    {
        var space = DecisionSpace.Continuous(1, 0, 1);
        var process = GaussianProcess.Given(space, [0.2, 0.2, 0.8, 0.8], [1, 3, -2, -2], new() { LengthScales = [0.3], NoiseVariance = 0 });
        Assert.Equal(-2, process.Predict([0.8]).Mean, 1e-6);
        Assert.InRange(process.Predict([0.2]).Mean, 1, 3);
        Assert.InRange(process.Predict([0.2]).Variance, 0, 1e-6);
        Assert.True(double.IsFinite(process.LogMarginalLikelihood));
        Assert.True(double.IsFinite(GaussianProcess.Fit(space, [0.2, 0.2, 0.8, 0.8], [1, 3, -2, -2]).Predict([0.5]).Variance));
    }

    [Fact]
    public void Equal_values_are_predicted_everywhere()
    {
        var process = GaussianProcess.Fit(DecisionSpace.Continuous(2, 0, 1), [0, 0, 0.3, 0.4, 1, 0], [0.1, 0.1, 0.1]);
        Assert.Equal(0.1, process.Predict([0.7, 0.9]).Mean);
        Assert.Equal(5, GaussianProcess.Fit(DecisionSpace.Continuous(1, 0, 1), [0.5], [5]).Predict([0.1]).Mean);
    }

    [Fact]
    public void Samples_have_the_joint_moments()
    {
        var (points, values) = Data(10);
        var process = GaussianProcess.Given(Mixed, points, values, Known);
        double[] tests = [0.3, 4, 0, 0.5, 4, 0];
        double[] means = new double[2], covariance = new double[4], draw = new double[2], sums = new double[2];
        process.PredictJointly(tests, means, covariance);
        var random = new RandomGenerator(9);
        const int Draws = 20_000;
        var product = 0.0;
        for (var i = 0; i < Draws; i++)
        {
            process.Sample(tests, random, draw);
            for (var k = 0; k < 2; k++) sums[k] += draw[k];
            product += (draw[0] - means[0]) * (draw[1] - means[1]);
        }

        var deviation = Math.Sqrt(covariance[0]);
        Assert.Equal(means[0], sums[0] / Draws, 5 * deviation / Math.Sqrt(Draws));
        Assert.Equal(covariance[1], product / Draws, 0.05 * deviation * Math.Sqrt(covariance[3]));
    }

    [Fact]
    public void A_path_has_the_mean_and_variance_of_the_posterior()
    {
        var (points, values) = Data(15);
        var process = GaussianProcess.Given(Mixed, points, values, Known);
        double[] test = [0.9, 7, 2];
        var (mean, variance) = process.Predict(test);
        const int Draws = 2_000;
        var random = new RandomGenerator(5);
        var unit = process.ToUnit(test);
        var gradient = new double[3];
        var draws = Enumerable.Range(0, Draws).Select(_ => process.Offset + process.Scale * new PosteriorPath(process, random).Evaluate(unit, gradient)).ToArray();
        var deviation = Math.Sqrt(variance);
        Assert.Equal(mean, draws.Average(), 6 * deviation / Math.Sqrt(Draws));
        Assert.InRange(Vilfredo.Statistics.Descriptive.StandardDeviation(draws), 0.9 * deviation, 1.1 * deviation);

        var path = new PosteriorPath(process, random);
        double[] up = [unit[0] + 1e-5, unit[1], unit[2]], down = [unit[0] - 1e-5, unit[1], unit[2]];
        path.Evaluate(unit, gradient);
        var byDifference = (path.Evaluate(up, new double[3]) - path.Evaluate(down, new double[3])) / 2e-5;
        Assert.Equal(byDifference, gradient[0], 1e-5);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var space = DecisionSpace.Continuous(1, 0, 1);
        Assert.Throws<ArgumentException>(() => GaussianProcess.Fit(space, [], []));
        Assert.Throws<ArgumentException>(() => GaussianProcess.Fit(space, [0.5], [double.NaN]));
        Assert.Throws<ArgumentException>(() => GaussianProcess.Fit(space, [0.5], [double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => GaussianProcess.Fit(space, [1.5], [1]));
        Assert.Throws<ArgumentException>(() => GaussianProcess.Given(space, [0.5], [1], new() { LengthScales = [1, 1] }));
        Assert.Throws<ArgumentException>(() => GaussianProcess.Given(space, [0.5], [1], new() { LengthScales = [0] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianProcess.Fit(space, [0.5], [1], new() { NoiseVariance = -1 }));
    }

    private static double Kernel(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var square = Math.Pow((a[0] - b[0]) / 4 / 0.4, 2) + Math.Pow((a[1] - b[1]) / 10 / 0.7, 2) + (a[2] == b[2] ? 0 : 1 / (1.5 * 1.5));
        var r = Math.Sqrt(square);
        return 1.3 * (1 + Math.Sqrt(5) * r + 5 * square / 3) * Math.Exp(-Math.Sqrt(5) * r);
    }

    private static double LogDeterminant(double[,] matrix)
    {
        var a = (double[,])matrix.Clone();
        var n = a.GetLength(0);
        var sum = 0.0;
        for (var k = 0; k < n; k++)
        {
            sum += Math.Log(a[k, k]);
            for (var i = k + 1; i < n; i++)
            {
                for (var j = n - 1; j >= k; j--) a[i, j] -= a[i, k] / a[k, k] * a[k, j];
            }
        }

        return sum;
    }

    // Gauss and Jordan.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var a = (double[,])matrix.Clone();
        double[] b = [.. right];
        var n = b.Length;
        for (var k = 0; k < n; k++)
        {
            var pivot = a[k, k];
            for (var j = 0; j < n; j++) a[k, j] /= pivot;
            b[k] /= pivot;
            for (var i = 0; i < n; i++)
            {
                if (i == k) continue;
                var f = a[i, k];
                for (var j = 0; j < n; j++) a[i, j] -= f * a[k, j];
                b[i] -= f * b[k];
            }
        }

        return b;
    }
}
