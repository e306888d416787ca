using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Curation;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;
using Vilfredo.Statistics;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// The right programs of one of the library's problems, slow to fast, run in the sandbox: how far apart they are on a small and on a heavy input, and how much repeated measurements of the fastest vary.
/// </summary>
/// <remarks>All constants were fixed before the first full run.</remarks>
internal static class MeasuredPrograms
{
    public const string SmallGap = "gap on the small input", HeavyGap = "gap on the heavy input";
    public const string WallVariation = "variation of wall time, %", InstructionVariation = "variation of instructions, %";

    /// <summary>How long a program may take on the heavy input, in seconds of CPU time; the published curation allows 20.</summary>
    public const double Limit = 1;

    /// <summary>The same for the input on which variations are measured, by the slowest program: valgrind takes some fifty times as long.</summary>
    public const double VariationLimit = 0.05;

    private const int SmallRepeats = 20, HeavyRepeats = 3;
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(3); // of a process, with the reading of its inputs

    /// <summary>The library's problems in their order, one per seed.</summary>
    public static RunnableProblem OfSeed(int seed) => LadderProblemFile.Library[(seed - 1) % LadderProblemFile.Library.Count];

    /// <summary>The gaps, slowest over fastest program minus 1 in CPU time of the thread, on the largest input of the first level and on the heaviest one that all programs finish within the limit.</summary>
    public static IReadOnlyDictionary<string, double> Gaps(RunnableProblem problem, double limit, CancellationToken cancellation)
    {
        using var runner = new SampleRunner();
        var inputs = LadderInputs.GenerateAsync(runner, problem, cancellation: cancellation).GetAwaiter().GetResult();
        return new Dictionary<string, double>
        {
            [SmallGap] = Gap(Finished(inputs[0][^1], SmallRepeats)),
            [HeavyGap] = Gap(Finished(Heavy(runner, problem, inputs, limit, cancellation), HeavyRepeats)),
        };

        double[] Finished(JsonElement input, int repeats) => Costs(runner, problem, input, 1, repeats, cancellation)
            ?? throw new InvalidOperationException($"The programs of {problem.Id} do not finish on an input on which they finished, or should.");
    }

    /// <summary>
    /// How much repeated measurements of the slowest right program on its heavy input vary, in percent; of instructions only where valgrind is. The slowest, because the start of a process, which the
    /// meter subtracts, varies too: a program of few instructions drowns in that.
    /// </summary>
    public static IReadOnlyDictionary<string, double> Variations(RunnableProblem problem, double limit, int repeats, CancellationToken cancellation)
    {
        using var runner = new SampleRunner();
        var inputs = LadderInputs.GenerateAsync(runner, problem, cancellation: cancellation).GetAwaiter().GetResult();
        var call = Heavy(runner, problem, inputs, limit, cancellation);
        var program = new SampleProgram { Source = problem.Solutions[0].Source, EntryPoint = problem.EntryPoint };
        var run = runner.RunAsync(program, [call], new RunSettings { WarmUp = 1, Repeats = repeats }, cancellation).GetAwaiter().GetResult();
        var result = new Dictionary<string, double> { [WallVariation] = TaskFilter.VariationPercent([.. run.Calls[0].Runs.Select(one => one.WallSeconds)]) };
        if (!InstructionMeter.IsAvailable) return result;
        var counts = new double[repeats];
        foreach (ref var count in counts.AsSpan())
        {
            var observation = InstructionMeter.MeasureAsync(runner, program, call, cancellation: cancellation).GetAwaiter().GetResult();
            count = observation.Cost is { IsCensored: false } cost
                ? cost.Value
                : throw new InvalidOperationException($"The instructions of {problem.Id} could not be counted: {observation.Verdict}.");
        }

        result[InstructionVariation] = TaskFilter.VariationPercent(counts);
        return result;
    }

    // The first test of the highest level up to which all right programs stay within the limit.
    private static JsonElement Heavy(SampleRunner runner, RunnableProblem problem, IReadOnlyList<IReadOnlyList<JsonElement>> inputs, double limit, CancellationToken cancellation)
    {
        var level = 1;
        while (level + 1 < inputs.Count && Costs(runner, problem, inputs[level + 1][0], 0, 1, cancellation) is { } costs && costs.Max() <= limit) level++;
        return inputs[level][0];
    }

    // Median CPU times of the right programs, or null when one does not finish.
    private static double[]? Costs(SampleRunner runner, RunnableProblem problem, JsonElement input, int warmUp, int repeats, CancellationToken cancellation)
    {
        var program = new SampleProgram { Source = SolutionBundle.Source(problem), EntryPoint = SolutionBundle.EntryPoint };
        var calls = Enumerable.Range(0, problem.Solutions.Count(solution => solution.IsRight))
            .Select(which => JsonSerializer.SerializeToElement<object[]>([which, .. input.EnumerateArray()]));
        var limits = new RunLimits { CpuTime = TimeSpan.FromSeconds(Limit), WallTime = TimeSpan.FromMinutes(1), StartAllowance = Start };
        var run = runner.RunAsync(program, [.. calls], new RunSettings { WarmUp = warmUp, Repeats = repeats, Limits = limits }, cancellation).GetAwaiter().GetResult();
        if (run.Verdict is SampleVerdict.TimeLimit or SampleVerdict.MemoryLimit) return null;
        if (run.Verdict != SampleVerdict.Completed) throw new InvalidOperationException($"The programs of {problem.Id} could not be run: {run.Verdict} {string.Join(" ", run.Diagnostics)}");
        return [.. run.Calls.Select(call => Descriptive.Median([.. call.Runs.Select(one => one.ThreadCpuSeconds ?? one.ProcessCpuSeconds)]))];
    }

    private static double Gap(double[] costs) => costs.Max() / costs.Min() - 1;
}
