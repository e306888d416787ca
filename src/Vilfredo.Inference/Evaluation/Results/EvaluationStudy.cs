using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Studies;

namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>An evaluation as a study: a trial for each point, with a repeat for each problem, so that everything that reads studies (reports, plots, comparisons, choices) reads evaluations.</summary>
public static class EvaluationStudy
{
    /// <summary>The two objectives of an evaluation: its quality and the cost of its frontier.</summary>
    public static IReadOnlyList<Objective> ObjectivesOf(EvaluationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var quality = definition.Quality.ToString();
        return
        [
            definition.Quality.Kind == QualityKind.CostOfPass ? Objective.Minimize(quality, definition.Currency) : Objective.Maximize(quality),
            Objective.Minimize(NameOf(definition.FrontierCost), UnitOf(definition.FrontierCost, definition.Currency)),
        ];
    }

    /// <summary>How a cost is called.</summary>
    public static string NameOf(CostMeasure cost) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(cost.ToString());

    /// <summary>The unit of a cost.</summary>
    public static string UnitOf(CostMeasure cost, string currency) => cost switch
    {
        CostMeasure.Money => currency,
        CostMeasure.Tokens or CostMeasure.CriticalTokens => "tokens",
        CostMeasure.Energy => "J",
        _ => "s",
    };

    /// <summary>A study in memory with the points of a result.</summary>
    /// <param name="result">The result, with at least one point.</param>
    public static Study Of(EvaluationResult result) => Fill(result, null);

    /// <summary>Writes the study of a result into a file of studies, in place of an earlier one of the evaluation's name. A search has written its own.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="StudyStorageException">The file cannot be written.</exception>
    public static void Save(EvaluationResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Definition.Search is not null || result.Points.Count == 0)
            return;
        using var storage = new SqliteStorage(path);
        if (storage.List().Contains(result.Definition.Name))
            storage.Delete(result.Definition.Name);
        using var study = Fill(result, storage);
    }

    internal static TrialOutcome OutcomeOf(EvaluationDefinition definition, double[][] samples)
    {
        if (definition.Quality.Kind != QualityKind.CostOfPass)
            return TrialOutcome.MeasuredRepeatedly(samples);
        // A ratio of means has no value for a single problem.
        var rate = samples.Average(row => row[0]);
        return rate > 0 ? TrialOutcome.Measured(samples.Average(row => row[1]) / rate, samples.Average(row => row[1])) : TrialOutcome.Failed("no answer is right, so a right one has no cost");
    }

    private static Study Fill(EvaluationResult result, IStudyStorage? storage)
    {
        var definition = result.Definition;
        var space = new EvaluationSpace(definition);
        var study = Study.Create(
            new StudyDefinition
            {
                Name = definition.Name,
                Space = space.Space,
                Objectives = [.. ObjectivesOf(definition).Select(objective => new ObjectiveDefinition(objective))],
                Sampler = new("random"),
                Seed = unchecked((ulong)definition.Seed),
            }, storage);
        var energy = EvaluationAnalysis.JoulesPerToken(definition, result.Outcome);
        var measured = result.Outcome.Points.ToDictionary(point => point.Point.Name, StringComparer.Ordinal);
        foreach (var point in result.Points)
        {
            var samples = PointMeasures.Samples(definition, measured[point.Point.Name], point.Problems, energy);
            var metrics = point.Costs.ToDictionary(cost => NameOf(cost.Key), cost => cost.Value.Value, StringComparer.Ordinal);
            study.Add(space.ConfigurationOf(point.Point), OutcomeOf(definition, samples) with { Metrics = metrics });
        }

        return study;
    }
}
