using System.Globalization;
using System.Text;
using Vilfredo.IO;
using Vilfredo.Neural.Accounting;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>The README of a model: how it was made, what it cost, what it can do.</summary>
internal static class ModelCard
{
    /// <summary>Writes <c>README.md</c> into the model's folder.</summary>
    /// <param name="trained">The model.</param>
    /// <param name="version">The version of the command.</param>
    /// <param name="made">The day.</param>
    public static void Write(TrainedModel trained, string version, DateOnly made)
    {
        var recipe = trained.Recipe;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(recipe.Output));
        var parameters = new DecoderCosts(recipe.Model).Parameters;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {name}\n\nA decoder of {parameters.Total:N0} parameters ({parameters.TotalWithoutVocabulary:N0} without vocabulary), trained by `vilfredo train train.yaml`, version {version}, on {made:yyyy-MM-dd}.\n\n");
        text.Append("| | |\n|---|---|\n");
        Row("seed", recipe.Seed.ToString(CultureInfo.InvariantCulture));
        Row("steps", recipe.Steps.ToString("N0", CultureInfo.InvariantCulture));
        foreach (var kind in new[] { CostKind.PromptTokens, CostKind.Flops, CostKind.WallTime, CostKind.Energy, CostKind.PeakMemory })
        {
            if (trained.Cost[kind] is { } amount)
                Row(kind switch { CostKind.PromptTokens => "tokens read", CostKind.Energy => "energy (estimated)", _ => CostUnit.Of(kind).Name }, CostUnit.Of(kind).Format(amount));
        }

        Row("machine", $"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}");
        if (trained.Last.Evaluation?.TryGetValue("validation", out var loss) == true)
            Row("validation loss (nats per token)", QuantityFormat.Significant(loss, 4));
        if (trained.Accuracy is { } accuracy)
            text.Append(CultureInfo.InvariantCulture, $"\n## Answers\n\n{100 * accuracy:0.0} % of {trained.Scores.Sum(score => score.Problems)} test problems, none of which can occur in training, are answered rightly when the most likely token is taken each time.\n\n{Table(trained)}");
        AtomicFile.Write(Path.Combine(recipe.Output, "README.md"), stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));

        void Row(string what, string value) => text.Append(CultureInfo.InvariantCulture, $"| {what} | {value} |\n");
    }

    private static string Table(TrainedModel trained)
    {
        var text = new StringBuilder("| family | difficulty | problems | right | 95 % interval | tokens per answer |\n|---|---:|---:|---:|---|---:|\n");
        foreach (var score in trained.Scores)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {score.Family} | {score.Difficulty} | {score.Problems} | {100 * score.Accuracy:0.0} % | {100 * score.Interval.Lower:0.0} to {100 * score.Interval.Upper:0.0} % | {score.MeanTokens:0.0} |\n");
        }

        return text.ToString();
    }
}
