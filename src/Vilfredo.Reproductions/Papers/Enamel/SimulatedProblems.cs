using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;
using Vilfredo.Measurement.CodeEfficiency.Formats;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// The 142 problems of ENAMEL with their published input sizes, and the score of each kind of program on each. An expert's cost is
/// proportional to the size; tests of a level differ by 5 %, runs by 3 % (lognormal).
/// </summary>
internal sealed class SimulatedProblems
{
    private const int TestsPerLevel = 4;
    private const double TestSpread = 0.05;
    private const double RunSpread = 0.03;

    private static readonly Lazy<IReadOnlyList<CodeProblem>> Published = new(() =>
    {
        using var stream = typeof(SimulatedProblems).Assembly.GetManifestResourceStream("enamel_tasks.csv")!;
        using var reader = new CsvReader(new StreamReader(stream), "enamel_tasks.csv");
        return [.. EnamelProblemFile.Read(reader).Where(problem => problem.IsCounted)];
    });

    private SimulatedProblems(double[][] scores, double[][] costs, double[] limits) => (Scores, Costs, Limits) = (scores, costs, limits);

    /// <summary>e by problem and kind of program.</summary>
    public double[][] Scores { get; }

    /// <summary>What the slowest test of the last level would take without a limit, by problem and kind.</summary>
    public double[][] Costs { get; }

    /// <summary>The limit T of each problem.</summary>
    public double[] Limits { get; }

    public static SimulatedProblems Draw(RandomGenerator random)
    {
        var options = new LevelScoreOptions { KillTolerance = 0 };
        var count = Published.Value.Count;
        var (scores, costs, limits) = (new double[count][], new double[count][], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var (reference, runs) = Measure(Published.Value[i].LevelSizes, random);
            limits[i] = LevelScoring.Limit(reference, options);
            scores[i] = [.. runs.Select((run, kind) => LevelScoring.Score(Cut(run, limits[i], SimulatedProgram.All[kind].IsRight), reference, options).Score)];
            costs[i] = [.. runs.Select(run => run[^1].Max())];
        }

        return new SimulatedProblems(scores, costs, limits);
    }

    /// <summary>
    /// How many scores with α = 2 differ between runs measured with the limit of α = 4 and the same runs measured with that of α = 2.
    /// </summary>
    public static int ScoresThatDependOnTheLimit(RandomGenerator random)
    {
        var (narrow, wide) = (new LevelScoreOptions { KillTolerance = 0 }, new LevelScoreOptions { KillTolerance = 0, TimeoutFactor = 4 });
        var different = 0;
        foreach (var problem in Published.Value)
        {
            var (reference, runs) = Measure(problem.LevelSizes, random);
            for (var kind = 0; kind < runs.Length; kind++)
            {
                var right = SimulatedProgram.All[kind].IsRight;
                var near = LevelScoring.Score(Cut(runs[kind], LevelScoring.Limit(reference, narrow), right), reference, narrow);
                var far = LevelScoring.Score(Cut(runs[kind], LevelScoring.Limit(reference, wide), right), reference, narrow);
                if (near.Score != far.Score || near.Passed != far.Passed) different++;
            }
        }

        return different;
    }

    private static (double[][] Reference, double[][][] Runs) Measure(IReadOnlyList<long> sizes, RandomGenerator random)
    {
        double[][] reference = [.. sizes.Select(size => Repeat(_ => size * Noise(TestSpread)))];
        double[][][] runs = [.. SimulatedProgram.All.Select(program => sizes.Select((size, level) =>
            Repeat(test => reference[level][test] * program.Factor(size, sizes[1]) * Noise(RunSpread))).ToArray())];
        return (reference, runs);

        double Noise(double spread) => Math.Exp(spread * random.NextNormal());
        double[] Repeat(Func<int, double> of) => [.. Enumerable.Range(0, TestsPerLevel).Select(of)];
    }

    // The run as a measurement sees it: the first test beyond the limit is killed there and ends the run.
    private static LevelRun Cut(double[][] costs, double limit, bool isRight)
    {
        List<IReadOnlyList<CensoredValue>> levels = [];
        if (!isRight) return new LevelRun([[]], LevelRunEnd.Wrong);
        foreach (var tests in costs)
        {
            List<CensoredValue> level = [];
            levels.Add(level);
            foreach (var cost in tests)
            {
                level.Add(cost > limit ? CensoredValue.AtLeast(limit) : CensoredValue.Exactly(cost));
                if (cost > limit) return new LevelRun(levels);
            }
        }

        return new LevelRun(levels);
    }
}
