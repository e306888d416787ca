using System.Diagnostics;
using Vilfredo.Studies;

namespace Vilfredo.Benchmarks.Studies;

/// <summary>What a study costs per trial beside the objective: ZDT1 (30 floats, 2 objectives) with NSGA-II.</summary>
internal static class StudyOverheadBenchmark
{
    private const int Knobs = 30;
    private static readonly string[] Names = [.. Enumerable.Range(1, Knobs).Select(i => $"x{i}")];

    public static int Run(string[] args)
    {
        var smoke = args.Contains("--smoke");
        Console.WriteLine("| storage | trials | trials/s (median of 5) | goal |");
        Console.WriteLine("|---|---:|---:|---:|");
        Report("memory", smoke ? 5_000 : 100_000, 50_000, () => new MemoryStorage());
        var directory = Directory.CreateTempSubdirectory("vilfredo-benchmark-");
        try
        {
            var file = 0;
            Report("SQLite, every result on disk", smoke ? 500 : 5_000, 2_000, () => new SqliteStorage(Path.Combine(directory.FullName, $"{file++}.db")));
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return 0;
    }

    private static void Report(string name, int trials, int goal, Func<IStudyStorage> open)
    {
        var rates = new double[5];
        for (var i = 0; i < rates.Length; i++)
        {
            using var storage = open();
            using var study = Study.Create(
                new SearchSpace(Names.Select(n => new FloatKnob(n, 0, 1))),
                [Objective.Minimize("f1"), Objective.Minimize("f2")],
                new StudyOptions { Storage = storage, Budget = new StudyBudget { Trials = trials }, Sampler = new SamplerDefinition("nsga2") { Options = new Dictionary<string, double> { ["population"] = 100 } } });
            var watch = Stopwatch.StartNew();
            study.Run(Zdt1);
            rates[i] = trials / watch.Elapsed.TotalSeconds;
        }

        Array.Sort(rates);
        Console.WriteLine(FormattableString.Invariant($"| {name} | {trials} | {rates[2]:0} | {goal} |"));
    }

    private static double[] Zdt1(Trial trial)
    {
        var x = trial.Configuration;
        double sum = 0;
        for (var i = 1; i < Knobs; i++) sum += x[i].Value.Number;
        var g = 1 + 9 * sum / (Knobs - 1);
        var f1 = x[0].Value.Number;
        return [f1, g * (1 - Math.Sqrt(f1 / g))];
    }
}
