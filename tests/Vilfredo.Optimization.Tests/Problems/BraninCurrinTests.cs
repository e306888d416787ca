using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

public class BraninCurrinTests
{
    [Fact]
    public void The_first_objective_has_the_three_minima_of_Branin()
    {
        var f = new double[2];
        foreach (var (u, v) in new[] { (-Math.PI, 12.275), (Math.PI, 2.275), (9.42478, 2.475) })
        {
            new BraninCurrin().Evaluate([(u + 5) / 15, v / 15], 1, f, []);
            Assert.Equal(0.397887, f[0], 1e-5);
        }
    }

    [Fact]
    public void The_second_objective_is_that_of_Currin()
    {
        var f = new double[2];
        new BraninCurrin().Evaluate([0, 0], 1, f, []);
        Assert.Equal(3, f[1]);
        new BraninCurrin().Evaluate([1, 0.5], 1, f, []);
        Assert.Equal((1 - Math.Exp(-1)) * 6352 / 624, f[1], 1e-12);
    }

    [Fact]
    public void A_long_search_comes_close_to_the_maximum_hypervolume_and_not_beyond()
    {
        var problem = new BraninCurrin();
        var result = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 400, Truncation = CrowdingTruncation.OneByOne }), Termination.AfterEvaluations(120_000));
        var volume = Hypervolume.Compute(result.Population.Objectives, 2, [18, 6]);
        Assert.InRange(volume, 0.999 * BraninCurrin.MaximumHypervolume, 1.0001 * BraninCurrin.MaximumHypervolume);
    }
}
