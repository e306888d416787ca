using Vilfredo.Optimization;
using Vilfredo.Optimization.Bayesian;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.ParzenEstimators;
using Vilfredo.Optimization.Problems;
using Vilfredo.Optimization.Samplers;
using Vilfredo.Statistics;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>
/// Model-based optimisers at a budget of 50 evaluations beside NSGA-II and random points: the hypervolume that is missing to
/// the true front, with tests over seeds, and the time of a suggestion.
/// </summary>
/// <remarks>
/// <c>bayesian [--seeds FIRST-LAST] [--methods NAME,NAME] [--only quality|times] [--fronts] [--markdown] [--smoke]</c>. The hypervolume is that of all points
/// evaluated. Sobol points start the model-based methods; the seed of a run is the same for all methods. <c>--fronts</c> prints what long
/// runs find where no front is known.
/// </remarks>
internal static class BayesianBenchmark
{
    private const int Initial = 10;
    private const int Evaluations = 50;
    private const double Level = 0.01;

    private static readonly string[] QualityHeader =
        ["problem", "method", "log10 missing", "p against nsga2", "p against random", "at 1%", "ms per suggestion"];

    private static readonly string[] TimeHeader = ["method", "told", "one suggestion, ms", "batch of 4, ms"];

    private static readonly int[] SmokeSizes = [40];
    private static readonly int[] ModelSizes = [200, 1000];

    private static readonly (string Name, Func<IProblem, ulong, IOptimizer> Create)[] Methods =
    [
        ("bayesian", (problem, seed) => Bayesian(problem, seed, AcquisitionFunction.NoisyHypervolume)),
        ("ehvi", (problem, seed) => Bayesian(problem, seed, AcquisitionFunction.Hypervolume)),
        ("parego", (problem, seed) => Bayesian(problem, seed, AcquisitionFunction.ParEgo)),
        ("thompson", (problem, seed) => Bayesian(problem, seed, AcquisitionFunction.ThompsonSampling)),
        ("usemo", (problem, seed) => Bayesian(problem, seed, AcquisitionFunction.Uncertainty)),
        ("tpe", (problem, seed) => TreeParzenOptimizer.For(problem, seed, new() { InitialPoints = Initial })),
        ("tpe, multivariate", (problem, seed) => TreeParzenOptimizer.For(problem, seed, new() { InitialPoints = Initial, Multivariate = true })),
        ("nsga2", (problem, seed) => Nsga2.For(problem, seed, new() { PopulationSize = Initial, Truncation = CrowdingTruncation.OneByOne })),
        ("random", (problem, seed) => new SamplingOptimizer(new RandomSampler(problem.Space, seed), problem.ObjectiveCount)),
    ];

    /// <summary>Runs the benchmark; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        var (first, last, markdown, smoke) = (1, 11, false, false);
        string? only = null;
        var names = Methods.Select(m => m.Name).ToArray();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--seeds" && i + 1 < args.Length && args[i + 1].Split('-') is [var a, var b]
                && int.TryParse(a, out first) && int.TryParse(b, out last) && first >= 0 && last >= first)
            {
                i++;
            }
            else if (args[i] == "--methods" && i + 1 < args.Length)
            {
                names = args[++i].Split(',', StringSplitOptions.TrimEntries);
            }
            else if (args[i] == "--only" && i + 1 < args.Length && args[i + 1] is "quality" or "times")
            {
                only = args[++i];
            }
            else if (args[i] == "--fronts")
            {
                foreach (var known in BayesianCase.All.Where(c => c.IsScaled)) Console.WriteLine($"{known.Problem.Name} {known.Search():F6} ({known.Maximum})");
                return 0;
            }
            else if (args[i] == "--markdown")
            {
                markdown = true;
            }
            else if (args[i] == "--smoke")
            {
                (smoke, last) = (true, first + 1);
            }
            else
            {
                Console.Error.WriteLine($"unknown argument '{args[i]}'; usage: bayesian [--seeds FIRST-LAST] [--methods NAME,NAME] [--only quality|times] [--fronts] [--markdown] [--smoke]");
                return 2;
            }
        }

        var methods = Methods.Where(m => names.Contains(m.Name) || m.Name is "nsga2" or "random").ToArray();
        if (only is not "times") Quality(methods, first, last, smoke ? Initial + 4 : Evaluations, markdown);
        if (only is null) Console.WriteLine();
        if (only is not "quality") Times(methods, smoke, markdown);
        return 0;
    }

    private static BayesianOptimizer Bayesian(IProblem problem, ulong seed, AcquisitionFunction acquisition) =>
        BayesianOptimizer.For(problem, seed, new() { Acquisition = acquisition, InitialPoints = Initial });

    private static void Quality((string Name, Func<IProblem, ulong, IOptimizer> Create)[] methods, int first, int last, int evaluations, bool markdown)
    {
        Console.WriteLine($"log10 of the missing hypervolume after {evaluations} evaluations, {last - first + 1} seeds ({first}-{last}): median (smallest, largest); one-sided p of a signed-rank test");
        var table = new MarkdownTable(QualityHeader, markdown);
        foreach (var known in BayesianCase.All)
        {
            var missing = methods.Select(_ => new double[last - first + 1]).ToArray();
            var times = methods.Select(_ => new List<double>()).ToArray();
            for (var m = 0; m < methods.Length; m++)
            {
                for (var seed = first; seed <= last; seed++)
                {
                    var volume = Volume(known, methods[m].Create(known.Problem, (ulong)seed), evaluations, times[m]);
                    missing[m][seed - first] = Math.Log10(Math.Max(known.Maximum - volume, 1e-12));
                }
            }

            var nsga2 = missing[Array.FindIndex(methods, x => x.Name == "nsga2")];
            var random = missing[Array.FindIndex(methods, x => x.Name == "random")];
            for (var m = 0; m < methods.Length; m++)
            {
                var values = missing[m];
                var isModel = methods[m].Name is not ("nsga2" or "random");
                var p = isModel ? WilcoxonSignedRank.Test(values, nsga2, Alternative.Less).PValue : double.NaN;
                var q = isModel ? WilcoxonSignedRank.Test(values, random, Alternative.Less).PValue : double.NaN;
                var verdict = !isModel ? "" : p < Level && q < Level ? "better than both" : p < Level ? "better than nsga2" : q < Level ? "better than random" : "neither";
                table.Add(
                    known.Problem.Name, methods[m].Name, $"{Descriptive.Median(values):F2} ({values.Min():F2}, {values.Max():F2})",
                    isModel ? $"{p:F4}" : "", isModel ? $"{q:F4}" : "", verdict, isModel ? $"{Descriptive.Median(times[m].ToArray()):F1}" : "");
            }
        }

        table.Print();
    }

    private static double Volume(BayesianCase known, IOptimizer optimizer, int evaluations, List<double> times)
    {
        var problem = known.Problem;
        var x = new double[problem.Space.Count];
        var f = new double[problem.ObjectiveCount];
        var all = new Population(x.Length, f.Length);
        for (var i = 0; i < evaluations; i++)
        {
            var spent = Milliseconds(optimizer, x);
            if (i >= Initial) times.Add(spent);
            problem.Evaluate(x, 1, f, []);
            optimizer.Tell(x, f, []);
            all.Add(x, f);
        }

        return known.VolumeOf(all.Objectives);
    }

    // DTLZ2 with ten variables and random points told.
    private static void Times((string Name, Func<IProblem, ulong, IOptimizer> Create)[] methods, bool smoke, bool markdown)
    {
        var problem = new Dtlz2(2, 10);
        var table = new MarkdownTable(TimeHeader, markdown);
        foreach (var (name, create) in methods.Where(m => m.Name is not ("nsga2" or "random")))
        {
            foreach (var told in smoke ? SmokeSizes : ModelSizes)
            {
                var repeats = smoke ? 1 : 11;
                var (one, four) = (new double[repeats], new double[repeats]);
                for (var r = -1; r < repeats; r++)
                {
                    // A new optimiser each time: nothing fitted before is left over. The first is for the just-in-time compiler.
                    var single = Milliseconds(Told(problem, create(problem, (ulong)(r + 2)), told), new double[10]);
                    var batch = Milliseconds(Told(problem, create(problem, (ulong)(r + 2)), told), new double[40]);
                    if (r >= 0) (one[r], four[r]) = (single, batch);
                }

                table.Add(name, $"{told}", $"{Descriptive.Median(one):F1}", $"{Descriptive.Median(four):F1}");
            }
        }

        Console.WriteLine("Processor time of a suggestion, models fitted anew: 10 variables, 2 objectives; median");
        table.Print();
    }

    private static IOptimizer Told(TestProblem problem, IOptimizer optimizer, int count)
    {
        var random = new RandomGenerator(7);
        var x = new double[count * problem.Space.Count];
        var f = new double[count * problem.ObjectiveCount];
        for (var i = 0; i < count; i++) problem.Space.Sample(random, x.AsSpan(i * problem.Space.Count, problem.Space.Count));
        problem.Evaluate(x, count, f, []);
        optimizer.Tell(x, f, []);
        return optimizer;
    }

    // Of the processor, so that other work on the machine counts little.
    private static double Milliseconds(IOptimizer optimizer, double[] decisions)
    {
        var start = Environment.CpuUsage.TotalTime;
        optimizer.Ask(decisions);
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }
}
