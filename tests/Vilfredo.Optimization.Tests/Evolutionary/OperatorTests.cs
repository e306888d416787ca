using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class OperatorTests
{
    [Fact]
    public void Far_from_the_bounds_the_mean_of_two_children_is_the_mean_of_their_parents()
    {
        var (first, second) = CrossMany(DecisionSpace.Continuous(70, -1e6, 1e6), 20, 1, (_, j) => j, (_, j) => j + 1, 200);
        for (var i = 0; i < first.Length; i++) Assert.Equal(2 * (i % 70) + 1, first[i] + second[i], 8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(7.5)]
    public void The_spread_factor_has_the_distribution_of_the_paper(double eta)
    {
        // P(beta <= b) = b^(eta + 1) / 2 up to 1, then 1 - b^-(eta + 1) / 2.
        var (first, second) = CrossMany(DecisionSpace.Continuous(50, -1e9, 1e9), eta, 2, (_, _) => -0.5, (_, _) => 0.5, 2_000);
        var spread = first.Zip(second, (a, b) => Math.Abs(a - b)).Where(beta => beta != 1).Order().ToArray();
        Assert.InRange(spread.Length, 49_000, 51_000); // each variable is crossed with probability 1/2
        var largest = 0.0;
        for (var i = 0; i < spread.Length; i++)
        {
            var power = Math.Pow(spread[i], eta + 1);
            var expected = spread[i] <= 1 ? power / 2 : 1 - 1 / (2 * power);
            largest = Math.Max(largest, Math.Abs(expected - (i + 0.5) / spread.Length));
        }

        Assert.InRange(largest, 0, 1.95 / Math.Sqrt(spread.Length)); // Kolmogorov-Smirnov, level 0.001
    }

    [Fact]
    public void Children_stay_inside_the_bounds_and_reach_their_neighbourhood()
    {
        var (first, second) = CrossMany(DecisionSpace.Continuous(10, 0, 1), 1, 3, (_, _) => 0.02, (_, _) => 0.7, 5_000);
        Assert.All(first.Concat(second), x => Assert.InRange(x, 0, 1));
        Assert.True(first.Min() < 0.001 && first.Max() > 0.98);
    }

    [Fact]
    public void A_child_is_as_often_near_the_one_parent_as_near_the_other()
    {
        var (first, _) = CrossMany(DecisionSpace.Continuous(10, -100, 100), 20, 4, (_, _) => 0, (_, _) => 1, 5_000);
        var crossed = first.Where(x => x != 0).ToArray();
        Assert.InRange(crossed.Average(), 0.48, 0.52);
    }

    [Fact]
    public void Equal_parents_have_equal_children()
    {
        var (first, second) = CrossMany(DecisionSpace.Continuous(5, 0, 1), 2, 5, (_, j) => j / 5.0, (_, j) => j / 5.0, 100);
        for (var i = 0; i < first.Length; i++) Assert.Equal((i % 5 / 5.0, i % 5 / 5.0), (first[i], second[i]));
    }

    [Fact]
    public void Integer_children_are_whole_inside_the_bounds_and_reach_them()
    {
        var space = new DecisionSpace([.. Enumerable.Range(0, 8).Select(i => Variable.Integer($"i{i}", 0, 3))]);
        var (first, second) = CrossMany(space, 1, 6, (_, _) => 1, (_, _) => 2, 4_000);
        var counts = first.Concat(second).GroupBy(x => x).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal([0, 1, 2, 3], counts.Keys.Order());
        Assert.InRange((double)counts[0] / counts[3], 0.93, 1.07);
        Assert.InRange((double)counts[1] / counts[2], 0.97, 1.03);
    }

    [Fact]
    public void Numbers_and_categories_are_left_to_their_own_operators()
    {
        var space = new DecisionSpace([Variable.Real("r", 0, 1), Variable.Categorical("c", 5), Variable.Real("fixed", 3, 3)]);
        var random = new RandomGenerator(1);
        double[] a = [0.2, 1, 3], b = [0.8, 4, 3];
        for (var i = 0; i < 100; i++)
        {
            var (c, d) = ((double[])a.Clone(), (double[])b.Clone());
            new SimulatedBinaryCrossover(space).Cross(a, b, c, d, random);
            new PolynomialMutation(space, 1).Mutate(c, random);
            Assert.Equal((1, 3, 4, 3), (c[1], c[2], d[1], d[2]));
            new UniformCrossover(space).Cross(a, b, c, d, random);
            new ResetMutation(space, 1).Mutate(d, random);
            Assert.NotEqual(0.2, c[0]);
            Assert.Equal((3, 3), (c[2], d[2]));
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(0)]
    public void Each_variable_is_mutated_with_the_given_probability(double probability)
    {
        var space = DecisionSpace.Continuous(40, 0, 1);
        var mutation = new PolynomialMutation(space, probability);
        var random = new RandomGenerator(7);
        var counts = new int[40];
        for (var i = 0; i < 5_000; i++)
        {
            var x = Enumerable.Repeat(0.5, 40).ToArray();
            mutation.Mutate(x, random);
            for (var j = 0; j < 40; j++)
            {
                if (x[j] != 0.5) counts[j]++;
            }
        }

        var deviation = 4.5 * Math.Sqrt(5_000 * probability * (1 - probability));
        Assert.All(counts, n => Assert.InRange(n, 5_000 * probability - deviation, 5_000 * probability + deviation));
    }

    [Fact]
    public void Polynomial_mutation_has_the_distribution_of_the_paper()
    {
        // Far from the bounds delta has the distribution function (1 - |delta|)^(eta + 1) / 2 below zero, mirrored above;
        // in the middle of the range the bounded form differs by less than 2^-(eta + 1).
        const double Eta = 20;
        var mutation = new PolynomialMutation(DecisionSpace.Continuous(1, 0, 1), 1, Eta);
        var random = new RandomGenerator(8);
        var deltas = new double[20_000];
        var x = new double[1];
        for (var i = 0; i < deltas.Length; i++)
        {
            x[0] = 0.5;
            mutation.Mutate(x, random);
            deltas[i] = x[0] - 0.5;
        }

        Array.Sort(deltas);
        var largest = 0.0;
        for (var i = 0; i < deltas.Length; i++)
        {
            var tail = Math.Pow(1 - Math.Abs(deltas[i]), Eta + 1) / 2;
            largest = Math.Max(largest, Math.Abs((deltas[i] < 0 ? tail : 1 - tail) - (i + 0.5) / deltas.Length));
        }

        Assert.InRange(largest, 0, 1.95 / Math.Sqrt(deltas.Length));
    }

    [Fact]
    public void Mutation_stays_inside_the_bounds_and_leaves_a_bound_half_of_the_time()
    {
        var mutation = new PolynomialMutation(DecisionSpace.Continuous(1, -2, 5), 1, 1);
        var random = new RandomGenerator(9);
        double[] x = [-2];
        var left = 0;
        for (var i = 0; i < 2_000; i++)
        {
            x[0] = -2;
            mutation.Mutate(x, random);
            if (x[0] > -2) left++;
        }

        Assert.InRange(left, 900, 1_100);
        for (var i = 0; i < 5_000; i++)
        {
            mutation.Mutate(x, random);
            Assert.InRange(x[0], -2, 5);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void Mutated_integers_wander_over_all_values_evenly(int values)
    {
        var mutation = new PolynomialMutation(new([Variable.Integer("i", 3, 2 + values)]), 1);
        var random = new RandomGenerator(10);
        var counts = new int[values];
        double[] x = [3];
        var steps = 20_000 * values;
        for (var i = 0; i < steps; i++)
        {
            mutation.Mutate(x, random);
            counts[(int)x[0] - 3]++;
        }

        Assert.All(counts, n => Assert.InRange(n, 0.85 * steps / values, 1.15 * steps / values));
    }

    [Fact]
    public void A_reset_takes_each_other_category_equally_often_and_flips_bits()
    {
        var mutation = new ResetMutation(new([Variable.Categorical("c", 4), Variable.Binary("b")]), 1);
        var random = new RandomGenerator(11);
        var counts = new int[4];
        var x = new double[2];
        for (var i = 0; i < 9_000; i++)
        {
            x[0] = 2;
            var before = x[1];
            mutation.Mutate(x, random);
            counts[(int)x[0]]++;
            Assert.Equal(1 - before, x[1]);
        }

        Assert.Equal(0, counts[2]);
        Assert.All(new[] { 0, 1, 3 }, c => Assert.InRange(counts[c], 2_800, 3_200));
    }

    [Fact]
    public void Uniform_crossover_exchanges_each_variable_half_of_the_time()
    {
        var exchanged = CrossBits(space => new UniformCrossover(space), 100, 2_000);
        Assert.All(exchanged, n => Assert.InRange(n, 880, 1_120));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Point_crossovers_exchange_one_run_of_variables(int points)
    {
        var space = Bits(20);
        var crossover = new PointCrossover(space, points);
        var random = new RandomGenerator(12);
        var (zeros, ones) = (new double[20], Enumerable.Repeat(1.0, 20).ToArray());
        var starts = new HashSet<int>();
        for (var i = 0; i < 500; i++)
        {
            var (c, d) = ((double[])zeros.Clone(), (double[])ones.Clone());
            crossover.Cross(zeros, ones, c, d, random);
            Assert.All(Enumerable.Range(0, 20), j => Assert.Equal(1, c[j] + d[j]));
            var changes = Enumerable.Range(1, 19).Count(j => c[j] != c[j - 1]);
            Assert.InRange(changes, points == 1 ? 1 : 0, points);
            if (points == 1) Assert.Equal((0, 1), (c[0], c[19]));
            starts.Add(Array.IndexOf(c, 1.0));
        }

        Assert.True(starts.Count >= 19);
    }

    [Fact]
    public void A_pair_is_recombined_with_the_given_probability()
    {
        var space = DecisionSpace.Continuous(64, 0, 1);
        var reproduction = new Reproduction(space, new() { CrossoverProbability = 0.7, MutationProbability = 0 });
        var random = new RandomGenerator(13);
        var (a, b, c, d) = (new double[64], new double[64], new double[64], new double[64]);
        a.AsSpan().Fill(0.3);
        b.AsSpan().Fill(0.6);
        var recombined = 0;
        for (var i = 0; i < 4_000; i++)
        {
            reproduction.Reproduce(a, b, c, d, random);
            if (!c.AsSpan().SequenceEqual(a)) recombined++;
        }

        Assert.InRange(recombined, 2_680, 2_920);
    }

    [Fact]
    public void By_default_one_free_variable_is_mutated_on_average()
    {
        var space = new DecisionSpace(
            [Variable.Real("r", 0, 1), Variable.Integer("i", 0, 100), Variable.Categorical("c", 9), Variable.Binary("b"), Variable.Real("fixed", 0, 0)]);
        var reproduction = new Reproduction(space, new() { CrossoverProbability = 0 });
        var random = new RandomGenerator(14);
        double[] parent = [0.5, 50, 4, 1, 0];
        var (c, d) = (new double[5], new double[5]);
        var changed = 0;
        for (var i = 0; i < 4_000; i++)
        {
            reproduction.Reproduce(parent, parent, c, d, random);
            changed += parent.Zip(c).Count(pair => pair.First != pair.Second);
        }

        Assert.InRange(changed, 3_750, 4_250);
    }

    [Fact]
    public void Every_child_satisfies_the_filter_even_where_operators_hardly_ever_do()
    {
        // A thin band around a diagonal of ten variables.
        var space = DecisionSpace.Continuous(10, 0, 1).WithFilter(
            x =>
            {
                for (var j = 1; j < x.Length; j++)
                {
                    if (Math.Abs(x[j] - x[0]) > 1e-3) return false;
                }

                return true;
            });
        var reproduction = new Reproduction(space);
        var random = new RandomGenerator(15);
        var (a, b, c, d) = (new double[10], new double[10], new double[10], new double[10]);
        a.AsSpan().Fill(0.2);
        b.AsSpan().Fill(0.7);
        for (var i = 0; i < 50; i++)
        {
            reproduction.Reproduce(a, b, c, d, random);
            Assert.True(space.Satisfies(c) && space.Satisfies(d) && space.Contains(c) && space.Contains(d));
        }

        a.AsSpan().Fill(0.2);
        a[3] = 0.9; // parents that the filter refuses
        reproduction.Reproduce(a, a, c, d, random);
        Assert.True(space.Satisfies(c) && space.Satisfies(d));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        var space = DecisionSpace.Continuous(2, 0, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatedBinaryCrossover(space, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialMutation(space, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialMutation(space, 0.5, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointCrossover(space, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Reproduction(space, new() { CrossoverProbability = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Reproduction(Bits(3), new() { CrossoverDistributionIndex = -2 }));
        Assert.Throws<ArgumentException>(() => new Reproduction(space).Reproduce([1], [1, 1], new double[2], new double[2], new(1)));
    }

    [Fact]
    public void Fast_powers_agree_with_the_exact_ones()
    {
        var random = new RandomGenerator(16);
        for (var i = 0; i < 20_000; i++)
        {
            var x = Math.Exp(random.NextDouble(-12, 12));
            var y = random.NextDouble(-30, 30);
            AssertClose(Math.Pow(x, y), VectorPower.Power(System.Runtime.Intrinsics.Vector256.Create(x), System.Runtime.Intrinsics.Vector256.Create(y))[i % 4], y);
            var whole = 1 + i % 50;
            AssertClose(Math.Pow(x, whole), VectorPower.Power(System.Runtime.Intrinsics.Vector256.Create(x), whole)[i % 4], whole);
        }

        static void AssertClose(double expected, double actual, double exponent) =>
            Assert.InRange(actual / expected, 1 - 1e-12 * (1 + Math.Abs(exponent)), 1 + 1e-12 * (1 + Math.Abs(exponent)));
    }

    private static DecisionSpace Bits(int count) => new([.. Enumerable.Range(0, count).Select(i => Variable.Binary($"b{i}"))]);

    private static int[] CrossBits(Func<DecisionSpace, ICrossover> create, int count, int repeats)
    {
        var crossover = create(Bits(count));
        var random = new RandomGenerator(17);
        var (zeros, ones) = (new double[count], Enumerable.Repeat(1.0, count).ToArray());
        var exchanged = new int[count];
        for (var i = 0; i < repeats; i++)
        {
            var (c, d) = ((double[])zeros.Clone(), (double[])ones.Clone());
            crossover.Cross(zeros, ones, c, d, random);
            for (var j = 0; j < count; j++)
            {
                Assert.Equal(1, c[j] + d[j]);
                exchanged[j] += (int)c[j];
            }
        }

        return exchanged;
    }

    private static (double[] First, double[] Second) CrossMany(
        DecisionSpace space, double eta, ulong seed, Func<int, int, double> first, Func<int, int, double> second, int repeats)
    {
        var n = space.Count;
        var crossover = new SimulatedBinaryCrossover(space, eta);
        var random = new RandomGenerator(seed);
        var (firsts, seconds) = (new double[n * repeats], new double[n * repeats]);
        for (var i = 0; i < repeats; i++)
        {
            var a = Enumerable.Range(0, n).Select(j => first(i, j)).ToArray();
            var b = Enumerable.Range(0, n).Select(j => second(i, j)).ToArray();
            a.CopyTo(firsts, i * n);
            b.CopyTo(seconds, i * n);
            crossover.Cross(a, b, firsts.AsSpan(i * n, n), seconds.AsSpan(i * n, n), random);
        }

        return (firsts, seconds);
    }
}
