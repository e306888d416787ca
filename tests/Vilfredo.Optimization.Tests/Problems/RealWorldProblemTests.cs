using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

public class RealWorldProblemTests
{
    // What the authors' program (of 2021) gives where variable i (from 1) is at the share frac(0.137 i + 0.291) of its range:
    // objectives, and for CRE the violation of each constraint.
    public static TheoryData<string, double[]> KnownValues => new()
    {
{ "RE21", [2249.3766113510724, 0.019296529113262614] },
        { "RE22", [280.9344, 100.00716672566371] },
        { "RE23", [204089.24149573824, 0.0797340000000002] },
        { "RE24", [3418.098, 0.0] },
        { "RE25", [14.555775001662541, 23822.773743947113] },
        { "RE31", [346.84860758594687, 0.9071368854992807, 346.74860758594684] },
        { "RE32", [58.91542511678921, 0.0014863916145979141, 0.0] },
        { "RE33", [4.012592471689377, 1.8097339711677118, 0.0] },
        { "RE34", [1694.4187254764001, 10.682369456, 0.10526448080000002] },
        { "RE35", [4563.283935136693, 1507.518735438898, 208.51609168476705] },
        { "RE36", [4.977474358974359, 53.0, 0.21814663958654723] },
        { "RE37", [0.3991308376399999, 0.6493106691, 0.8380563493899996] },
        { "RE41", [32.915489904000005, 3.8315977699999997, 12.182578307699998, 0.740786] },
        { "RE42", [-411.60284611939045, 9753.64606844917, 14404.117318346134, 3.0305524468409724] },
        { "RE61", [76016.44299109999, 594.96, 1736335.865167073, 1628265.2427809357, 9917.300479124066, 0.0] },
        { "CRE21", [346.84860758594687, 0.9071368854992807, 346.74860758594684, 0.0, 0.0] },
        { "CRE22", [58.91542511678921, 0.0014863916145979141, 0.0, 0.0, 0.0, 0.0] },
        { "CRE23", [4.012592471689377, 1.8097339711677118, 0.0, 0.0, 0.0, 0.0] },
        { "CRE24", [4563.283935136693, 1507.518735438898, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.9973562458691339, 0.0, 0.0, 207.51873543889792, 0.0] },
        { "CRE25", [4.977474358974359, 53.0, 0.21814663958654723] },
        { "CRE31", [32.915489904000005, 3.8315977699999997, 12.182578307699998, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.740786, 0.0, 0.0, 0.0] },
        { "CRE32", [-411.60284611939045, 9753.64606844917, 14404.117318346134, 0.0, 0.0, 0.0, 0.2671761234739538, 0.0, 0.0, 0.0, 0.0, 2.7633763233670185] },
        { "CRE51", [76016.44299109999, 594.96, 1736335.865167073, 1628265.2427809357, 9917.300479124066, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0] },
    };

    public static TheoryData<string> Names => [.. RealWorldProblem.Names];

    [Theory]
    [MemberData(nameof(KnownValues))]
    public void Values_are_those_of_the_authors_program(string name, double[] expected)
    {
        var problem = new RealWorldProblem(name);
        var (f, g) = Evaluate(problem, AtShares(problem));
        double[] actual = [.. f, .. g.Select(value => Math.Max(0, value))];
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-10 * (1 + Math.Abs(expected[i])));
    }

    [Fact]
    public void The_car_cab_has_the_authors_values_at_given_noise_and_the_same_noise_at_the_same_decisions()
    {
        double[] expected = [32.837999904, 0.56772697445, 21.929096047406254, 0.6532870137125001, 0.8799990460937499, 0.9500895047499999, 0.9521333274999999, 0.9460374977777776, 0.9503548536560509];
        var problem = new RealWorldProblem("re91");
        var (x, f) = (AtShares(problem), new double[9]);
        CarCabin.Evaluate(x, [0.5, -1, 0.3, 0.8], f);
        for (var i = 0; i < 9; i++) Assert.Equal(expected[i], f[i], 1e-11);

        Assert.Equal(Evaluate(problem, x).F, Evaluate(problem, x).F);
        Assert.NotEqual(expected[1], Evaluate(problem, x).F[1]);
        Assert.Equal(expected[0], Evaluate(problem, x).F[0], 1e-11); // the weight is certain
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_first_digit_is_the_number_of_objectives_and_no_value_is_missing(string name)
    {
        var problem = new RealWorldProblem(name);
        Assert.Equal(name.First(char.IsAsciiDigit) - '0', problem.ObjectiveCount);
        Assert.Equal(name[0] == 'C', problem.ConstraintCount > 0);
        Assert.Equal(problem.ObjectiveCount, problem.Ideal.Length);
        Assert.NotEmpty(problem.Title);

        var random = new RandomGenerator(1);
        var x = new double[problem.Space.Count];
        for (var i = 0; i < 200; i++)
        {
            // Inside, then corners of the space.
            problem.Space.Sample(random, x);
            if (i >= 100) problem.Space.FromUnit([.. x.Select(_ => random.NextBoolean() ? 1.0 : 0)], x);
            var (f, g) = Evaluate(problem, x);
            Assert.DoesNotContain(f, double.IsNaN);
            Assert.DoesNotContain(g, double.IsNaN);
        }
    }

    // Both are the same design: the sum of the violations of one is the last objective of the other.
    [Theory]
    [InlineData("RE31", "CRE21")]
    [InlineData("RE32", "CRE22")]
    [InlineData("RE33", "CRE23")]
    [InlineData("RE35", "CRE24")]
    [InlineData("RE36", "CRE25")]
    [InlineData("RE41", "CRE31")]
    [InlineData("RE42", "CRE32")]
    [InlineData("RE61", "CRE51")]
    public void Constraints_of_CRE_add_up_to_the_last_objective_of_RE(string withObjective, string withConstraints)
    {
        var (first, second) = (new RealWorldProblem(withObjective), new RealWorldProblem(withConstraints));
        var x = new double[first.Space.Count];
        var random = new RandomGenerator(1);
        for (var i = 0; i < 50; i++)
        {
            first.Space.Sample(random, x);
            var (f, _) = Evaluate(first, x);
            var (rest, g) = Evaluate(second, x);
            Assert.Equal(f[..^1], rest);
            Assert.Equal(f[^1], g.Sum(value => Math.Max(0, value)), 1e-9 * (1 + f[^1]));
        }
    }

    [Fact]
    public void Published_best_values_are_reached_at_the_bounds_that_formulas_name()
    {
        Assert.Equal(new RealWorldProblem("RE22").Ideal[0], Evaluate(new("RE22"), [0, 0, 40]).F[0], 1e-12); // 29.4 * 0.2
        Assert.Equal(double.PositiveInfinity, Evaluate(new("RE22"), [0, 0, 0]).F[1]);
        Assert.Equal(new RealWorldProblem("RE23").Ideal[0], Evaluate(new("RE23"), [1, 1, 10, 10]).F[0], 1e-9);
        Assert.Equal(new RealWorldProblem("RE24").Ideal[0], Evaluate(new("RE24"), [0.5, 0.5]).F[0]); // 0.5 + 120 * 0.5
        Assert.Equal(new RealWorldProblem("RE34").Ideal[0], Evaluate(new("RE34"), [1, 1, 1, 1, 1]).F[0], 1e-9);
        Assert.Equal(new RealWorldProblem("RE61").Ideal[0], Evaluate(new("RE61"), [0.01, 0.01, 0.01]).F[0], 1e-9);

        // 43 and 49 teeth over 16 and 19: the gear train of the literature.
        Assert.Equal(Math.Abs(6.931 - 43.0 * 49 / (16 * 19)), Evaluate(new("RE36"), [16, 19, 43, 49]).F[0], 1e-12);
    }

    [Fact]
    public void A_search_covers_the_published_range_of_the_four_bar_truss_and_keeps_the_limits_of_the_speed_reducer()
    {
        var truss = new RealWorldProblem("RE21");
        var found = Minimize.Run(truss, Nsga2.For(truss, 1), Termination.AfterEvaluations(20_000)).Population;
        double[] reference = [1.1 * truss.Nadir[0], 1.1 * truss.Nadir[1]];
        var box = (reference[0] - truss.Ideal[0]) * (reference[1] - truss.Ideal[1]);
        Assert.InRange(Hypervolume.Compute(found.Objectives, 2, reference) / box, 0.5, 1);
        // Both ends of the front: every bar as thin as it may be, and as stiff as it may be.
        Assert.Equal(truss.Ideal[0], Evaluate(truss, [1, Math.Sqrt(2), Math.Sqrt(2), 1]).F[0], 1e-9);
        Assert.Equal(truss.Nadir[1], Evaluate(truss, [1, Math.Sqrt(2), Math.Sqrt(2), 1]).F[1], 1e-9);
        Assert.Equal(truss.Ideal[1], Evaluate(truss, [3, 3, Math.Sqrt(2), 3]).F[1], 1e-9);
        Assert.Equal(truss.Nadir[0], Evaluate(truss, [3, 3, Math.Sqrt(2), 3]).F[0], 1e-9);

        var reducer = new RealWorldProblem("CRE24");
        var designs = Minimize.Run(reducer, Nsga2.For(reducer, 1), Termination.AfterEvaluations(10_000)).Population;
        Assert.All(designs.Violations.ToArray(), violation => Assert.Equal(0, violation));
    }

    [Fact]
    public void A_name_that_is_none_is_refused_with_those_that_are()
    {
        Assert.Contains("RE21", Assert.Throws<ArgumentException>(() => new RealWorldProblem("RE26")).Message);
        Assert.Equal(24, RealWorldProblem.Names.Count);
        Assert.Equal("CRE51", TestProblems.Named("cre51").Name);
    }

    private static double[] AtShares(RealWorldProblem problem)
    {
        var x = new double[problem.Space.Count];
        for (var i = 0; i < x.Length; i++) x[i] = (0.137 * (i + 1) + 0.291) % 1;
        problem.Space.FromUnit(x, x);
        return x;
    }

    private static (double[] F, double[] G) Evaluate(RealWorldProblem problem, double[] x)
    {
        var (f, g) = (new double[problem.ObjectiveCount], new double[problem.ConstraintCount]);
        problem.Evaluate(x, 1, f, g);
        return (f, g);
    }
}
