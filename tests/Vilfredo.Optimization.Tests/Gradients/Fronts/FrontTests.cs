using Vilfredo.Optimization.Gradients;
using Vilfredo.Optimization.Gradients.Fronts;

namespace Vilfredo.Optimization.Tests.Gradients.Fronts;

public class FrontTests
{
    [Fact]
    public void Weighted_sums_of_two_bowls_lie_on_the_segment_where_the_weights_say()
    {
        double[][] weights = [.. Enumerable.Range(0, 11).Select(i => new[] { 0.1 * i, 1 - 0.1 * i })];
        var front = WeightedSumFront.Compute(new Bowls(false), [3, -2], weights);
        for (var i = 0; i <= 10; i++)
        {
            Assert.Equal(1 - 0.1 * i, front[i].Point[0], 1e-4);
            Assert.Equal(0, front[i].Point[1], 1e-4);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_march_has_even_gaps_on_convex_and_concave_fronts(bool concave)
    {
        var objectives = new Bowls(concave);
        var options = new ReferencePointOptions { Along = 0.1, EndWeight = 1e-4 };
        var front = concave ? ReferencePointFront.Compute(objectives, [0.5, 0.3], options) : ReferencePointFront.Compute(objectives, [3, -2], options);
        Assert.InRange(front.Count, 12, 20);
        var gaps = new List<double>();
        for (var i = 1; i < front.Count; i++)
        {
            Assert.True(front[i].Values[0] > front[i - 1].Values[0] && front[i].Values[1] < front[i - 1].Values[1]);
            if (i < front.Count - 1 && (!concave || (front[i - 1].Values[0] > 0.05 && front[i].Values[1] > 0.05))) gaps.Add(Math.Sqrt(Math.Pow(front[i].Values[0] - front[i - 1].Values[0], 2) + Math.Pow(front[i].Values[1] - front[i - 1].Values[1], 2)));
            Assert.Equal(0, front[i].Point[1], 1e-3);
        }

        Assert.True(gaps.Count > 8 && gaps.Max() < 1.4 * gaps.Min(), string.Join(", ", gaps));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Continuation_follows_the_segment_from_end_to_end_where_the_weight_turns_back_too(bool concave)
    {
        var front = ParetoContinuation.Trace(new Bowls(concave), [0.01, 0.02], 1, new ContinuationOptions { Step = 0.02 });
        Assert.Equal(0, front[0].Point[0], 1e-6);
        Assert.InRange(front[^1].Point[0], 0.97, 1 + 1e-9);
        for (var i = 1; i < front.Count; i++)
        {
            Assert.True(front[i].Point[0] > front[i - 1].Point[0]);
            Assert.InRange(front[i].Point[0] - front[i - 1].Point[0], 1e-4, 0.021);
            Assert.Equal(0, front[i].Point[1], 1e-7);
        }
    }

    [Fact]
    public void Continuation_of_two_quadratics_has_the_known_minima_of_their_weighted_sums()
    {
        // x_j(w) = (w a_j c_j + (1 - w) b_j d_j) / (w a_j + (1 - w) b_j) for sums of a_j (x_j - c_j)^2 and b_j (x_j - d_j)^2.
        var front = ParetoContinuation.Trace(new Quadratics(), [1, 1], 1);
        Assert.True(front.Count > 20);
        foreach (var point in front)
        {
            var w = 4 * (point.Point[0] - 3) / (4 * (point.Point[0] - 3) - 1 * (point.Point[0] - 1)); // a (x - c) w = -b (x - d) (1 - w)
            Assert.Equal((w * 1 * 1 + (1 - w) * 5 * -2) / (w * 1 + (1 - w) * 5), point.Point[1], 1e-6);
        }
    }

    private sealed class Quadratics : IDifferentiableObjectives
    {
        public int Variables => 2;

        public int Objectives => 2;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients)
        {
            values[0] = (x[0] - 1) * (x[0] - 1) + (x[1] - 1) * (x[1] - 1);
            values[1] = 4 * (x[0] - 3) * (x[0] - 3) + 5 * (x[1] + 2) * (x[1] + 2);
            (gradients[0], gradients[1]) = (2 * (x[0] - 1), 2 * (x[1] - 1));
            (gradients[2], gradients[3]) = (8 * (x[0] - 3), 10 * (x[1] + 2));
        }
    }

    [Fact]
    public void Settings_and_numbers_of_objectives_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ReferencePointFront.Compute(new Bowls(false), [1]));
        Assert.Throws<ArgumentException>(() => ReferencePointFront.Compute(new Bowls(false), [1, 1], new ReferencePointOptions { Along = 0 }));
        Assert.Throws<ArgumentException>(() => WeightedSumFront.Compute(new Bowls(false), [1, 1], [[1, -1]]));
        Assert.Throws<ArgumentException>(() => WeightedSumFront.Compute(new Bowls(false), [1, 1], [[1]]));
        Assert.Throws<ArgumentException>(() => WeightedSumFront.Compute(new Bowls(false), [double.NaN, 1], [[1, 1]]));
    }

    /// <summary>Squared distances to (0, 0) and (1, 0); concave: 1 - exp of minus three times those, with a concave middle.</summary>
    private sealed class Bowls(bool concave) : IDifferentiableObjectives
    {
        public int Variables => 2;

        public int Objectives => 2;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients)
        {
            for (var i = 0; i < 2; i++)
            {
                var (d1, d2) = (x[0] - i, x[1]);
                var square = d1 * d1 + d2 * d2;
                values[i] = concave ? 1 - Math.Exp(-3 * square) : square;
                var slope = concave ? 3 * Math.Exp(-3 * square) : 1;
                (gradients[2 * i], gradients[2 * i + 1]) = (2 * d1 * slope, 2 * d2 * slope);
            }
        }
    }
}
