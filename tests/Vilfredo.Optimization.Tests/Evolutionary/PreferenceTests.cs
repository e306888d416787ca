using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Evolutionary;

/// <summary>R-NSGA-II and R-NSGA-III.</summary>
public class PreferenceTests
{
    // On ZDT1's front f2 = 1 - sqrt(f1) the point nearest to the reference point, in units of the front's ranges, which are 1.
    private static readonly double[] Wish = [0.3, 0.3];

    [Fact]
    public void R_NSGA_II_gathers_at_the_front_near_the_reference_point()
    {
        var spread = Distances(RNsga2.For(new Zdt1(), 1, new() { ReferencePoints = Wish, PopulationSize = 40, Epsilon = 0.001 }), 40 * 250);
        Assert.InRange(spread.Count(distance => distance < 0.06), 30, 40);
        var wider = Distances(RNsga2.For(new Zdt1(), 1, new() { ReferencePoints = Wish, PopulationSize = 40, Epsilon = 0.02 }), 40 * 250);
        Assert.True(wider.Order().ElementAt(20) > 2 * spread.Order().ElementAt(20));
    }

    [Fact]
    public void R_NSGA_II_serves_every_reference_point()
    {
        var result = Minimize.Run(new Zdt1(), RNsga2.For(new Zdt1(), 2, new() { ReferencePoints = [0.05, 0.7, 0.8, 0.05], PopulationSize = 40, Epsilon = 0.001 }), Termination.AfterEvaluations(10_000));
        var first = Enumerable.Range(0, 40).Select(i => result.Population.ObjectivesOf(i)[0]).ToList();
        Assert.InRange(first.Count(f => f < 0.3), 10, 30);
        Assert.InRange(first.Count(f => f > 0.6), 10, 30);
    }

    [Fact]
    public void The_scale_of_an_objective_does_not_matter()
    {
        var scaled = new FunctionProblem("scaled ZDT1", new Zdt1().Space, 2, (x, f, _) =>
        {
            new Zdt1().Evaluate(x, 1, f, []);
            f[1] *= 1000;
        });
        var plain = Minimize.Run(new Zdt1(), RNsga2.For(new Zdt1(), 3, new() { ReferencePoints = Wish, PopulationSize = 20 }), Termination.AfterEvaluations(400)).Population.Decisions.ToArray();
        var large = Minimize.Run(scaled, RNsga2.For(scaled, 3, new() { ReferencePoints = [0.3, 300], PopulationSize = 20 }), Termination.AfterEvaluations(400)).Population.Decisions.ToArray();
        Assert.Equal(plain, large);
    }

    [Fact]
    public void Of_points_within_epsilon_the_preferred_one_survives_first()
    {
        var survival = new ReferencePointSurvival(2, [0, 0], [0.5, 0.5], 0.1);
        // A front from (0, 10) to (10, 0) with two near each other in the middle: the nearer to the origin comes first, its neighbour last.
        double[] objectives = [0, 10, 4.9, 4.9, 5, 4.8, 10, 0];
        var (indices, ranks, crowding) = (new int[4], new int[4], new double[4]);
        Assert.Equal(4, survival.Select(objectives, [], 4, indices, ranks, crowding, [], 1));
        Assert.True(indices[0] is 1 or 2);
        Assert.Equal(indices[0] == 1 ? 2 : 1, indices[3]);
    }

    [Fact]
    public void R_NSGA_III_covers_a_patch_of_the_front_around_the_reference_point_and_the_extremes()
    {
        var problem = new Dtlz2(3);
        var result = Minimize.Run(problem, RNsga3.For(problem, 1, new() { ReferencePoints = [0.6, 0.6, 0.6], Spread = 0.2, DirectionsPerPoint = 28, PopulationSize = 40 }), Termination.AfterEvaluations(40 * 250));
        var angles = Enumerable.Range(0, 40).Select(i =>
        {
            var f = result.Population.ObjectivesOf(i);
            return (f[0] + f[1] + f[2]) / (Math.Sqrt(3) * Math.Sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]));
        }).ToList();
        Assert.True(angles.Count(cosine => cosine > 0.95) >= 30, string.Join(" ", angles));
        Assert.True(angles.Min() < 0.7);
    }

    [Fact]
    public void Directions_around_a_point_sum_to_one_and_lie_within_the_spread()
    {
        var normalization = new FrontNormalization(2);
        normalization.Update([0, 1, 1, 0], [0, 1]);
        var niches = new AspirationDirections(2, [1, 1], [1, 0, 0.5, 0.5, 0, 1], 0.2).For(normalization);
        Assert.Equal(5, niches.Count);
        Assert.Equal((0, 0.0), Rounded(niches.Nearest([0.6, 0.4])));
        Assert.Equal((1, 0.0), Rounded(niches.Nearest([0.5, 0.5])));
        Assert.Equal((3, 0.0), Rounded(niches.Nearest([1, 0])));

        static (int, double) Rounded((int Line, double Distance) nearest) => (nearest.Line, Math.Round(nearest.Distance, 12));
    }

    // On the sphere of DTLZ2 equal weighted distances from the ideal point mean values in inverse proportion to the weights.
    [Fact]
    public void Weights_lead_R_NSGA_III_to_the_direction_of_their_inverses()
    {
        var problem = new Dtlz2(3);
        var result = Minimize.Run(problem, RNsga3.For(problem, 2, new() { Weights = [4, 2, 1], Spread = 0.1, DirectionsPerPoint = 28, PopulationSize = 40 }), Termination.AfterEvaluations(40 * 250));
        double[] direction = [0.25, 0.5, 1];
        var length = Math.Sqrt(direction.Sum(value => value * value));
        var near = Enumerable.Range(0, 40).Count(i =>
        {
            var f = result.Population.ObjectivesOf(i).ToArray();
            return f.Zip(direction, (a, b) => a * b).Sum() / (length * Math.Sqrt(f.Sum(value => value * value))) > 0.98;
        });
        Assert.InRange(near, 30, 40);
    }

    // The point of ZDT1's front that is nearest to (0, 0) with weights w minimises w1 f1^2 + w2 (1 - sqrt(f1))^2.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(1, 10)]
    public void Weights_alone_lead_R_NSGA_II_to_the_nearest_point_to_the_best_values(double first, double second)
    {
        var options = new RNsga2Options { Weights = [first, second], PopulationSize = 40 };
        var result = Minimize.Run(new Zdt1(), RNsga2.For(new Zdt1(), 4, options), Termination.AfterEvaluations(40 * 250));
        var expected = Enumerable.Range(0, 10_001).Select(i => i / 10_000.0).MinBy(f => first * f * f + second * Math.Pow(1 - Math.Sqrt(f), 2));
        var values = Enumerable.Range(0, 40).Select(i => result.Population.ObjectivesOf(i)[0]).Order().ToArray();
        Assert.Equal(expected, values[20], 0.06);
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        var problem = new Zdt1();
        Assert.Throws<ArgumentException>(() => RNsga2.For(problem, 1, new() { ReferencePoints = [] }));
        Assert.Throws<ArgumentException>(() => RNsga2.For(problem, 1, new() { ReferencePoints = [1, 2, 3] }));
        Assert.Throws<ArgumentException>(() => RNsga2.For(problem, 1, new() { ReferencePoints = [1, double.NaN] }));
        Assert.Throws<ArgumentException>(() => RNsga2.For(problem, 1, new() { ReferencePoints = Wish, Epsilon = -1 }));
        Assert.Throws<ArgumentException>(() => RNsga2.For(problem, 1, new() { ReferencePoints = Wish, Weights = [1] }));
        Assert.Throws<ArgumentException>(() => RNsga3.For(problem, 1, new() { ReferencePoints = Wish, Spread = 0 }));
        Assert.Throws<ArgumentException>(() => RNsga3.For(problem, 1, new() { ReferencePoints = [] }));
        Assert.Throws<ArgumentException>(() => RNsga3.For(problem, 1, new() { ReferencePoints = Wish, Weights = [1, 1] }));
        Assert.Throws<ArgumentException>(() => RNsga3.For(problem, 1, new() { Weights = [0, 0] }));
        Assert.Throws<ArgumentException>(() => RNsga2.For(problem, 1, new() { Weights = [1, -1] }));
    }

    private static List<double> Distances(IOptimizer optimizer, int evaluations)
    {
        var result = Minimize.Run(new Zdt1(), optimizer, Termination.AfterEvaluations(evaluations));
        var nearest = Enumerable.Range(0, 10_001).Select(i => i / 10_000.0).MinBy(f => Math.Pow(f - Wish[0], 2) + Math.Pow(1 - Math.Sqrt(f) - Wish[1], 2));
        return [.. Enumerable.Range(0, result.Population.Count).Select(i => result.Population.ObjectivesOf(i).ToArray()).Select(f => Math.Sqrt(Math.Pow(f[0] - nearest, 2) + Math.Pow(f[1] - 1 + Math.Sqrt(nearest), 2)))];
    }
}
