using Vilfredo.Statistics;

namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>
/// Fair comparison of models by their differential performance scores (arXiv 2408.06450): a model that solves only easy tasks is
/// scored on those alone, so two models are compared on the tasks that both entered.
/// </summary>
public static class ModelComparison
{
    /// <summary>The two models on their common tasks.</summary>
    public static AlignedPair Align(ModelScores first, ModelScores second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var common = first.Tasks.Where(task => task.Score.HasValue && second.Find(task.Task)?.Score is not null).ToList();
        return new AlignedPair(
            [.. common.Select(task => task.Task)], [.. common.Select(task => task.Score!.Value)], [.. common.Select(task => second.Find(task.Task)!.Score!.Value)]);
    }

    /// <summary>The difference of mean scores on the common tasks, with a bootstrap interval over tasks in pairs.</summary>
    /// <exception cref="ArgumentException">There is no common task.</exception>
    public static BootstrapInterval Difference(ModelScores first, ModelScores second, RandomGenerator random, BootstrapOptions? options = null)
    {
        var pair = Align(first, second);
        if (pair.Tasks.Count == 0)
            throw new ArgumentException($"'{first.Model}' and '{second.Model}' have no common task; nothing can be compared.", nameof(second));
        return Bootstrap.Paired([.. pair.First], [.. pair.Second], (x, y) => Descriptive.Mean(x) - Descriptive.Mean(y), random, options);
    }

    /// <summary>
    /// For each model the share of tasks won against all others, a tie half: each common task of each pair is a round.
    /// </summary>
    /// <returns>In the order of the models; NaN for a model without a round.</returns>
    public static double[] TaskWinRates(IReadOnlyList<ModelScores> models) => Rates(models, (first, second) =>
    {
        var pair = Align(first, second);
        double won = 0;
        for (var i = 0; i < pair.Tasks.Count; i++) won += Won(pair.First[i] - pair.Second[i]);
        return (won, pair.Tasks.Count);
    });

    /// <summary>For each model the share of other models that it beats by the mean score on their common tasks, a tie half.</summary>
    /// <inheritdoc cref="TaskWinRates"/>
    public static double[] ModelWinRates(IReadOnlyList<ModelScores> models) => Rates(models, (first, second) =>
    {
        var difference = Align(first, second).Difference;
        return double.IsNaN(difference) ? (0, 0) : (Won(difference), 1);
    });

    /// <summary>
    /// The pairs of models whose order by DPS over each model's own tasks is the opposite of that over their common tasks.
    /// </summary>
    public static IReadOnlyList<(ModelScores First, ModelScores Second)> OrderChanges(IReadOnlyList<ModelScores> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return
        [
            .. from i in Enumerable.Range(0, models.Count)
               from j in Enumerable.Range(i + 1, models.Count - i - 1)
               let own = models[i].Score - models[j].Score
               where own is not null && own.Value * Align(models[i], models[j]).Difference < 0
               select (models[i], models[j]),
        ];
    }

    /// <summary>The frontier of pass rate and DPS, both better when higher; models without a score are left out.</summary>
    /// <exception cref="ArgumentException">No model has a score, or two share a name.</exception>
    public static Frontier Frontier(IReadOnlyList<ModelScores> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return new Frontier(
            [Objective.Maximize("pass@1"), Objective.Maximize("DPS")],
            models.Where(model => model.Score.HasValue).Select(model => MeasuredPoint.FromSamples(
                ConfigurationKey.Of(("model", model.Model)), [model.PassRate, model.Score!.Value], 2)));
    }

    // Means of equal scores may differ in the last bits.
    private static double Won(double difference) => Math.Abs(difference) < 1e-9 ? 0.5 : difference > 0 ? 1 : 0;

    private static double[] Rates(IReadOnlyList<ModelScores> models, Func<ModelScores, ModelScores, (double Won, int Rounds)> play)
    {
        ArgumentNullException.ThrowIfNull(models);
        var rates = new double[models.Count];
        for (var i = 0; i < rates.Length; i++)
        {
            double won = 0;
            var rounds = 0;
            for (var j = 0; j < models.Count; j++)
            {
                if (j == i) continue;
                var result = play(models[i], models[j]);
                won += result.Won;
                rounds += result.Rounds;
            }

            rates[i] = rounds == 0 ? double.NaN : won / rounds;
        }

        return rates;
    }
}
