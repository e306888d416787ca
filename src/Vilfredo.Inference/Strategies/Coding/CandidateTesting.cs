using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Judging;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>Runs candidates on tests; the same program once.</summary>
/// <remarks>A candidate's verdict on a test is taken to be the same each time, so that dropping tests needs no second run.</remarks>
internal sealed class CandidateTesting(ICandidateRunner runner, AlgorithmFirstOptions options, string entryPoint, IReadOnlyList<SyntheticTest> tests)
{
    private readonly Dictionary<string, IReadOnlyList<CallResult>> known = [];

    /// <summary>What a program does on each test, judged.</summary>
    public async Task<IReadOnlyList<CallResult>> RunAsync(string code, CancellationToken cancellation)
    {
        if (known.TryGetValue(code, out var before)) return before;
        var run = await RunAsync(code, new RunSettings { ContinueAfterKill = true }, cancellation).ConfigureAwait(false);
        var judged = OutputJudge.Judge(run, [.. tests.Select(test => new CodeTest(test.Input, test.Expected))]);
        return known[code] = judged.Calls;
    }

    /// <summary>The tests.</summary>
    public IReadOnlyList<SyntheticTest> Tests => tests;

    /// <summary>The CPU time of a program on the tests of some numbers together, the least of a few runs each; infinite where one is not measured.</summary>
    public async Task<double> CostAsync(string code, IReadOnlyList<int> kept, CancellationToken cancellation)
    {
        var costs = await CostsAsync(code, cancellation).ConfigureAwait(false);
        return kept.Sum(test => costs[test]);
    }

    /// <summary>The CPU seconds of a program on each test, the least of a few runs; infinite where it is not measured.</summary>
    public async Task<double[]> CostsAsync(string code, CancellationToken cancellation)
    {
        const int repeats = 5;
        var run = await RunAsync(code, new RunSettings { Repeats = repeats, WarmUp = 2 }, cancellation).ConfigureAwait(false);
        return [.. Enumerable.Range(0, tests.Count).Select(test =>
            run.Calls[test].Runs is { Count: > 0 } runs ? runs.Min(one => one.ThreadCpuSeconds ?? one.WallSeconds) : double.PositiveInfinity)];
    }

    private async Task<SampleRun> RunAsync(string code, RunSettings settings, CancellationToken cancellation)
    {
        var program = new SampleProgram { Language = options.Language, Source = code, EntryPoint = entryPoint };
        var run = await runner.RunAsync(program, [.. tests.Select(test => test.Input)], settings with { Limits = settings.Limits with { CpuTime = options.TestTime } }, cancellation).ConfigureAwait(false);
        return run.Verdict != SampleVerdict.HostFailure
            ? run
            : throw new InvalidOperationException($"The sandbox could not run a candidate: {string.Join(" ", run.Diagnostics)}");
    }
}
