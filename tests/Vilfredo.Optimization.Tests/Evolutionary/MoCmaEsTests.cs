using CsCheck;
using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class MoCmaEsTests
{
    [Fact]
    public void The_factor_follows_the_covariance_of_the_paper() => Gen.Int[1, 8].Select(Gen.Double[-2, 2].Array[8], Gen.Bool).Sample((n, values, isMoving) =>
    {
        var before = new SearchDistribution(n, 0.3);
        // Failures shrink the success rate below the threshold, successes lift it above.
        for (var i = 0; i < 30; i++) before = before.AfterChild(!isMoving);
        var step = values.Take(n).ToArray();
        var (c, learning) = (2.0 / (n + 2), 2.0 / (n * n + 6.0));
        var path = step.Select(value => isMoving ? Math.Sqrt(c * (2 - c)) * value / 0.5 : 0).ToArray();
        var after = before.Learn(step, 0.5).Covariance;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var old = i == j ? 1.0 : 0;
                var expected = (1 - learning + (isMoving ? 0 : learning * c * (2 - c))) * old + learning * path[i] * path[j];
                Assert.Equal(expected, after[i * n + j], 10);
            }
        }
    }, iter: 200);

    [Fact]
    public void The_step_grows_with_successes_and_shrinks_with_failures()
    {
        var distribution = new SearchDistribution(4, 0.1);
        Assert.True(distribution.AfterChild(true).Step > 0.1);
        Assert.True(distribution.AfterChild(false).Step < 0.1);
        Assert.Equal(1 / 5.5, distribution.SuccessRate, 12);
    }

    [Fact]
    public void Rotated_and_badly_scaled_quadratics_are_followed_where_crossover_along_the_axes_is_not()
    {
        // Two ellipsoids with axes from 1 to 1000 in a common rotated frame, their minima 0.2 apart.
        const int n = 8;
        var frame = Rotation(n, 11);
        var problem = new FunctionProblem("rotated ellipsoids", DecisionSpace.Continuous(n, -1, 1), 2, (x, f, _) =>
        {
            (f[0], f[1]) = (0, 0);
            for (var row = 0; row < n; row++)
            {
                var y = 0.0;
                for (var i = 0; i < n; i++) y += frame[row, i] * x[i];
                var scale = Math.Pow(1e6, row / (n - 1.0));
                f[0] += scale * (y - 0.1) * (y - 0.1);
                f[1] += scale * (y + 0.1) * (y + 0.1);
            }
        });
        const int evaluations = 20_000;
        // The front goes from 0 to about 0.04 times the sum of the scales in either objective.
        double[] reference = [6e4, 6e4];
        double Volume(IOptimizer optimizer) => Hypervolume.Compute(Minimize.Run(problem, optimizer, Termination.AfterEvaluations(evaluations)).Frontier.Objectives, 2, reference);
        Assert.True(Volume(MoCmaEs.For(problem, 1, new() { PopulationSize = 20 })) > Volume(Nsga2.For(problem, 1, new() { PopulationSize = 20 })));
    }

    [Fact]
    public void A_child_that_survives_passes_its_distribution_on_and_a_stranger_begins_anew()
    {
        var space = DecisionSpace.Continuous(2, 0, 1);
        var first = MoCmaEsGeneration.First(space, 2, 0, 1, new() { PopulationSize = 2, InitialStep = 0.1 });
        var start = new Population(2, 2);
        start.Add([0.5, 0.5, 0.9, 0.9], [0, 4, 4, 0]);
        var second = first.Next(start, [0, 1]);
        Assert.Equal([0.1, 0.1], second.StepSizes);

        // The child of point 0 dominates it; the stranger dominates point 1.
        var children = new Population(2, 2);
        children.Add([0.6, 0.5, 0.8, 0.8], [-1, 3, 3, -1]);
        var third = second.Next(children, [0, -1]);
        Assert.Equal([0.6, 0.5, 0.8, 0.8], third.Parents.Decisions.ToArray());
        Assert.True(third.StepSizes[0] > 0.1);
        Assert.Equal(0.1, third.StepSizes[1]);
    }

    [Fact]
    public void Spaces_with_integers_and_bad_options_are_refused()
    {
        var mixed = new DecisionSpace([Variable.Real("r", 0, 1), Variable.Integer("i", 0, 3)]);
        Assert.Contains("real", Assert.Throws<ArgumentException>(() => new MoCmaEs(mixed, 2, 0, 1)).Message, StringComparison.Ordinal);
        var space = DecisionSpace.Continuous(2, 0, 1);
        Assert.Throws<ArgumentException>(() => new MoCmaEs(space, 2, 0, 1, new() { PopulationSize = 1 }));
        Assert.Throws<ArgumentException>(() => new MoCmaEs(space, 2, 0, 1, new() { InitialStep = 0 }));
    }

    // Gram-Schmidt of random rows.
    private static double[,] Rotation(int n, ulong seed)
    {
        var (random, rows) = (new RandomGenerator(seed), new double[n, n]);
        for (var row = 0; row < n; row++)
        {
            for (var i = 0; i < n; i++) rows[row, i] = random.NextNormal();
            for (var other = 0; other < row; other++)
            {
                var dot = 0.0;
                for (var i = 0; i < n; i++) dot += rows[row, i] * rows[other, i];
                for (var i = 0; i < n; i++) rows[row, i] -= dot * rows[other, i];
            }

            var norm = 0.0;
            for (var i = 0; i < n; i++) norm += rows[row, i] * rows[row, i];
            for (var i = 0; i < n; i++) rows[row, i] /= Math.Sqrt(norm);
        }

        return rows;
    }
}
