using System.Globalization;
using Vilfredo.Optimization;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;
using Vilfredo.Sorting;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>The best and the worst values of each objective over the feasible non-dominated points of many searches of a problem.</summary>
internal sealed class FrontRange
{
    private const int Population = 300;
    private const double Tie = 1e-7; // weight of the other objectives where one is searched for alone

    private readonly TestProblem problem;
    private readonly long evaluations;
    private List<double[]> front = [];

    public FrontRange(TestProblem problem, long evaluations)
    {
        this.problem = problem;
        this.evaluations = evaluations;
    }

    /// <summary>The points found.</summary>
    public int Count => front.Count;

    /// <summary>Searches for the whole front, for the fronts of all objectives but one, where the worst values of that one mostly are, and along each objective alone.</summary>
    public void Search(ulong seed)
    {
        var m = problem.ObjectiveCount;
        int[] all = [.. Enumerable.Range(0, m)];
        TakeFront(problem, seed);
        for (var j = 0; j < m; j++)
        {
            if (m > 2) TakeFront(Of([.. all.Where(k => k != j)]), seed);
            var alone = Of([j]);
            Take(alone, IsReal ? Gde3.For(alone, seed, new() { PopulationSize = Population / 3, Differential = new() { CrossoverRate = 0.9 } }) : Genetic(alone, seed));
        }

        double[] rows = [.. front.SelectMany(row => row)];
        var ranks = NonDominatedSorting.Rank(rows, m);
        front = [.. front.Where((_, i) => ranks[i] == 0).DistinctBy(row => string.Join(' ', row))];
    }

    public string Ideal() => Text(values => values.Min());

    public string Nadir() => Text(values => values.Max());

    private bool IsReal => problem is not CombinatorialProblem;

    private static Nsga2 Genetic(IProblem searched, ulong seed) =>
        Nsga2.For(searched, seed, new() { PopulationSize = Population, EliminateDuplicates = true, Truncation = CrowdingTruncation.OneByOne });

    private void TakeFront(IProblem searched, ulong seed)
    {
        Take(searched, Genetic(searched, seed));
        if (IsReal) Take(searched, Gde3.For(searched, seed, new() { PopulationSize = Population }));
    }

    // Some of the objectives, each with a little of the others, so that of equal points the one on the whole front is found.
    private FunctionProblem Of(int[] kept) => new($"{problem.Name} {string.Join(' ', kept)}", problem.Space, kept.Length, (x, f, g) =>
    {
        var values = new double[problem.ObjectiveCount];
        problem.Evaluate(x, 1, values, g);
        for (var i = 0; i < kept.Length; i++)
        {
            f[i] = values[kept[i]];
            for (var k = 0; k < values.Length; k++)
            {
                if (!kept.Contains(k)) f[i] += Tie * (1e-3 + Math.Abs(values[kept[i]])) * values[k] / (1 + Math.Abs(values[k]));
            }
        }
    }, problem.ConstraintCount);

    private void Take(IProblem searched, IOptimizer optimizer)
    {
        var population = Minimize.Run(searched, optimizer, Termination.AfterEvaluations(evaluations)).Population;
        var constraints = new double[problem.ConstraintCount];
        for (var i = 0; i < population.Count; i++)
        {
            if (!population.IsFeasible(i)) continue;
            var row = new double[problem.ObjectiveCount];
            problem.Evaluate(population.DecisionsOf(i), 1, row, constraints);
            front.Add(row);
        }
    }

    private string Text(Func<IEnumerable<double>, double> statistic) =>
        string.Join(", ", Enumerable.Range(0, problem.ObjectiveCount).Select(j => statistic(front.Select(row => row[j])).ToString("R", CultureInfo.InvariantCulture)));
}
