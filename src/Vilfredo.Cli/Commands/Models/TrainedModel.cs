using Vilfredo.Neural.Evaluation;
using Vilfredo.Neural.Training;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>What came out of a training.</summary>
/// <param name="Recipe">What was asked for.</param>
/// <param name="Last">The last record of the log.</param>
/// <param name="Cost">What it cost, earlier runs included.</param>
/// <param name="Scores">The answers to test problems; none when it was not asked.</param>
internal sealed record TrainedModel(TrainingRecipe Recipe, TrainingRecord Last, CostVector Cost, IReadOnlyList<TaskScore> Scores)
{
    /// <summary>The share of right answers over all problems; null when none were asked.</summary>
    public double? Accuracy => Scores.Count > 0 ? (double)Scores.Sum(score => score.Correct) / Scores.Sum(score => score.Problems) : null;
}
