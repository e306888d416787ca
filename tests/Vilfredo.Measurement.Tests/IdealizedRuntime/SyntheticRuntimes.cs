using Vilfredo.Measurement.IdealizedRuntime;

namespace Vilfredo.Measurement.Tests.IdealizedRuntime;

/// <summary>Runtimes that follow the cost model exactly.</summary>
internal static class SyntheticRuntimes
{
    public const double PerToken = 0.02;

    public static readonly int[] Prompts = [1, 16, 64, 256];
    public static readonly int[] Outputs = [1, 2, 4, 16];

    /// <summary>Flat, then linear.</summary>
    public static double Prompt(int tokens) => 0.021 + Math.Max(0, tokens - 16) * 0.0003;

    public static double Time(int prompt, int output) => Prompt(prompt) + PerToken * (output - 1);

    public static IEnumerable<RuntimeCell> Cells(Func<double>? added = null, int trials = 1) =>
        from prompt in Prompts
        from output in Outputs
        from trial in Enumerable.Range(0, trials)
        select new RuntimeCell(prompt, output, Time(prompt, output) + (added?.Invoke() ?? 0));

    public static RuntimeProfile Fit(IEnumerable<RuntimeCell> cells, FitMode mode = FitMode.FirstToken, CellStatistic? statistic = null) =>
        RuntimeFit.Fit("model", "machine", "software", cells, new RuntimeFitOptions { Mode = mode, Statistic = statistic });
}
