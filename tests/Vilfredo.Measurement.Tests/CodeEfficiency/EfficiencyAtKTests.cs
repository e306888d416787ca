using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class EfficiencyAtKTests
{
    private static readonly BootstrapOptions Few = new() { Resamples = 200 };

    private static readonly ProblemScores[] Problems =
    [
        new("a", [0, 1.2, 0.4, 0], 3), // one right sample timed out on every level
        new("b", [0, 0, 0, 0, 0], 0),
        new("c", [1, 1, 1, 0.5], 4),
    ];

    [Fact]
    public void The_value_is_the_mean_over_problems_whatever_their_numbers_of_samples()
    {
        var points = EfficiencyAtK.Evaluate(Problems, [100, 4, 1, 1], new RandomGenerator(1), Few);
        Assert.Equal([1, 4], points.Select(point => point.K));
        Assert.Equal((0.4 + 0 + 0.875) / 3, points[0].Efficiency.Estimate, 1e-12);
        Assert.Equal((0.75 + 0 + 1) / 3, points[0].Pass.Estimate, 1e-12);
        Assert.Equal((1.2 + 0 + 1) / 3, points[1].Efficiency.Estimate, 1e-12);
        Assert.All(points, point => Assert.True(point.Efficiency.Contains(point.Efficiency.Estimate)));
    }

    [Fact]
    public void Impossible_data_is_refused_by_name()
    {
        string Message(params ProblemScores[] problems) =>
            Assert.ThrowsAny<ArgumentException>(() => EfficiencyAtK.Evaluate(problems, [1], new RandomGenerator(1), Few)).Message;
        Assert.StartsWith("There are no problems", Message(), StringComparison.Ordinal);
        Assert.StartsWith("Problem 'p' has no samples", Message(new ProblemScores("p", [], 0)), StringComparison.Ordinal);
        Assert.StartsWith("Problem 'p' has a score of -1", Message(new ProblemScores("p", [-1], 1)), StringComparison.Ordinal);
        Assert.StartsWith("Problem 'p' has more scores above 0", Message(new ProblemScores("p", [1], 0)), StringComparison.Ordinal);
        Assert.StartsWith("Problem 'p' has 3 right samples", Message(new ProblemScores("p", [1], 3)), StringComparison.Ordinal);
        Assert.StartsWith("Two problems are named 'a'", Message(Problems[0], Problems[0]), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => EfficiencyAtK.Evaluate(Problems, [5], new RandomGenerator(1), Few));
        Assert.Throws<ArgumentOutOfRangeException>(() => EfficiencyAtK.Evaluate(Problems, [0, 1], new RandomGenerator(1), Few));
    }
}
