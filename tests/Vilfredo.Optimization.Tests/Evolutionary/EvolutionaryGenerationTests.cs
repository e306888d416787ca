using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class EvolutionaryGenerationTests
{
    [Fact]
    public void A_child_depends_on_seed_number_index_and_parents_only()
    {
        var problem = new Zdt1(5);
        var generation = Advance(problem, EvolutionaryGeneration.First(problem.Space, 2, 0, 7, new Nsga2Options { PopulationSize = 10 }), 3);
        var again = Advance(problem, EvolutionaryGeneration.First(problem.Space, 2, 0, 7, new Nsga2Options { PopulationSize = 10 }), 3);
        var forward = Enumerable.Range(0, 25).Select(i => Propose(generation, i)).ToArray();
        var children = new double[25][];
        Parallel.For(0, 25, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => children[24 - i] = Propose(again, 24 - i));
        for (var i = 0; i < 25; i++) Assert.Equal(forward[i], children[i]);
        Assert.Equal(3, generation.Number);
        Assert.True(forward.Select(x => string.Join(' ', x)).Distinct().Count() > 20);
        Assert.All(forward, x => Assert.True(problem.Space.Contains(x)));
    }

    [Fact]
    public void Children_have_the_same_distribution_as_those_of_the_generational_algorithm()
    {
        var space = new DecisionSpace(
            [Variable.Real("r", 0, 1), Variable.Real("s", -5, 5), Variable.Integer("i", 0, 9), Variable.Categorical("c", 4)]);
        var options = new Nsga2Options { PopulationSize = 8 };
        var random = new RandomGenerator(1);
        var parents = new Population(4, 2);
        var x = new double[4];
        for (var i = 0; i < 8; i++)
        {
            space.Sample(random, x);
            parents.Add(x, [random.NextDouble(), random.NextDouble()]);
        }

        const int Runs = 4_000;
        var (whole, single) = (new Moments(), new Moments());
        var children = new double[8 * 4];
        for (var run = 0; run < Runs; run++)
        {
            var optimizer = new Nsga2(space, 2, 0, (ulong)run, options);
            optimizer.Tell(parents.Decisions, parents.Objectives, []);
            optimizer.Ask(children);
            for (var i = 0; i < 8; i++) whole.Add(children.AsSpan(4 * i, 4), parents);

            var generation = EvolutionaryGeneration.First(space, 2, 0, (ulong)run, options).Next(parents);
            for (var i = 0; i < 8; i++)
            {
                generation.Propose(i, x);
                single.Add(x, parents);
            }
        }

        // Children of one run are dependent, so the tolerance is about five standard errors of the mean over runs.
        var (a, b) = (whole.Means(8 * Runs), single.Means(8 * Runs));
        for (var k = 0; k < a.Length; k++) Assert.Equal(a[k], b[k], 0.03 * Math.Max(0.35, Math.Abs(a[k])));
    }

    [Fact]
    public void Each_parent_takes_part_in_two_tournaments_per_generation()
    {
        // Without variation children are their parents: the best of four parents wins both of its tournaments, the worst none.
        var options = new Nsga2Options { PopulationSize = 4, Variation = new() { CrossoverProbability = 0, MutationProbability = 0 } };
        var parents = new Population(1, 1);
        parents.Add([0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4]);
        for (var seed = 0UL; seed < 50; seed++)
        {
            var generation = EvolutionaryGeneration.First(DecisionSpace.Continuous(1, 0, 1), 1, 0, seed, options).Next(parents);
            var children = Enumerable.Range(0, 4).Select(i => Propose(generation, i)[0]).ToArray();
            Assert.Equal(2, children.Count(c => c == 0.1));
            Assert.DoesNotContain(0.4, children);
        }
    }

    [Fact]
    public void Failed_children_are_left_out_and_a_generation_without_results_samples_anew()
    {
        var problem = new Zdt1(5);
        var first = EvolutionaryGeneration.First(problem.Space, 2, 0, 3, new Nsga2Options { PopulationSize = 10 });
        var second = first.Next(new Population(5, 2));
        Assert.Equal((1, 0), (second.Number, second.Parents.Count));
        Assert.NotEqual(Propose(first, 0), Propose(second, 0));

        var third = second.Next(Results(problem, second, 1)); // one of ten survived
        Assert.Equal(1, third.Parents.Count);
        Assert.True(problem.Space.Contains(Propose(third, 9)));
        var fourth = third.Next(Results(problem, third, 2));
        Assert.Equal(3, fourth.Parents.Count);
        Assert.True(problem.Space.Contains(Propose(fourth, 17)));
    }

    [Fact]
    public void Generations_solve_a_constrained_problem_as_well_as_the_whole_algorithm()
    {
        var problem = new Bnh();
        var generation = EvolutionaryGeneration.First(problem.Space, 2, 2, 1, new Nsga2Options { PopulationSize = 50 });
        generation = Advance(problem, generation, 60);
        var frontier = generation.Parents.NonDominated();
        double[] reference = [149.6, 54.6];
        var share = Hypervolume.Compute(frontier.Objectives, 2, reference) / Hypervolume.Compute(problem.SampleFront(2_000), 2, reference);
        Assert.InRange(share, 0.985, 1);
        Assert.Equal(50, generation.Ranks.Length);
        Assert.Equal(50, generation.Crowding.Length);
    }

    [Fact]
    public void Copies_of_parents_are_avoided_when_asked_for()
    {
        var space = new DecisionSpace([Variable.Integer("a", 0, 30), Variable.Integer("b", 0, 30)]);
        var options = new Nsga2Options { PopulationSize = 10, EliminateDuplicates = true };
        var problem = new FunctionProblem("grid", space, 2, (x, f, _) => (f[0], f[1]) = (x[0], x[1] - x[0]));
        var generation = Advance(problem, EvolutionaryGeneration.First(space, 2, 0, 1, options), 5);
        var parents = Enumerable.Range(0, 10).Select(i => (generation.Parents.DecisionsOf(i)[0], generation.Parents.DecisionsOf(i)[1])).ToHashSet();
        Assert.Equal(10, parents.Count);
        for (var i = 0; i < 30; i++)
        {
            var child = Propose(generation, i);
            Assert.DoesNotContain((child[0], child[1]), parents);
        }
    }

    [Fact]
    public void Children_satisfy_the_filter_in_every_generation()
    {
        var space = DecisionSpace.Continuous(3, 0, 1).WithFilter(x => x[0] < x[1] && x[1] < x[2]);
        var problem = new FunctionProblem("ordered", space, 2, (x, f, _) => (f[0], f[1]) = (x[0] + x[2], 1 - x[1]));
        var generation = EvolutionaryGeneration.First(space, 2, 0, 1, new Nsga2Options { PopulationSize = 10 });
        for (var g = 0; g < 10; g++)
        {
            for (var i = 0; i < 30; i++) Assert.True(space.Satisfies(Propose(generation, i)));
            generation = Advance(problem, generation, 1);
        }
    }

    [Fact]
    public void Results_of_another_shape_or_outside_the_space_are_refused()
    {
        var generation = EvolutionaryGeneration.First(DecisionSpace.Continuous(2, 0, 1), 2, 0, 1, new Nsga2Options());
        Assert.Throws<ArgumentException>(() => generation.Next(new Population(3, 2)));
        Assert.Throws<ArgumentException>(() => generation.Next(new Population(2, 2, 1)));
        var outside = new Population(2, 2);
        outside.Add([0, 2], [1, 1]);
        Assert.Throws<ArgumentException>(() => generation.Next(outside));
        Assert.Throws<ArgumentOutOfRangeException>(() => generation.Propose(-1, new double[2]));
        Assert.Throws<ArgumentException>(() => generation.Propose(0, new double[3]));
    }

    private static EvolutionaryGeneration Advance(IProblem problem, EvolutionaryGeneration generation, int generations)
    {
        for (var g = 0; g < generations; g++) generation = generation.Next(Results(problem, generation, generation.PopulationSize));
        return generation;
    }

    private static Population Results(IProblem problem, EvolutionaryGeneration generation, int count)
    {
        var results = new Population(problem.Space.Count, problem.ObjectiveCount, problem.ConstraintCount);
        for (var i = 0; i < count; i++)
        {
            var x = Propose(generation, i);
            var (f, g) = (new double[problem.ObjectiveCount], new double[problem.ConstraintCount]);
            problem.Evaluate(x, 1, f, g);
            results.Add(x, f, g);
        }

        return results;
    }

    private static double[] Propose(EvolutionaryGeneration generation, long index)
    {
        var child = new double[generation.Parents.VariableCount];
        generation.Propose(index, child);
        return child;
    }

    /// <summary>What is compared of two samples of children.</summary>
    private sealed class Moments
    {
        private readonly double[] sums = new double[4 + 4 + 4 + 8];

        public void Add(ReadOnlySpan<double> child, Population parents)
        {
            for (var j = 0; j < 4; j++)
            {
                sums[j] += child[j];
                sums[4 + j] += child[j] * child[j];
            }

            sums[8 + (int)child[3]]++;
            for (var i = 0; i < 8; i++)
            {
                if (parents.DecisionsOf(i)[0] == child[0]) sums[12 + i]++; // the real value came unchanged from parent i
            }
        }

        public double[] Means(int count) => Array.ConvertAll(sums, sum => sum / count);
    }
}
