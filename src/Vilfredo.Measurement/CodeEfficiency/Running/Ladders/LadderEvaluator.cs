using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Ladders;

/// <summary>Runs samples over the levels of a problem and scores them, as ENAMEL does (Qiu et al., ICLR 2025, arXiv 2406.06647); the same text once.</summary>
/// <remarks>
/// <para>
/// The reference is measured first, in the same session and with the same repeats; α times its slowest test is the limit T of the
/// problem. Then, level by level and test by test: a run beyond T and the tolerance, out of memory or with an
/// <see cref="OverflowException"/> ends its level and the whole run, which keeps what earlier levels scored (in level 0 the sample is wrong).
/// Any other exception, a crash or an output that the checker refuses makes it wrong, whatever came before. A test's cost is the
/// Hodges-Lehmann estimate of its repeats.
/// </para>
/// <para>
/// Each level has a process of its own. Level 0 is warmed up with an untimed run of each test, the others with a test of level 0:
/// compilation is not what is measured.
/// </para>
/// </remarks>
public sealed class LadderEvaluator
{
    private readonly SampleRunner runner;
    private readonly LadderOptions options;
    private readonly Dictionary<string, LadderEvaluation> known = [];
    private IReadOnlyList<IReadOnlyList<JsonElement>> inputs = [];
    private List<List<JsonElement>> expected = [];

    /// <summary>Creates an evaluator; it runs nothing yet.</summary>
    /// <param name="runner">Runs generator, reference and samples.</param>
    /// <param name="problem">A problem with a ladder and a reference.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The problem lacks a ladder or a reference, has another number of levels than weights, or the cost is not measured here.</exception>
    public LadderEvaluator(SampleRunner runner, RunnableProblem problem, LadderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(problem);
        this.options = options ?? new LadderOptions();
        if (problem.Ladder is not { } ladder || problem.Reference is null)
            throw new ArgumentException($"Problem {problem.Id} has no ladder or no reference; give it a generator, sizes and a right program.", nameof(problem));
        if (ladder.Sizes.Count != this.options.Scoring.Hardness.Count)
            throw new ArgumentException($"Problem {problem.Id} has {ladder.Sizes.Count} levels and there are {this.options.Scoring.Hardness.Count} weights; give one per level.", nameof(options));
        if (this.options.Repeats < 1) throw new ArgumentException($"There are {this.options.Repeats} timed runs; give at least 1.", nameof(options));
        if (this.options.Axis == CostAxis.Instructions)
            throw new ArgumentException("Instructions are not counted over a ladder; choose a time or allocated bytes.", nameof(options));
        this.runner = runner;
        Problem = problem;
    }

    /// <summary>The problem.</summary>
    public RunnableProblem Problem { get; }

    /// <summary>The reference's cost of each test by level; empty before <see cref="PrepareAsync"/>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> ReferenceCosts { get; private set; } = [];

    /// <summary>T, in the unit of the costs; 0 before <see cref="PrepareAsync"/>.</summary>
    public double Limit { get; private set; }

    /// <summary>Makes the inputs and measures the reference, which also says what is expected.</summary>
    /// <param name="cancellation">Kills the child.</param>
    /// <exception cref="InvalidDataException">The generator or the reference fails.</exception>
    public async Task PrepareAsync(CancellationToken cancellation = default)
    {
        if (ReferenceCosts.Count > 0) return;
        inputs = await LadderInputs.GenerateAsync(runner, Problem, options.Seed, cancellation);
        var costs = new List<List<double>>();
        expected = [];
        for (var level = 0; level < inputs.Count; level++)
        {
            var run = await RunLevelAsync(Problem.Reference!, level, options.Limits, cancellation);
            if (run.Verdict != SampleVerdict.Completed)
            {
                var why = run.Calls.FirstOrDefault(call => call.Verdict == run.Verdict)?.Message ?? FirstLine(run);
                throw new InvalidDataException($"the reference of problem {Problem.Id} fails in level {level}: {run.Verdict} ({why})");
            }

            var tests = run.Calls.Skip(WarmCalls(level)).ToList();
            expected.Add([.. tests.Select(call => call.Output!.Value)]);
            costs.Add([.. tests.Select(Cost)]);
        }

        Limit = LevelScoring.Limit(costs, options.Scoring);
        ReferenceCosts = costs;
    }

    /// <summary>Evaluates a sample.</summary>
    /// <param name="source">Its program.</param>
    /// <param name="cancellation">Kills the child.</param>
    /// <exception cref="InvalidDataException">The generator or the reference fails.</exception>
    /// <exception cref="InvalidOperationException">Programs cannot be run on this machine.</exception>
    public async Task<LadderEvaluation> EvaluateAsync(string source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        await PrepareAsync(cancellation);
        if (known.TryGetValue(source, out var before)) return before;
        return known[source] = await MeasureAsync(source, cancellation);
    }

    private async Task<LadderEvaluation> MeasureAsync(string source, CancellationToken cancellation)
    {
        var levels = new List<IReadOnlyList<CensoredValue>>();
        SampleRun? last = null;
        for (var level = 0; level < inputs.Count; level++)
        {
            last = await RunLevelAsync(source, level, SampleLimits(), cancellation);
            if (last.Verdict == SampleVerdict.HostFailure)
                throw new InvalidOperationException($"The sandbox could not run a sample of problem {Problem.Id}: {string.Join(" ", last.Diagnostics)}");
            var end = ReadLevel(last, level, out var costs);
            levels.Add(costs);
            if (end is { } how) return Result(how.End, how.Verdict, how.Message);
        }

        return Result(LevelRunEnd.Completed, SampleVerdict.Correct, null);

        LadderEvaluation Result(LevelRunEnd end, SampleVerdict verdict, string? message)
        {
            var run = new LevelRun(levels, end);
            return new LadderEvaluation(LevelScoring.Score(run, ReferenceCosts, options.Scoring), run, verdict, message, last!);
        }
    }

    /// <summary>The costs of a level as far as it came, and what ended the run; <see langword="null"/> when the next level is to be run.</summary>
    private (LevelRunEnd End, SampleVerdict Verdict, string? Message)? ReadLevel(SampleRun run, int level, out List<CensoredValue> costs)
    {
        costs = [];
        if (run.Verdict is SampleVerdict.CompileError or SampleVerdict.PolicyViolation)
            return (LevelRunEnd.Wrong, run.Verdict, FirstLine(run));
        var warm = WarmCalls(level);
        for (var i = 0; i < run.Calls.Count; i++)
        {
            var call = run.Calls[i];
            if (call.Verdict != SampleVerdict.Completed)
            {
                if (IsMeasuredLimit(call) && i >= warm)
                {
                    costs.Add(CensoredValue.AtLeast(Limit + options.Scoring.KillTolerance));
                    return (LevelRunEnd.Completed, call.Verdict, call.Message);
                }

                // Exhaustion: of memory, of a number's range, or of a limit that says nothing of the cost.
                var isExhausted = call.Verdict is SampleVerdict.MemoryLimit or SampleVerdict.TimeLimit || call.ExceptionType == typeof(OverflowException).FullName;
                return (isExhausted ? LevelRunEnd.Exhausted : LevelRunEnd.Wrong, call.Verdict, call.ExceptionType is { } type ? $"{type}: {call.Message}" : call.Message);
            }

            if (i < warm) continue;
            if (call.Runs.Any(one => Read(one) > Limit + options.Scoring.KillTolerance))
            {
                // It would have been killed, and its output never seen.
                costs.Add(CensoredValue.AtLeast(Limit + options.Scoring.KillTolerance));
                return (LevelRunEnd.Completed, SampleVerdict.TimeLimit, "passed the limit of the problem");
            }

            var judgement = Problem.Checker.Check(inputs[level][i - warm], expected[level][i - warm], call.Output!.Value);
            if (!judgement.IsCorrect) return (LevelRunEnd.Wrong, SampleVerdict.WrongAnswer, $"level {level}, test {i - warm}: {judgement.Difference}");
            costs.Add(CensoredValue.Exactly(Cost(call)));
        }

        // The process ended badly after its last call.
        return run.Verdict == SampleVerdict.Completed ? null : (LevelRunEnd.Wrong, run.Verdict, FirstLine(run));
    }

    private Task<SampleRun> RunLevelAsync(string source, int level, RunLimits limits, CancellationToken cancellation)
    {
        var program = new SampleProgram { Language = Problem.Language, Source = source, EntryPoint = Problem.EntryPoint };
        var isTimed = options.Scoring.Hardness[level] > 0;
        var settings = new RunSettings { Limits = limits, Repeats = isTimed ? options.Repeats : 1, WarmUp = WarmCalls(level) > 0 ? 0 : 1 };
        return runner.RunAsync(program, [.. inputs[0].Take(WarmCalls(level)), .. inputs[level]], settings, cancellation);
    }

    private static string? FirstLine(SampleRun run) => run.Diagnostics.Count > 0 ? run.Diagnostics[0] : null;

    private int WarmCalls(int level) => level > 0 && inputs[0].Count > 0 ? 1 : 0;

    private bool IsTime => options.Axis is CostAxis.ThreadCpuTime or CostAxis.ProcessCpuTime or CostAxis.WallTime;

    private bool IsMeasuredLimit(CallResult call) => IsTime && call.Verdict == SampleVerdict.TimeLimit
        && (call.LimitUsed == LimitKind.CpuTime || options.Axis == CostAxis.WallTime);

    private RunLimits SampleLimits()
    {
        if (!IsTime) return options.Limits;
        var kill = TimeSpan.FromSeconds(Math.Max(Limit + options.Scoring.KillTolerance, options.LeastKillTime.TotalSeconds));

        // Where CPU time is what counts, a busy machine shall not end a run by the clock on the wall.
        return options.Limits with { CpuTime = kill, WallTime = options.Axis == CostAxis.WallTime ? kill : 2 * kill + options.Limits.StartAllowance };
    }

    private double Cost(CallResult call) => HodgesLehmann.Estimate([.. call.Runs.Select(Read)]);

    private double Read(RunCost run) => options.Axis switch
    {
        CostAxis.ProcessCpuTime => run.ProcessCpuSeconds,
        CostAxis.WallTime => run.WallSeconds,
        CostAxis.AllocatedBytes => run.AllocatedBytes,
        _ => run.ThreadCpuSeconds,
    } ?? throw new InvalidOperationException($"This machine or language does not measure {options.Axis}; choose another cost.");
}
