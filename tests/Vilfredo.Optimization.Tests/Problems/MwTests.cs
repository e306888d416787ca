using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

public class MwTests
{
    // Objectives and constraints of pymoo 0.6.2's formulas where variable i (from 1) is at the share frac(0.137 i + 0.291) of its range.
    public static TheoryData<string, double[]> KnownValues => new()
    {
        { "MW1", [0.428, 13.372436813771674, 12.500023537649527] },
        { "MW2", [0.428, 7.673794647261684, 7.063137631200187] },
        { "MW3", [0.428, 6.558567472621999, 5.4866473617447955, -5.836585226811082] },
        { "MW4", [3.1773942355760467, 4.126960328966588, 5.465496072769663, 11.49589677765817] },
        { "MW5", [5.8791093562942764, 12.414518717241892, 186.29633290994997, -188.35208800806956, -186.77611220588884] },
        { "MW6", [4.744230293035714, 10.018071140102428, 64.61126725106809] },
        { "MW7", [2.9902508782822155, 6.3143111052934495, 46.587814798197435, -47.85311220194342] },
        { "MW8", [3.899665307610863, 4.78999042634499, 4.9166757632672775, 61.42829272350519] },
        { "MW9", [5.8791093562942764, 5.480914561935068, 450.20742295852847] },
        { "MW10", [2.400146584809535e-05, 8.10179464719058, -37.23189795866437, 37.23189797975475, 49.01512829031194] },
        { "MW11", [3.8409107424298243, 8.110592168539982, -687.5797848296286, 1553.1721277441684, -80.7566544340058, 80.3115786012978] },
        { "MW12", [5.8791093562942764, 5.964543441124607, -83.4738538357475, 104.55588383555241] },
        { "MW13", [5.158596327200522, 23.981266938111663, -876.3346989558423, 4145.541303292212] },
        { "MW14", [0.642, 0.8474999999999999, 20.843665807194, 17.972519155179246] },
    };

    [Theory]
    [MemberData(nameof(KnownValues))]
    public void Values_are_those_of_another_implementation(string name, double[] expected)
    {
        var problem = TestProblems.Named(name);
        var x = new double[problem.Space.Count];
        for (var i = 0; i < x.Length; i++) x[i] = (0.137 * (i + 1) + 0.291) % 1;
        problem.Space.FromUnit(x, x);
        var (f, g) = (new double[problem.ObjectiveCount], new double[problem.ConstraintCount]);
        problem.Evaluate(x, 1, f, g);
        double[] actual = [.. f, .. g];
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-10 * (1 + Math.Abs(expected[i])));
    }

    // Where every distance variable has its optimum the distance is 1: (i - 1) / n for g2, and so on.
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(13)]
    public void With_optimal_distances_the_curve_without_constraints_is_reached(int number)
    {
        MwCurveProblem problem = number switch { 2 => new Mw2(), 6 => new Mw6(), _ => new Mw13() };
        var x = new double[15];
        for (var i = 1; i < 15; i++) x[i] = i / 15.0;
        x[0] = 0.5;
        var (f, g) = (new double[2], new double[problem.ConstraintCount]);
        problem.Evaluate(x, 1, f, g);
        Assert.Equal(0.5, f[0], 1e-12);
        Assert.Equal(number switch { 2 => 0.5, 6 => Math.Sqrt(1.21 - 0.25), _ => 5 - Math.Exp(0.5) - 0.5 }, f[1], 1e-12);
    }

    [Fact]
    public void Fronts_are_those_of_the_paper_where_they_have_a_form()
    {
        foreach (var point in new Mw2().SampleFront(50).Chunk(2)) Assert.Equal(1, point.Sum(), 1e-12);
        foreach (var point in new Mw4().SampleFront(50).Chunk(3)) Assert.Equal(1, point.Sum(), 1e-12);
        foreach (var point in new Mw6().SampleFront(50).Chunk(2)) Assert.Equal(1.21, point.Sum(f => f * f), 1e-9);
        foreach (var point in new Mw8().SampleFront(50).Chunk(3))
        {
            Assert.Equal(1, point.Sum(f => f * f), 1e-12);
            Assert.InRange(Math.Abs(Math.Sin(6 * Math.Asin(point[2]))), 0, Math.Sqrt(0.5) + 1e-12);
        }

        // Single points of MW5 on the unit circle, such as where 6 fold^3 = pi.
        var half = 0.5 * Math.Cbrt(Math.PI / 6);
        Assert.Contains(new Mw5().SampleFront(4_000).Chunk(2), f => Math.Abs(f[0] - Math.Cos(half)) < 1e-9 && Math.Abs(f[1] - Math.Sin(half)) < 1e-9);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Equal(15, new Mw1().Space.Count);
        Assert.Equal(15, new Mw4().Space.Count);
        Assert.Equal(Math.Sqrt(2), new Mw11().Space.Variables[0].Upper);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mw1(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mw8(1));
    }
}
