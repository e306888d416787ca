using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

public class DtlzVariantTests
{
    [Fact]
    public void C1_DTLZ1_is_feasible_below_its_plane()
    {
        // x = 1/2 throughout: on the front, f = (1/8, 1/8, 1/4), where 1/8 / 0.5 twice and 1/4 / 0.6 are 11/12.
        Assert.Equal(11.0 / 12 - 1, Evaluate(new C1Dtlz1(), 0.5, 0.5, 0.5).G[0], 1e-12);
        Assert.True(Evaluate(new C1Dtlz1(), 0.5, 0.5, 0.3).G[0] > 0);
    }

    [Fact]
    public void C1_DTLZ3_is_infeasible_between_its_spheres()
    {
        // One distance variable at 0.5 + d adds 100 (d^2 + 1 - cos(20 pi d)); d = 0.2 gives g = 4, radius 5.
        var (f, g) = Evaluate(new C1Dtlz3(3, 3), 0, 0, 0.7);
        Assert.Equal(5, f[0], 1e-9);
        Assert.Equal(-(25 - 16) * (25 - 81), g[0], 1e-6);
        Assert.Equal(-(1 - 16) * (1 - 81.0), Evaluate(new C1Dtlz3(3, 3), 0, 0, 0.5).G[0], 1e-9);
    }

    [Fact]
    public void C2_DTLZ2_is_feasible_near_corners_and_middle()
    {
        Assert.Equal(-0.16, Evaluate(new C2Dtlz2(), 0, 0, 0.5).G[0], 1e-12); // f = (1, 0, 0)
        Assert.Equal(-0.04, Evaluate(new C2Dtlz2(2), 0.5, 0.5, 0.5).G[0], 1e-12); // in the middle of a quarter circle
        // A quarter of the way along one: sin 22.5 degrees is 0.3827, so the nearest point is a chord of 22.5 degrees away.
        Assert.Equal(Math.Pow(2 * Math.Sin(Math.PI / 16), 2) - 0.04, Evaluate(new C2Dtlz2(2), 0.25, 0.5, 0.5).G[0], 1e-12);
    }

    [Fact]
    public void C3_problems_are_feasible_from_their_fronts_on()
    {
        // DTLZ1 in the middle of its front has f = (1/8, 1/8, 1/4), of sum 1/2: too near by 1 - 1/2 - f.
        var g = Evaluate(new C3Dtlz1(), 0.5, 0.5, 0.5).G;
        Assert.Equal([0.375, 0.375, 0.25], g.Select(value => Math.Round(value, 12)));
        Assert.Equal([0.75, 0, 0], Evaluate(new C3Dtlz4(), 0, 0, 0.5).G); // f = (1, 0, 0)

        foreach (var f in new C3Dtlz1().SampleFront(60).Chunk(3)) Assert.Equal(0, f.Max(value => 1 - f.Sum() - value), 1e-12);
        foreach (var f in new C3Dtlz4().SampleFront(60).Chunk(3)) Assert.Equal(0, f.Max(value => 1 - f.Sum(v => v * v) + 0.75 * value * value), 1e-12);
    }

    [Fact]
    public void Inverted_problems_turn_objectives_round()
    {
        var f = Evaluate(new InvertedDtlz1(), 0.5, 0.5, 0.5).F; // 1/2 less (1/8, 1/8, 1/4)
        Assert.Equal([0.375, 0.375, 0.25], f.Select(value => Math.Round(value, 12)));
        Assert.Equal([0.0, 1, 1], Evaluate(new InvertedDtlz2(), 0, 0, 0.5).F.Select(value => Math.Round(value, 12)));
        foreach (var point in new InvertedDtlz1(4).SampleFront(60).Chunk(4)) Assert.Equal(1.5, point.Sum(), 1e-12);
        foreach (var point in new InvertedDtlz2(4).SampleFront(60).Chunk(4)) Assert.Equal(1, point.Sum(value => (1 - value) * (1 - value)), 1e-12);
    }

    [Fact]
    public void There_is_one_constraint_or_one_for_each_objective()
    {
        Assert.Equal(1, new C2Dtlz2(5).ConstraintCount);
        Assert.Equal(5, new C3Dtlz1(5).ConstraintCount);
        Assert.Equal(5, new C3Dtlz4(5).ConstraintCount);
        Assert.Equal(0, new InvertedDtlz1(5).ConstraintCount);
        Assert.Equal("C1-DTLZ3", TestProblems.Named("c1-dtlz3").Name);
    }

    // The first two position variables, and all others at one value.
    private static (double[] F, double[] G) Evaluate(TestProblem problem, double first, double second, double others)
    {
        var x = new double[problem.Space.Count];
        x.AsSpan().Fill(others);
        (x[0], x[1]) = (first, second);
        var (f, g) = (new double[problem.ObjectiveCount], new double[problem.ConstraintCount]);
        problem.Evaluate(x, 1, f, g);
        return (f, g);
    }
}
