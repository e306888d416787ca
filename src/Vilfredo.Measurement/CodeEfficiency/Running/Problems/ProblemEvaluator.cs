using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running.Judging;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>Runs samples of one problem, judges and measures them; the same text once.</summary>
public sealed class ProblemEvaluator
{
    private readonly SampleRunner runner;
    private readonly RunSettings settings;
    private readonly CostAxis axis;
    private readonly Dictionary<string, SampleEvaluation> known = [];
    private IReadOnlyList<CodeTest>? tests;

    /// <summary>Creates an evaluator; it runs nothing yet.</summary>
    /// <param name="runner">Runs the samples.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="settings">Limits and repeats; <see langword="null"/> for the defaults.</param>
    /// <param name="axis">What is counted as cost.</param>
    /// <exception cref="ArgumentException">The problem has no tests or has a ladder, or expects nothing and has no reference.</exception>
    public ProblemEvaluator(SampleRunner runner, RunnableProblem problem, RunSettings? settings = null, CostAxis axis = CostAxis.ThreadCpuTime)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Ladder is not null) throw new ArgumentException($"Problem {problem.Id} has a ladder in place of tests; use a LadderEvaluator.", nameof(problem));
        if (problem.Calls.Count == 0) throw new ArgumentException($"Problem {problem.Id} has no tests; give at least one.", nameof(problem));
        if (problem.Expected is { } given && given.Count != problem.Calls.Count)
            throw new ArgumentException($"Problem {problem.Id} has {problem.Calls.Count} calls and {given.Count} expected outputs; give one for each.", nameof(problem));
        if (problem.Expected is null && problem.Reference is null)
            throw new ArgumentException($"Problem {problem.Id} expects nothing; give expected outputs or a reference.", nameof(problem));
        this.runner = runner;
        this.settings = settings ?? new RunSettings();
        this.axis = axis;
        Problem = problem;
        if (problem.Expected is { } expected) tests = [.. problem.Calls.Zip(expected, (call, output) => new CodeTest(call, output))];
    }

    /// <summary>The problem.</summary>
    public RunnableProblem Problem { get; }

    /// <summary>The reference's evaluation; <see langword="null"/> before <see cref="PrepareAsync"/> and for a problem without one.</summary>
    public SampleEvaluation? Reference { get; private set; }

    /// <summary>Runs the reference, when there is one: costs are held against it, and it says what is expected where the tests do not.</summary>
    /// <param name="cancellation">Kills the child.</param>
    /// <exception cref="InvalidDataException">The reference does not pass the problem's own tests.</exception>
    public async Task PrepareAsync(CancellationToken cancellation = default)
    {
        if (Reference is not null || Problem.Reference is not { } source) return;
        var program = Program(source);
        if (tests is null)
        {
            var run = await runner.RunAsync(program, Problem.Calls, settings with { WarmUp = 0, Repeats = 1 }, cancellation);
            RequireGood(run, SampleVerdict.Completed);
            tests = [.. Problem.Calls.Zip(run.Calls, (call, result) => new CodeTest(call, result.Output!.Value))];
        }

        var evaluation = await MeasureAsync(program, cancellation);
        RequireGood(evaluation.Run, SampleVerdict.Correct);
        Reference = known[source] = evaluation;
    }

    /// <summary>Evaluates a sample.</summary>
    /// <param name="source">Its program.</param>
    /// <param name="cancellation">Kills the child.</param>
    /// <exception cref="InvalidDataException">The reference does not pass the problem's own tests.</exception>
    public async Task<SampleEvaluation> EvaluateAsync(string source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        await PrepareAsync(cancellation);
        if (known.TryGetValue(source, out var before)) return before;
        return known[source] = await MeasureAsync(Program(source), cancellation);
    }

    private SampleProgram Program(string source) => new() { Language = Problem.Language, Source = source, EntryPoint = Problem.EntryPoint };

    private async Task<SampleEvaluation> MeasureAsync(SampleProgram program, CancellationToken cancellation)
    {
        var isCounted = axis == CostAxis.Instructions;
        var first = isCounted ? settings with { WarmUp = 0, Repeats = 1 } : settings;
        var run = OutputJudge.Judge(await runner.RunAsync(program, Problem.Calls, first, cancellation), tests!, Problem.Checker);
        var costs = new List<Observation>();
        for (var i = 0; i < run.Calls.Count; i++)
        {
            var call = run.Calls[i];
            costs.Add(!isCounted ? Observation.Of(call, axis, settings.Limits)
                : run.Verdict == SampleVerdict.Correct ? await InstructionMeter.MeasureAsync(runner, program, Problem.Calls[i], settings, cancellation)
                : new Observation
                {
                    Verdict = call.Verdict,
                    Axis = axis,
                    LimitUsed = call.LimitUsed,
                    Cost = call.Verdict == SampleVerdict.TimeLimit ? CensoredValue.AtLeast(0) : null,
                });
        }

        return new SampleEvaluation(run, costs);
    }

    private void RequireGood(SampleRun run, SampleVerdict wanted)
    {
        if (run.Verdict == wanted) return;
        var bad = run.Calls.Select((call, i) => (call, i)).FirstOrDefault(pair => pair.call.Verdict == run.Verdict);
        var why = bad.call?.Message is { } message ? $" in test {bad.i + 1} ({message})" : string.Concat(run.Diagnostics.Take(1).Select(line => $" ({line})"));
        throw new InvalidDataException($"the reference of problem {Problem.Id} does not pass its own tests: {run.Verdict}{why}");
    }
}
