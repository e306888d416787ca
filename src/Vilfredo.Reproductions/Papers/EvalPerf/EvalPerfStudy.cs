using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Liu et al., "Evaluating Language Models for Efficient Code Generation" (COLM 2024): the published leaderboard from its own task
/// results, and differential performance scores against other scores on simulated solutions of two platforms.
/// </summary>
public sealed class EvalPerfStudy : Reproduction
{
    private const double Slowed = 1000;
    private const string Changes = "pairs that change order", Shift = "shift by one reference", Points = "largest shift";
    private const int MeasuredRepeats = 3;

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "evalperf", "Evaluating Language Models for Efficient Code Generation", "Liu, Xie, Wang, Wei, Ding, Zhang", 2024, "arXiv 2408.06450");

    /// <inheritdoc/>
    public override string Setting =>
        "Three parts. The public leaderboard (34 models, 118 tasks, Apache-2.0, program texts left out) is computed anew from its "
        + "results per task. And 12 simulated models solve 16 tasks, each with a pool of 40 simulated solutions in four classes of cost (1, 3, 20 and 200 "
        + "times the best, 25 % apart within a class) on two platforms; the second runs the 40 % of solutions that lean on the library 2.6 times as fast and jitters "
        + "every cost by 10 %. References are measured anew on each platform. The simulation tests the scores; it says nothing about any real model. "
        + "And at full scale each seed takes one of the library's C# problems with its three or four right programs, from naive to optimal, and runs them in the sandbox: on the largest input of the first "
        + "level, and on the first one of the highest level that takes none of them more than a second (level 1 at least). Their gap is slowest over fastest in CPU time, minus 1. The slowest is measured 3 times by the clock, in one process, and 3 times by valgrind, on an input of 0.05 s at most. The recorded run is older than this third part.";

    /// <inheritdoc/>
    public override string Use =>
        "`ReferenceLadder.Build(task, costs)` makes the ladder of a pool of right solutions, `TaskScore.Of` scores a model's samples on it and "
        + "`ModelComparison` compares models on the tasks that both entered, with intervals.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(SimulatedScores.Dps, "the share of the pool that is no faster than the fastest matched reference"),
        new(SimulatedScores.Normalized, "the matched rung over the number of rungs"),
        new(SimulatedScores.PoolRange, "the place in the pool's range of costs (Mercury's Beyond)", IsBaseline: true),
        new(SimulatedScores.Percentile, "the share of the pool that is slower", IsBaseline: true),
        new(SimulatedScores.Mean, "the mean of canonical over own cost", IsBaseline: true),
        new(SimulatedScores.Geometric, "its geometric mean", IsBaseline: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Changes), Objective.Minimize(Shift)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Exact(
            new("board-scores", "The means over each model's own tasks give the printed DPS, DPS_norm and pass@1 of ten models.", "30 printed numbers"),
            PublishedBoard.Scores()),
        Claim.Exact(
            new("board-win-rates", "Comparing all pairs on their common tasks gives the printed model win rates.", "100 % to 3.0 %"), PublishedBoard.WinRates()),
        Claim.Exact(
            new("board-normalized", "DPS_norm of every model and task follows from the matched references of its samples."),
            [new("largest difference", 0, PublishedBoard.LargestNormalizedDifference(), 1e-5)]),
        Claim.Exact(
            new("board-frontier", "Of 34 models three are on the frontier of pass@1 and DPS."),
            [new("models on the frontier", 3, ModelComparison.Frontier(PublishedBoard.Board.Models).NonDominated.Count, 0)]),
        Claim.Difference(
            new("rank-stability", "On the simulated platforms fewer pairs of models change their order by DPS than by the mean speed-up.", "results carry across platforms"),
            new Selection(SimulatedScores.Mean, "", Changes), new Selection(SimulatedScores.Dps, "", Changes), Bound.Above(0)),
        Claim.Difference(
            new("rank-stability-geometric", "Fewer pairs change their order by DPS than by the geometric mean speed-up."),
            new Selection(SimulatedScores.Geometric, "", Changes), new Selection(SimulatedScores.Dps, "", Changes), Bound.Above(0)),
        Claim.Mean(
            new("speed-up-outlier", "Making one task's canonical solution 1,000 times slower changes the mean speed-up by more than half."),
            new Selection(SimulatedScores.Mean, "", Shift), Bound.Above(0.5)),
        Claim.Mean(
            new("dps-outlier", "Making one task's slowest reference 1,000 times slower changes DPS by at most 100 over the number of tasks, in points."),
            new Selection(SimulatedScores.Dps, "", Points), Bound.AtMost(100.0 / SimulatedPlatforms.Tasks)),
        Claim.Computed(
            new("scale", "On the heavy input the gap between slowest and fastest program is at least 5 times that on the small one (the table shows the mean over problems of the ratio's natural logarithm, against ln 5)."),
            (results, seed) => Math.Log(Measured(results, seed, MeasuredPrograms.HeavyGap) / Measured(results, seed, MeasuredPrograms.SmallGap)), Bound.AtLeast(Math.Log(5))),
        Claim.EverySeed(
            new("instructions", "Counted instructions of a program vary by at most 0.1 % from run to run (coefficient of variation, in every problem)."),
            (results, seed) => Measured(results, seed, MeasuredPrograms.InstructionVariation), Bound.AtMost(0.1)),
        Claim.Computed(
            new("instructions-against-time", "They vary less than wall time (difference of the coefficients of variation, in percent)."),
            (results, seed) => Measured(results, seed, MeasuredPrograms.WallVariation) - Measured(results, seed, MeasuredPrograms.InstructionVariation), Bound.Above(0)),
        Claim.NotMeasurable(
            new("instruction-tuning", "Instruction tuning raises correctness and efficiency; size does not predict efficiency."), "it needs language models that write programs"),
        Claim.NotMeasurable(
            new("tasks", "The curation leaves 121 performance-exercising tasks.", "121 (118 in the public version)"),
            "the tasks, pools and inputs are on a hub that cannot be reached here"),
    ];

    /// <inheritdoc/>
    public override int Revision => 2; // programs are run, too

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale == Scale.Smoke ? 3 : 40;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var simulated = SimulatedPlatforms.Draw(context.Shared("pools"));
        var name = context.Unit.Method;
        var (first, second, slowed) = (SimulatedScores.Of(name, simulated, 0), SimulatedScores.Of(name, simulated, 1), SimulatedScores.Of(name, simulated, 0, Slowed));
        var pairs =
            (from i in Enumerable.Range(0, first.Length)
             from j in Enumerable.Range(i + 1, first.Length - i - 1)
             select (first[i] - first[j]) * (second[i] - second[j]) < 0 ? 1.0 : 0).ToList();
        var values = new Dictionary<string, double>
        {
            [Changes] = pairs.Average(),
            [Shift] = first.Zip(slowed, (before, after) => Math.Abs(after - before) / before).Average(),
            [Points] = first.Zip(slowed, (before, after) => Math.Abs(after - before)).Max(),
        };

        // The programs belong to no score; they are measured beside one of them.
        if (name != SimulatedScores.Dps || context.Scale != Scale.Full) return values;
        var problem = MeasuredPrograms.OfSeed(context.Unit.Seed);
        return values.Concat(MeasuredPrograms.Gaps(problem, MeasuredPrograms.Limit, context.Cancellation))
            .Concat(MeasuredPrograms.Variations(problem, MeasuredPrograms.VariationLimit, MeasuredRepeats, context.Cancellation))
            .ToDictionary();
    }

    private static double Measured(RunResults results, int seed, string metric)
    {
        if (results.Scale != Scale.Full) throw new MissingMeasurementException("programs are run at full scale only");
        var unit = results.Results.Single(result => result.Unit == new RunUnit(SimulatedScores.Dps, "", seed));
        return unit.Values.TryGetValue(metric, out var value) ? value : throw new MissingMeasurementException("valgrind, which counts instructions, was not on the machine of the run");
    }
}
