using CsCheck;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Tests.Evolutionary;

/// <summary>Orders of items as decisions, and the operators on them.</summary>
public class PermutationTests
{
    // The two parents of the worked examples of Eiben and Smith, "Introduction to evolutionary computing", 2nd edition, section 4.5, numbered from 0 here.
    private static readonly int[] First = [0, 1, 2, 3, 4, 5, 6, 7, 8], Second = [8, 2, 6, 7, 1, 5, 4, 0, 3];

    private static readonly Gen<int[]> Orders = Gen.Int[2, 12].SelectMany(n => Gen.Shuffle(Enumerable.Range(0, n).ToArray()));

    [Fact]
    public void Order_crossover_gives_the_child_of_the_textbook()
    {
        var child = new int[9];
        OrderCrossover.Child(First, Second, 3, 7, child);
        Assert.Equal([2, 7, 1, 3, 4, 5, 6, 0, 8], child);
    }

    [Fact]
    public void Partially_mapped_crossover_gives_the_child_of_the_textbook()
    {
        var child = new int[9];
        PartiallyMappedCrossover.Child(First, Second, 3, 7, child);
        Assert.Equal([8, 2, 1, 3, 4, 5, 6, 0, 7], child);
    }

    [Fact]
    public void Every_operator_keeps_permutations_and_equal_parents_have_equal_children_but_for_edges()
    {
        Orders.SelectMany(a => Gen.Shuffle(a.ToArray()), (a, b) => (a, b)).Select(Gen.ULong).Sample(drawn =>
        {
            var ((a, b), seed) = drawn;
            var space = DecisionSpace.Permutation(a.Length);
            foreach (var crossover in Crossovers(space))
            {
                var (first, second) = Children(space, crossover, a, b, seed);
                if (!IsPermutation(first) || !IsPermutation(second)) return false;
                (first, second) = Children(space, crossover, a, a, seed);
                if (crossover is not EdgeRecombinationCrossover && !(first.SequenceEqual(a) && second.SequenceEqual(a))) return false;
                // Equal parents leave a tour no edges but theirs.
                if (crossover is EdgeRecombinationCrossover && !Edges(first).SetEquals(Edges(a))) return false;
            }

            return Mutations(space, 1).All(mutation => Mutated(space, mutation, a, seed) is var child && IsPermutation(child) && (a.Length == 1 || !child.SequenceEqual(a)));
        });
    }

    [Fact]
    public void Edge_recombination_takes_edges_of_the_parents_nearly_always()
    {
        var space = DecisionSpace.Permutation(30);
        var random = new RandomGenerator(7);
        var (inherited, all) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            var (a, b) = (Shuffled(30, random), Shuffled(30, random));
            var (first, _) = Children(space, new EdgeRecombinationCrossover(space), a, b, (ulong)i);
            var known = Edges(a).Union(Edges(b)).ToHashSet();
            inherited += Edges(first).Count(known.Contains);
            all += 30;
        }

        // Whitley et al. report that about 95% and more of the edges are the parents'.
        Assert.InRange((double)inherited / all, 0.93, 1);
    }

    [Fact]
    public void Order_crossover_keeps_a_stretch_of_the_one_parent_and_the_order_of_the_other() => Orders.Select(Gen.Int[0, 100], Gen.Int[0, 100]).Sample((a, x, y) =>
    {
        var (start, end) = (Math.Min(x % a.Length, y % a.Length), Math.Max(x % a.Length, y % a.Length) + 1);
        var b = a.Reverse().ToArray();
        var child = new int[a.Length];
        OrderCrossover.Child(a, b, start, end, child);
        var kept = a[start..end];
        int[] rest = [.. child.AsSpan(end), .. child.AsSpan(0, start)];
        int[] others = [.. b.AsSpan(end), .. b.AsSpan(0, end)];
        return child.AsSpan(start, end - start).SequenceEqual(kept) && rest.SequenceEqual(others.Where(item => !kept.Contains(item)));
    });

    // With n = 4 there are 6 swaps, 6 stretches and 9 different insertions (neighbours change places from both sides).
    [Theory]
    [InlineData(PermutationMutation.Swap, 6, 6)]
    [InlineData(PermutationMutation.Inversion, 6, 6)]
    [InlineData(PermutationMutation.Insertion, 9, 12)]
    public void Every_change_is_equally_likely(PermutationMutation kind, int different, int ways)
    {
        var space = DecisionSpace.Permutation(4);
        IMutation mutation = kind switch
        {
            PermutationMutation.Swap => new SwapMutation(space, 1),
            PermutationMutation.Inversion => new InversionMutation(space, 1),
            _ => new InsertionMutation(space, 1),
        };
        const int Draws = 24_000;
        var random = new RandomGenerator(3);
        var counts = new Dictionary<string, int>();
        var point = new double[4];
        for (var i = 0; i < Draws; i++)
        {
            space.Orders[0].Write([0, 1, 2, 3], point);
            mutation.Mutate(point, random);
            var key = string.Join(' ', space.Orders[0].Of(point));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(different, counts.Count);
        // Of the insertions those that exchange neighbours happen in two ways.
        foreach (var count in counts.Values)
        {
            var expected = Draws / (double)ways * (kind == PermutationMutation.Insertion && count > 1.5 * Draws / ways ? 2 : 1);
            Assert.InRange(count, expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected));
        }
    }

    [Fact]
    public void Random_orders_are_uniform_and_equal_orders_have_equal_keys()
    {
        var space = DecisionSpace.Permutation(3);
        var random = new RandomGenerator(5);
        var keys = new Dictionary<string, HashSet<string>>();
        var counts = new Dictionary<string, int>();
        var point = new double[3];
        for (var i = 0; i < 6_000; i++)
        {
            space.Sample(random, point);
            var order = string.Join(' ', space.Orders[0].Of(point));
            counts[order] = counts.GetValueOrDefault(order) + 1;
            keys.TryAdd(order, []);
            keys[order].Add(string.Join(' ', point));
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
        Assert.All(keys.Values, spellings => Assert.Single(spellings));
    }

    [Fact]
    public void Reading_what_was_written_gives_the_order_back_and_any_keys_stand_for_their_sorted_order()
    {
        Orders.Sample(items =>
        {
            var space = DecisionSpace.Permutation(items.Length);
            var point = new double[items.Length];
            space.Orders[0].Write(items, point);
            return space.Contains(point) && space.Orders[0].Of(point).SequenceEqual(items);
        });
        Gen.Double[0, 1].Array[1, 9].Sample(keys =>
            DecisionSpace.Permutation(keys.Length).Orders[0].Of(keys).SequenceEqual(Enumerable.Range(0, keys.Length).OrderBy(i => keys[i])));
        Assert.Throws<ArgumentException>(() => DecisionSpace.Permutation(3).Orders[0].Write([0, 1, 1], new double[3]));
        Assert.Throws<ArgumentException>(() => DecisionSpace.Permutation(3).Orders[0].Write([0, 1, 3], new double[3]));
    }

    [Theory]
    [InlineData(PermutationCrossover.Order, PermutationMutation.Inversion)]
    [InlineData(PermutationCrossover.PartiallyMapped, PermutationMutation.Swap)]
    [InlineData(PermutationCrossover.EdgeRecombination, PermutationMutation.Insertion)]
    public void NSGA_II_finds_the_whole_front_of_seven_cities(PermutationCrossover crossover, PermutationMutation mutation)
    {
        var problem = new TravelingSalesman(7);
        var options = new Nsga2Options
        {
            PopulationSize = 60,
            EliminateDuplicates = true,
            Variation = new() { PermutationCrossover = crossover, PermutationMutation = mutation },
        };
        var found = Minimize.Run(problem, Nsga2.For(problem, 1, options), Termination.AfterEvaluations(6_000)).Frontier;
        static string Key(ReadOnlySpan<double> f) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{f[0]:F9} {f[1]:F9}");
        var reached = Enumerable.Range(0, found.Count).Select(i => Key(found.ObjectivesOf(i))).ToHashSet();
        Assert.Equal(problem.SampleFront(10_000).Chunk(2).Select(f => Key(f)).ToHashSet(), reached);
    }

    [Fact]
    public void Every_algorithm_that_searches_real_numbers_searches_orders_too()
    {
        var problem = new TravelingSalesman(8);
        IOptimizer[] optimizers =
        [
            Nsga3.For(problem, 1, new()), SmsEmoa.For(problem, 1), Spea2.For(problem, 1), AgeMoea2.For(problem, 1), Moead.For(problem, 1, new() { Weights = MoeadOptions.LatticeOf(2, 50) }),
            Gde3.For(problem, 1), Mopso.For(problem, 1), Ctaea.For(problem, 1),
        ];
        var random = Minimize.Run(problem, new SamplingOptimizer(new RandomSampler(problem.Space, 1), 2, 0), Termination.AfterEvaluations(4_000)).Frontier;
        var shortest = Enumerable.Range(0, random.Count).Min(i => random.ObjectivesOf(i)[0] + random.ObjectivesOf(i)[1]);
        foreach (var optimizer in optimizers)
        {
            var found = Minimize.Run(problem, optimizer, Termination.AfterEvaluations(4_000)).Frontier;
            Assert.True(Enumerable.Range(0, found.Count).Min(i => found.ObjectivesOf(i)[0] + found.ObjectivesOf(i)[1]) <= shortest * 1.05, optimizer.GetType().Name);
        }
    }

    // Real, integer, binary and ordered variables together: each has an optimum of its own that must be found with the others'.
    [Fact]
    public void A_mixed_space_of_all_kinds_is_searched_by_one_algorithm()
    {
        var space = new DecisionSpace([Variable.Real("x", 0, 1), Variable.Integer("n", -5, 5), Variable.Binary("b"), Variable.Categorical("c", 4), .. Variable.Keys("order", 5)]);
        var problem = new FunctionProblem("mixed", space, 2, (x, f, _) =>
        {
            var order = space.Orders[0].Of(x);
            var misplaced = Enumerable.Range(0, 5).Count(i => order[i] != 4 - i);
            var common = Math.Abs(x[1] - 3) + x[2] + (x[3] == 2 ? 0 : 1) + misplaced;
            f[0] = x[0] + common;
            f[1] = 1 - x[0] + common;
        });
        var found = Minimize.Run(problem, Nsga2.For(problem, 2, new() { PopulationSize = 40 }), Termination.AfterEvaluations(8_000)).Frontier;
        Assert.All(Enumerable.Range(0, found.Count), i => Assert.Equal(1, found.ObjectivesOf(i)[0] + found.ObjectivesOf(i)[1], 1e-9));
        Assert.InRange(found.Count, 20, 40);
    }

    [Fact]
    public void Filters_on_orders_hold_for_every_child()
    {
        var plain = DecisionSpace.Permutation(6);
        var space = plain.WithFilter(x => Array.IndexOf(plain.Orders[0].Of(x), 0) < Array.IndexOf(plain.Orders[0].Of(x), 5));
        var problem = new FunctionProblem("precedence", space, 2, (x, f, _) =>
        {
            var order = space.Orders[0].Of(x);
            Assert.True(Array.IndexOf(order, 0) < Array.IndexOf(order, 5));
            (f[0], f[1]) = (Array.IndexOf(order, 1), Array.IndexOf(order, 5));
        });
        var found = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 20 }), Termination.AfterEvaluations(600)).Frontier;
        // Item 5 can come second at the earliest, and then item 1 third, unless 1 comes first of all and 5 third.
        Assert.Equal(["0 2", "2 1"], Enumerable.Range(0, found.Count).Select(i => $"{found.ObjectivesOf(i)[0]} {found.ObjectivesOf(i)[1]}").Distinct().Order());
    }

    [Fact]
    public void What_cannot_be_an_order_is_refused()
    {
        var keys = Variable.Keys("a", 3);
        Assert.Contains("next to each other", Assert.Throws<ArgumentException>(() => new DecisionSpace([keys[0], Variable.Real("x", 0, 1), keys[1]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Variable.Keys("a", 0));
        Assert.Contains("order 'key'", Assert.Throws<ArgumentException>(() => new GridSampler(DecisionSpace.Permutation(3), 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MoCmaEs.For(new TravelingSalesman(5), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwapMutation(DecisionSpace.Permutation(3), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Reproduction(DecisionSpace.Permutation(3), new() { PermutationCrossover = (PermutationCrossover)9 }));
    }

    private static ICrossover[] Crossovers(DecisionSpace space) => [new OrderCrossover(space), new PartiallyMappedCrossover(space), new EdgeRecombinationCrossover(space)];

    private static IMutation[] Mutations(DecisionSpace space, double probability) =>
        [new InversionMutation(space, probability), new InsertionMutation(space, probability), new SwapMutation(space, probability)];

    private static (int[] First, int[] Second) Children(DecisionSpace space, ICrossover crossover, int[] a, int[] b, ulong seed)
    {
        var order = space.Orders[0];
        var (x, y) = (new double[a.Length], new double[a.Length]);
        order.Write(a, x);
        order.Write(b, y);
        var (first, second) = (x.ToArray(), y.ToArray());
        crossover.Cross(x, y, first, second, new RandomGenerator(seed));
        return (order.Of(first), order.Of(second));
    }

    private static int[] Mutated(DecisionSpace space, IMutation mutation, int[] a, ulong seed)
    {
        var x = new double[a.Length];
        space.Orders[0].Write(a, x);
        mutation.Mutate(x, new RandomGenerator(seed));
        return space.Orders[0].Of(x);
    }

    private static bool IsPermutation(int[] order) => order.Order().SequenceEqual(Enumerable.Range(0, order.Length));

    private static HashSet<(int, int)> Edges(int[] tour) =>
        [.. Enumerable.Range(0, tour.Length).Select(i => (tour[i], tour[(i + 1) % tour.Length])).Select(e => (Math.Min(e.Item1, e.Item2), Math.Max(e.Item1, e.Item2)))];

    private static int[] Shuffled(int count, RandomGenerator random)
    {
        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle(order.AsSpan());
        return order;
    }
}
