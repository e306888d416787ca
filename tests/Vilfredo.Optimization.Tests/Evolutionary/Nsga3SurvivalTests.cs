using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;
using Vilfredo.ReferenceDirections;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class Nsga3SurvivalTests
{
    [Fact]
    public void A_point_belongs_to_the_line_of_least_perpendicular_distance()
    {
        var niches = new ReferenceNiches(2, [1, 0, 3, 3, 0, 1]);
        Assert.Equal((0, 0.0), niches.Nearest([5, 0]));
        Assert.Equal(1, niches.Nearest([2, 1]).Line);
        Assert.Equal(Math.Sqrt(0.5), niches.Nearest([2, 1]).Distance, 12);
        Assert.Equal((2, 0.25), niches.Nearest([0.25, 4]));
        var three = new ReferenceNiches(3, [1, 1, 1]).Nearest([1, 2, 3]);
        Assert.Equal(Math.Sqrt(2), three.Distance, 12);
    }

    [Fact]
    public void Empty_lines_are_filled_before_others_with_their_nearest_point()
    {
        // One front; extremes (0,1) and (1,0) give intercepts of 1. The middle line has two candidates, the other lines three each.
        double[] front = [0, 1, 0.01, 0.98, 0.02, 0.97, 0.45, 0.5, 0.6, 0.3, 0.97, 0.02, 0.98, 0.01, 1, 0];
        for (var seed = 0UL; seed < 20; seed++)
        {
            var (indices, _) = Select(new Nsga3Survival(2, [1, 0, 1, 1, 0, 1]), front, 3, seed: seed);
            Assert.Equal([0, 3, 7], indices.Order());
        }
    }

    [Fact]
    public void Whole_fronts_survive_and_count_in_their_niches()
    {
        // The first front fills both axes, so that of the second one the point near the middle goes in.
        double[] points = [0, 1, 1, 0, 0.1, 1.5, 0.9, 0.95, 1.5, 0.1];
        for (var seed = 0UL; seed < 20; seed++)
        {
            var (indices, ranks) = Select(new Nsga3Survival(2, [1, 0, 1, 1, 0, 1]), points, 3, seed: seed);
            Assert.Equal([0, 1, 3], indices.Order());
            Assert.All(ranks, rank => Assert.Equal(0, rank)); // mating looks at feasibility only
        }
    }

    [Fact]
    public void The_extreme_points_give_the_intercepts()
    {
        var normalization = new FrontNormalization(2);
        normalization.Update([1, 12, 2, 5, 5, 2], [0, 1, 2]); // ideal (1, 2), extremes (0, 10) and (4, 0) from there
        var normalized = new double[2];
        normalization.Normalize([3, 7], normalized);
        Assert.Equal(0.5, normalized[0], 12);
        Assert.Equal(0.5, normalized[1], 12);
        var copy = normalization.Copy();
        normalization.Update([0, 12], [0]);
        copy.Normalize([1, 2], normalized);
        Assert.Equal([0, 0], normalized);
    }

    [Fact]
    public void An_intercept_is_not_beyond_the_worst_value_seen()
    {
        // The plane through the extremes (4, 1, 1), (1, 4, 1), (1, 1, 4) meets the axes at 6, but no value is above 4.
        var normalization = new FrontNormalization(3);
        normalization.Update([4, 1, 1, 1, 4, 1, 1, 1, 4, 0, 3, 3, 3, 0, 3, 3, 3, 0], [0, 1, 2, 3, 4, 5]);
        var normalized = new double[3];
        normalization.Normalize([4, 2, 1], normalized);
        Assert.Equal([1, 0.5, 0.25], normalized);

        // Worse values of an earlier front still count.
        normalization = new FrontNormalization(3);
        normalization.Update([5, 1, 1, 0, 3, 3], [0, 1]);
        normalization.Update([4, 1, 1, 1, 4, 1, 1, 1, 4, 0, 3, 3, 3, 0, 3, 3, 3, 0], [0, 1, 2, 3, 4, 5]);
        normalization.Normalize([5, 2, 1], normalized);
        Assert.Equal([1, 0.5, 0.25], normalized);
    }

    [Fact]
    public void Selection_does_not_depend_on_the_scale_and_origin_of_objectives()
    {
        var random = new RandomGenerator(4);
        var points = new double[3 * 80];
        foreach (ref var value in points.AsSpan()) value = Math.Round(random.NextDouble() * 1024) / 1024;
        var scaled = new double[points.Length];
        for (var i = 0; i < points.Length; i++) scaled[i] = points[i] * (i % 3 == 0 ? 1024 : i % 3 == 1 ? 1.0 / 64 : 1) + (i % 3 == 2 ? 8 : 0);
        var directions = DasDennisDirections.Create(3, 5);
        Assert.Equal(
            Select(new Nsga3Survival(3, directions), points, 25).Indices, Select(new Nsga3Survival(3, directions), scaled, 25).Indices);
    }

    [Fact]
    public void Raw_extreme_points_depend_on_the_units_of_objectives_and_scaled_ones_do_not()
    {
        // Three objectives: what is off the first axis is the worse of the second and third. (8, 0.1, 0.3) is off by 0.3, (6, 0.25, 0) by 0.25.
        double[] points = [8, 0.1, 0.3, 6, 0.25, 0, 0, 1, 0.2, 0.2, 0, 1];
        double[] inOtherUnits = [.. points.Select((value, i) => i % 3 == 1 ? 16 * value : value)];
        Assert.Equal(Normalized(ExtremePointUnits.Scaled, points, 1), Normalized(ExtremePointUnits.Scaled, inOtherUnits, 16));
        var (raw, rawInOtherUnits) = (Normalized(ExtremePointUnits.Raw, points, 1), Normalized(ExtremePointUnits.Raw, inOtherUnits, 16));
        Assert.True(Math.Abs(raw[0] - rawInOtherUnits[0]) > 0.01, $"{raw[0]} and {rawInOtherUnits[0]}");

        static double[] Normalized(ExtremePointUnits units, double[] values, double unit)
        {
            var normalization = new FrontNormalization(3, units);
            normalization.Update(values, [0, 1, 2, 3]);
            var normalized = new double[3];
            normalization.Copy().Normalize([2, 0.5 * unit, 0.5], normalized);
            return [.. normalized.Select(value => Math.Round(value, 12))];
        }
    }

    [Fact]
    public void Whole_runs_do_not_depend_on_units_with_scaled_extreme_points_and_do_with_raw_ones()
    {
        Assert.Equal(Run(ExtremePointUnits.Scaled, 1), Run(ExtremePointUnits.Scaled, 4096));
        Assert.NotEqual(Run(ExtremePointUnits.Raw, 1), Run(ExtremePointUnits.Raw, 4096));

        static double[] Run(ExtremePointUnits units, double unit)
        {
            var dtlz7 = new Dtlz7(3);
            var problem = new FunctionProblem("DTLZ7", dtlz7.Space, 3, (x, f, g) =>
            {
                dtlz7.Evaluate(x, 1, f, g);
                f[2] *= unit;
            });
            var options = new Nsga3Options { PopulationSize = 40, ExtremePoints = units };
            return Minimize.Run(problem, Nsga3.For(problem, 3, options), Termination.AfterGenerations(40)).Population.Decisions.ToArray();
        }
    }

    [Fact]
    public void Feasible_points_come_first_and_then_the_smallest_violations()
    {
        var (indices, ranks) = Select(new Nsga3Survival(2, [1, 1]), [9, 9, 0, 0, 1, 1, 8, 8], 3, [0, 2, 1, 0]);
        Assert.Equal([0, 2, 3], indices.Order());
        Assert.Equal(0, ranks[Array.IndexOf(indices, 0)]);
        Assert.True(ranks[Array.IndexOf(indices, 2)] > 0);
    }

    [Fact]
    public void Constant_and_infinite_objectives_are_allowed()
    {
        double[] points = [0, 1, 1, 1, 0, 1, double.PositiveInfinity, 1, double.NegativeInfinity, 1];
        Assert.Equal(3, Select(new Nsga3Survival(2, [1, 0, 0, 1]), points, 3).Indices.Distinct().Count());
        double[] infinite = [double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity];
        Assert.Single(Select(new Nsga3Survival(2, [1, 0, 0, 1]), infinite, 1).Indices);
        Assert.Equal(2, Select(new Nsga3Survival(1, [1]), [3, 3, 3], 2).Indices.Length);
    }

    [Fact]
    public void Directions_that_point_nowhere_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ReferenceNiches(2, []));
        Assert.Throws<ArgumentException>(() => new ReferenceNiches(2, [1, 1, 1]));
        Assert.Throws<ArgumentException>(() => new ReferenceNiches(2, [0, 0]));
        Assert.Throws<ArgumentException>(() => new ReferenceNiches(2, [-1, 2]));
        Assert.Throws<ArgumentException>(() => new ReferenceNiches(2, [double.NaN, 2]));
    }

    [Theory]
    [InlineData(2, 100)]
    [InlineData(3, 92)] // the sizes of the paper's table I
    [InlineData(5, 212)]
    [InlineData(8, 156)]
    [InlineData(10, 276)]
    [InlineData(15, 136)]
    public void The_default_population_has_a_point_for_each_direction(int objectives, int size)
    {
        var optimizer = new Nsga3(DecisionSpace.Continuous(4, 0, 1), objectives, 0, 1);
        Assert.Equal(size, optimizer.BatchSize);
    }

    private static (int[] Indices, int[] Ranks) Select(
        Nsga3Survival survival, double[] points, int count, double[]? violations = null, ulong seed = 1)
    {
        var (indices, ranks) = (new int[count], new int[count]);
        Assert.Equal(count, survival.Select(points, violations, count, indices, ranks, new double[count], default, seed));
        return (indices, ranks);
    }
}
