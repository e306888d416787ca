using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;
using Vilfredo.Measurement.CodeEfficiency.Formats;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// The public leaderboard of EvalPerf (evalplus.github.io at commit 87418456, Apache-2.0; program texts left out): 34 models, 118
/// tasks.
/// </summary>
internal static class PublishedBoard
{
    private const double HalfTenth = 0.05;

    // Model, DPS, DPS_norm, pass@1 in percent and model win rate in percent as printed.
    private static readonly (string Model, double Score, double Normalized, double Pass, double WinRate)[] Printed =
    [
        ("gpt-4o-2024-08-06", 87.8, 82.2, 86.7, 100),
        ("deepseek-chat-v2.5", 86.8, 79.1, 88.5, 97.0),
        ("claude-3-5-sonnet-20240620", 85.2, 80.3, 88.0, 93.9),
        ("mistralai--Mistral-Large-Instruct-2407", 85.6, 80.7, 82.4, 87.9),
        ("o1-mini-2024-09-12", 85.0, 81.1, 88.8, 81.8),
        ("Qwen--Qwen2.5-7B-Instruct", 84.7, 79.3, 80.0, 72.7),
        ("Qwen--Qwen2.5-72B-Instruct", 84.7, 79.0, 88.3, 66.7),
        ("meta-llama--Llama-3.1-70B-Instruct", 80.4, 77.3, 77.3, 27.3),
        ("meta-llama--Llama-3.1-8B-Instruct", 80.9, 76.6, 64.3, 15.2),
        ("gemini-1.5-pro-002", 76.3, 75.2, 83.7, 3.0),
    ];

    private static readonly Lazy<EvalPerfBoard> Lazily = new(() =>
    {
        using var reader = new StreamReader(typeof(PublishedBoard).Assembly.GetManifestResourceStream("evalperf_board.json")!);
        return EvalPerfFile.ReadBoard(reader.ReadToEnd(), "evalperf_board.json");
    });

    public static EvalPerfBoard Board => Lazily.Value;

    /// <summary>The printed scores of ten models against means over their tasks.</summary>
    public static IReadOnlyList<ExactValue> Scores() =>
    [
        .. from row in Printed
           let model = Find(row.Model)
           from value in (ExactValue[])
           [
               new($"DPS of {row.Model}", row.Score, model.Score!.Value, HalfTenth),
               new($"DPS_norm of {row.Model}", row.Normalized, model.Normalized!.Value, HalfTenth),
               new($"pass@1 of {row.Model}", row.Pass, 100 * model.PassRate, HalfTenth),
           ]
           select value,
    ];

    /// <summary>The printed win rates of ten models against comparisons of all pairs on common tasks.</summary>
    public static IReadOnlyList<ExactValue> WinRates()
    {
        var rates = ModelComparison.ModelWinRates(Board.Models);
        return [.. Printed.Select(row => new ExactValue($"win rate of {row.Model}", row.WinRate, 100 * rates[IndexOf(row.Model)], HalfTenth))];
    }

    /// <summary>The published DPS_norm of every model and task against that from its matched references: the largest difference.</summary>
    public static double LargestNormalizedDifference() => Board.Models.Max(model => model.Tasks
        .Where(task => task.Normalized.HasValue)
        .Max(task => Math.Abs(task.Normalized!.Value - Board.Normalized(model.Model, task.Task)!.Value)));

    private static int IndexOf(string model) => Enumerable.Range(0, Board.Models.Count).Single(i => Board.Models[i].Model == model);

    private static ModelScores Find(string model) => Board.Models[IndexOf(model)];
}
