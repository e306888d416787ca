using System.Text;
using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Ladders;

/// <summary>Makes the inputs of a ladder by running its generator in the sandbox.</summary>
public static class LadderInputs
{
    /// <summary>The published base seed of test cases (arXiv 2406.06647, its code).</summary>
    public const int DefaultSeed = 998244353;

    private const string EntryPoint = "Generate";

    /// <summary>Added to the generator, because a child process is given numbers and not a random stream.</summary>
    private const string Adapter =
        "\npublic static object[] " + EntryPoint + "(long size, int test, int seed) => Inputs(size, test, new Random(seed));\n";

    /// <summary>Makes all inputs.</summary>
    /// <param name="runner">Runs the generator.</param>
    /// <param name="problem">A problem with a ladder.</param>
    /// <param name="seed">The base seed; a test's own is that, the problem's name and the test's running number in exclusive or.</param>
    /// <param name="cancellation">Kills the child.</param>
    /// <returns>The arguments of each test, level by level.</returns>
    /// <exception cref="ArgumentException">The problem has no ladder.</exception>
    /// <exception cref="InvalidDataException">The generator does not compile, fails, or returns no list of arguments.</exception>
    public static async Task<IReadOnlyList<IReadOnlyList<JsonElement>>> GenerateAsync(
        SampleRunner runner, RunnableProblem problem, int seed = DefaultSeed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(problem);
        var ladder = problem.Ladder ?? throw new ArgumentException($"Problem {problem.Id} has no ladder; give it a generator and sizes.", nameof(problem));
        var places = Enumerable.Range(0, ladder.Sizes.Count).SelectMany(level => Enumerable.Range(0, ladder.Tests(level)).Select(test => (Level: level, Test: test))).ToList();
        var calls = places.Select((place, number) => Call(ladder.Size(place.Level, place.Test), place.Test, Seed(seed, problem.Id, number))).ToList();
        var program = new SampleProgram { Source = ladder.Generator + Adapter, EntryPoint = EntryPoint };
        var run = await runner.RunAsync(program, calls, new RunSettings(), cancellation);
        for (var i = 0; i < places.Count; i++)
        {
            if (run.Calls[i].Verdict == SampleVerdict.Completed && run.Calls[i].Output is { ValueKind: JsonValueKind.Array }) continue;
            var why = run.Calls[i].Message ?? (run.Diagnostics.Count > 0 ? run.Diagnostics[0] : "it returned no list of arguments");
            throw new InvalidDataException($"the generator of problem {problem.Id} gave nothing for level {places[i].Level}, test {places[i].Test}: {run.Verdict} ({why})");
        }

        return [.. places.Zip(run.Calls).GroupBy(pair => pair.First.Level, pair => pair.Second.Output!.Value).Select(level => level.ToList())];
    }

    private static JsonElement Call(long size, int test, int seed) => JsonSerializer.SerializeToElement(new long[] { size, test, seed });

    private static int Seed(int seed, string problem, int test)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(problem)) hash = unchecked((hash ^ value) * 16777619u);
        return (int)((uint)seed ^ hash ^ (uint)test) & int.MaxValue;
    }
}
