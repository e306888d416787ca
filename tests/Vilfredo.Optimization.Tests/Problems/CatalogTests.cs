using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;
using Vilfredo.Sorting;

namespace Vilfredo.Optimization.Tests.Problems;

public class CatalogTests
{
    public static TheoryData<string> Names => [.. TestProblems.All().Select(p => p.Name)];

    // The range of the feasible ones among the points that the authors published for the RE problem of the same design (corrected data of 2020).
    public static TheoryData<string, double[]> BestOfPublishedFeasiblePoints => new()
    {
        { "CRE21", [0.0041466962, 2199.61443] },
        { "CRE22", [3.9427584, 0.00043904] },
        { "CRE23", [1.27721462, 1.13907204] },
        { "CRE24", [2786.97888, 694.706081] },
        { "CRE25", [7.89473684e-05, 23.0] },
        { "CRE31", [24.141349, 3.5852501, 10.6106444] },
        { "CRE32", [-1927.71023, 4904.67964, 2470.57745] },
        { "CRE51", [63840.2774, 42.5784223, 285346.896, 183749.967, 7.22222222] },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_problem_has_bounds_a_source_an_ideal_and_a_nadir_beyond_it(string name)
    {
        var problem = TestProblems.Named(name);
        Assert.NotEmpty(problem.Source);
        Assert.True(problem.Space.Count > 0);
        Assert.All(problem.Space.Variables.ToArray(), variable => Assert.True(double.IsFinite(variable.Lower) && double.IsFinite(variable.Upper) && variable.Lower <= variable.Upper));
        Assert.Equal(problem.ObjectiveCount, problem.Ideal.Length);
        Assert.Equal(problem.ObjectiveCount, problem.Nadir.Length);
        for (var i = 0; i < problem.ObjectiveCount; i++)
        {
            Assert.True(double.IsFinite(problem.Ideal[i]) && double.IsFinite(problem.Nadir[i]));
            Assert.True(problem.Ideal[i] < problem.Nadir[i], $"objective {i + 1}: {problem.Ideal[i]} to {problem.Nadir[i]}");
        }
    }

    [Theory]
    [InlineData("WeldedBeam")]
    [InlineData("BraninCurrin")]
    [InlineData("WFG3")]
    [InlineData("Knapsack")]
    [InlineData("TravelingSalesman")]
    [InlineData("NK")]
    [InlineData("CRE21")]
    [InlineData("CRE22")]
    [InlineData("CRE23")]
    [InlineData("CRE24")]
    [InlineData("CRE25")]
    [InlineData("CRE31")]
    [InlineData("CRE32")]
    [InlineData("CRE51")]
    public void A_search_finds_nothing_feasible_beyond_the_ideal_point(string name)
    {
        var problem = TestProblems.Named(name);
        var found = Minimize.Run(problem, Nsga2.For(problem, 1234, new() { PopulationSize = 60, EliminateDuplicates = true }), Termination.AfterEvaluations(6_000)).Population;
        var feasible = 0;
        for (var i = 0; i < found.Count; i++)
        {
            if (!found.IsFeasible(i)) continue;
            feasible++;
            for (var j = 0; j < problem.ObjectiveCount; j++) Assert.True(found.ObjectivesOf(i)[j] >= problem.Ideal[j] - 1e-6 * (problem.Nadir[j] - problem.Ideal[j]), $"objective {j + 1}: {found.ObjectivesOf(i)[j]}");
        }

        Assert.True(feasible > 0);
    }

    [Theory]
    [MemberData(nameof(BestOfPublishedFeasiblePoints))]
    public void The_ideal_of_CRE_is_no_worse_than_the_published_feasible_points(string name, double[] best)
    {
        var problem = TestProblems.Named(name);
        for (var j = 0; j < best.Length; j++) Assert.True(problem.Ideal[j] <= best[j] + 1e-6 * Math.Abs(best[j]), $"objective {j + 1}: {problem.Ideal[j]}, published {best[j]}");
    }

    [Fact]
    public void The_ends_of_Branin_Currin_are_at_the_minima_of_its_functions()
    {
        var problem = new BraninCurrin();
        Assert.Equal(10 / (8 * Math.PI), problem.Ideal[0], 12);
        Assert.Equal(3 * (1 - Math.Exp(-0.5)), problem.Ideal[1], 12);
        var f = new double[2];
        foreach (var (u, v) in new[] { (-Math.PI, 12.275), (Math.PI, 2.275), (3 * Math.PI, 2.475) })
        {
            problem.Evaluate([(u + 5) / 15, v / 15], 1, f, []);
            Assert.Equal(problem.Ideal[0], f[0], 9); // all three are minima; the front has the one of the best second value
            Assert.True(f[1] >= problem.Nadir[1] - 1e-12);
        }
    }

    [Fact]
    public void The_nadir_of_WFG3_with_three_objectives_is_that_of_a_dense_grid_of_its_positions_and_distances()
    {
        // Objectives as the paper's definitions give them for distance d and positions p and q, all in [0, 1].
        const int Steps = 24;
        var rows = new List<double>();
        for (var i = 0; i <= Steps; i++)
        {
            for (var j = 0; j <= Steps; j++)
            {
                for (var k = 0; k <= Steps; k++)
                {
                    var (d, p, q) = ((double)i / Steps, (double)j / Steps, (double)k / Steps);
                    var x = d * (q - 0.5) + 0.5;
                    rows.AddRange([d + 2 * p * x, d + 4 * p * (1 - x), d + 6 * (1 - p)]);
                }
            }
        }

        double[] points = [.. rows];
        var ranks = NonDominatedSorting.Rank(points, 3);
        var front = Enumerable.Range(0, ranks.Length).Where(i => ranks[i] == 0).ToArray();
        var problem = new Wfg3(3);
        for (var m = 0; m < 3; m++)
        {
            Assert.Equal(problem.Ideal[m], front.Min(i => points[3 * i + m]), 12);
            Assert.Equal(problem.Nadir[m], front.Max(i => points[3 * i + m]), 12);
        }

        Assert.Empty(new Wfg3(4).Ideal.ToArray());
    }

    [Fact]
    public void Instances_of_few_decisions_have_the_range_of_all_and_others_none()
    {
        foreach (var problem in new TestProblem[] { new Knapsack(8), new NkLandscape(8, 2), new TravelingSalesman(6) })
        {
            var front = problem.SampleFront(1000).Chunk(2).ToArray();
            Assert.Equal([front.Min(row => row[0]), front.Min(row => row[1])], problem.Ideal.ToArray());
            Assert.Equal([front.Max(row => row[0]), front.Max(row => row[1])], problem.Nadir.ToArray());
        }

        Assert.Empty(new Knapsack(100, seed: 2).Ideal.ToArray());
        Assert.Empty(new NkLandscape(31).Nadir.ToArray());
        Assert.Empty(new TravelingSalesman(29).Ideal.ToArray());
    }
}
