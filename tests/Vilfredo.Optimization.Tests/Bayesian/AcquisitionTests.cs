using Vilfredo.Optimization.Bayesian;

namespace Vilfredo.Optimization.Tests.Bayesian;

public class AcquisitionTests
{
    private static readonly DecisionSpace Space = new([Variable.Real("x", 0, 2), Variable.Real("y", -1, 1), Variable.Categorical("c", 2)]);

    private static Surrogates Models(double noise = 0.0, bool constrained = false)
    {
        var random = new RandomGenerator(11);
        var points = new Population(3, 2, constrained ? 1 : 0);
        var x = new double[3];
        for (var i = 0; i < 25; i++)
        {
            Space.Sample(random, x);
            points.Add(x, [x[0] + x[1] * x[1] + noise * random.NextNormal(), (2 - x[0]) * (1 + x[1] * x[1]) + 0.2 * x[2] + noise * random.NextNormal()], constrained ? [x[0] - 1.5 + noise * random.NextNormal()] : []);
        }

        return new Surrogates(Space, points, [], new());
    }

    public static TheoryData<string> Names => ["ehvi", "noisy", "parego", "thompson", "feasible"];

    private static IAcquisition Create(string name, ReadOnlySpan<double> pending) => name switch
    {
        "ehvi" => new HypervolumeAcquisition(Models(), pending),
        "noisy" => new NoisyHypervolumeAcquisition(Models(0.1), pending, 16, new RandomGenerator(5)),
        "parego" => new ImprovementAcquisition(Models(), Space, pending, new RandomGenerator(5)),
        "thompson" => new ThompsonAcquisition(Models(), new RandomGenerator(5)),
        // With noise: where a variance is all rounding, so is a finite difference.
        _ => new FeasibleAcquisition(new HypervolumeAcquisition(Models(0.1, constrained: true), pending), Models(0.1, constrained: true).Feasibility),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_finite_differences(string name)
    {
        var acquisition = Create(name, [0.4, 0.3, 1]);
        var random = new RandomGenerator(6);
        var gradient = new double[3];
        for (var trial = 0; trial < 5; trial++)
        {
            double[] at = [random.NextDouble(0.05, 0.95), random.NextDouble(0.05, 0.95), trial % 2];
            var value = acquisition.Evaluate(at, gradient);
            Assert.Equal(value, acquisition.Evaluate(at, []), 1e-9);
            for (var j = 0; j < 2; j++)
            {
                double[] up = [.. at], down = [.. at];
                up[j] += 1e-6;
                down[j] -= 1e-6;
                var difference = (acquisition.Evaluate(up, []) - acquisition.Evaluate(down, [])) / 2e-6;
                Assert.Equal(difference, gradient[j], 1e-3 * (1 + Math.Abs(difference)));
            }
        }
    }

    [Fact]
    public void Without_noise_the_noisy_improvement_is_near_the_exact_one()
    {
        var models = Models();
        var exact = new HypervolumeAcquisition(models, []);
        var noisy = new NoisyHypervolumeAcquisition(models, [], 512, new RandomGenerator(5));
        var random = new RandomGenerator(8);
        var compared = 0;
        for (var i = 0; i < 200; i++)
        {
            double[] at = [random.NextDouble(), random.NextDouble(), i % 2];
            var value = exact.Evaluate(at, []);
            if (value < -6) continue;
            compared++;
            Assert.Equal(value, noisy.Evaluate(at, []), 0.25);
        }

        Assert.True(compared > 10, $"{compared}");
    }

    [Fact]
    public void A_pending_point_takes_the_gain_of_its_neighbourhood()
    {
        double[] pending = [0.4, 0.02, 0];
        double[] near = [0.2, 0.51, 0];
        foreach (var name in new[] { "ehvi", "noisy" })
            Assert.True(Create(name, pending).Evaluate(near, []) < Create(name, []).Evaluate(near, []) - 1, name);
    }

    [Fact]
    public void Probabilities_follow_the_constraint()
    {
        var models = Models(constrained: true);
        var model = Assert.Single(models.Feasibility);
        Assert.True(model.LogProbability([0.2, 0.5, 0], []) > Math.Log(0.95));
        Assert.True(model.LogProbability([0.98, 0.5, 0], []) < Math.Log(0.1));
        Assert.Null(FeasibilityModel.OfConstraint(Space, [0, 0, 0], [-1]));
        // Violations alone: satisfied points are all at 0.
        var clipped = FeasibilityModel.OfConstraint(Space, [0, 0, 0, 0.5, 0, 0, 1.6, 0, 0, 2, 0, 0], [0, 0, 0.1, 0.5])!;
        Assert.True(clipped.LogProbability([0.1, 0.5, 0], []) > clipped.LogProbability([0.95, 0.5, 0], []) + 1);
    }

    [Fact]
    public void Logarithms_far_out_join_the_ones_nearby()
    {
        foreach (var z in new[] { -7.999, -8.001 })
        {
            Assert.Equal(-35.01, NormalLogarithms.LogCdf(z, out var slope), 0.02);
            Assert.Equal(8.12, slope, 0.01);
            Assert.Equal(-37.13, NormalLogarithms.LogImprovement(z, out slope), 0.02);
            Assert.Equal(8.24, slope, 0.02);
        }

        Assert.True(double.IsFinite(NormalLogarithms.LogCdf(-1e6, out _)));
    }
}
