using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Metering;

/// <summary>Counts the instructions of one run of a call with valgrind: slow, and nearly the same every time.</summary>
/// <remarks>
/// Valgrind counts whole processes. Two are run that make the same preparations, with 2 and with 2 + n runs of the call; the difference
/// over n is the cost of a run, because start, loading and compilation cancel out. A sample runs some fifty times slower under it, and
/// the limits of time are widened accordingly; a run stopped at those has an observation without any number of instructions.
/// </remarks>
public static partial class InstructionMeter
{
    private const int Slowdown = 60;
    private const int RunsBefore = 2;

    /// <summary>Whether valgrind is on this machine.</summary>
    public static bool IsAvailable => Program is not null;

    /// <summary>The path of valgrind, or <see langword="null"/>.</summary>
    internal static string? Program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, "valgrind"))
            .FirstOrDefault(path => OperatingSystem.IsLinux() && File.Exists(path));

    /// <summary>Measures a call.</summary>
    /// <param name="runner">Runs the processes.</param>
    /// <param name="program">The sample.</param>
    /// <param name="call">A JSON array with its arguments.</param>
    /// <param name="settings">Its limits, as for a run without valgrind; <see cref="RunSettings.Repeats"/> is n. <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Kills the child.</param>
    /// <returns>The observation; its one repetition is the mean of n runs.</returns>
    /// <exception cref="InvalidOperationException">There is no valgrind.</exception>
    public static async Task<Observation> MeasureAsync(
        SampleRunner runner, SampleProgram program, JsonElement call, RunSettings? settings = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runner);
        if (!IsAvailable) throw new InvalidOperationException("Instructions are counted by valgrind, which is not on the PATH; install it, or choose another cost.");
        settings ??= new RunSettings();
        var widened = settings with
        {
            WarmUp = 0,
            Prepared = RunsBefore + settings.Repeats,
            CountsInstructions = true,
            Limits = settings.Limits with
            {
                CpuTime = settings.Limits.CpuTime * Slowdown,
                WallTime = settings.Limits.EffectiveWallTime * Slowdown,
                StartAllowance = settings.Limits.StartAllowance * Slowdown,
            },
        };
        var less = await runner.RunAsync(program, [call], widened with { Repeats = RunsBefore }, cancellation);
        var more = less.Verdict == SampleVerdict.Completed
            ? await runner.RunAsync(program, [call], widened with { Repeats = RunsBefore + settings.Repeats }, cancellation)
            : less;
        var result = more.Calls[0];
        if (more.Verdict != SampleVerdict.Completed || less.Instructions is not { } before || more.Instructions is not { } after)
        {
            return new Observation
            {
                Verdict = more.Verdict,
                Axis = CostAxis.Instructions,
                LimitUsed = result.LimitUsed,
                Cost = more.Verdict == SampleVerdict.TimeLimit ? CensoredValue.AtLeast(0) : null,
            };
        }

        var cost = Math.Max(0, after - before) / (double)settings.Repeats;
        return new Observation
        {
            Verdict = SampleVerdict.Completed,
            Axis = CostAxis.Instructions,
            Repetitions = [cost],
            Cost = CensoredValue.Exactly(cost),
        };
    }

    /// <summary>Valgrind's count in what a process wrote: the last one, which is its own.</summary>
    internal static long? Parse(string errorText)
    {
        var found = Count().Matches(errorText);
        return found.Count == 0 ? null : long.Parse(found[^1].Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"==\d+== I\s+refs:\s+([\d,]+)")]
    private static partial Regex Count();
}
