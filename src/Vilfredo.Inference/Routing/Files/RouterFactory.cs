using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Inference.Routing.Featurization;
using Vilfredo.Inference.Routing.Predictors;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.Sorting;

namespace Vilfredo.Inference.Routing.Files;

/// <summary>Makes routers from the recorded answers of an evaluation.</summary>
public static class RouterFactory
{
    /// <summary>The candidates of a table that are on its frontier of quality against cost, from the cheapest on; of equals the first.</summary>
    /// <param name="table">Answers; candidates whose cost is not known are left out.</param>
    public static IReadOnlyList<string> FrontierOf(RoutingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var known = Enumerable.Range(0, table.Candidates.Count)
            .Select(candidate => (Name: table.Candidates[candidate], Quality: RoutingTable.MeanOf(table.Quality, candidate), Cost: RoutingTable.MeanOf(table.Cost, candidate)))
            .Where(point => double.IsFinite(point.Quality) && double.IsFinite(point.Cost)).OrderBy(point => point.Cost).ToList();
        var places = NonDominatedFilter.Indices([.. known.SelectMany(point => (double[])[-point.Quality, point.Cost])], 2, keepDuplicates: false);
        return [.. places.Select(place => known[place].Name)];
    }

    /// <summary>Trains a router on the training part of some answers.</summary>
    /// <param name="definition">The evaluation that they are of.</param>
    /// <param name="table">The answers of the candidates alone, in the order in which the router shall have them.</param>
    /// <param name="cost">What counts as their cost.</param>
    /// <param name="training">How it is trained.</param>
    /// <param name="split">Which prompts are for training.</param>
    /// <param name="features">What it reads.</param>
    /// <param name="reader">What reads that; null opens <paramref name="features"/>.</param>
    /// <param name="cancellation">Ends calls of an embedding model, where there is one.</param>
    /// <returns>The router, with a rule that sends about half of the calibration part to the best candidate and the rest to the cheapest.</returns>
    /// <exception cref="ArgumentException">There are fewer than two candidates or than ten prompts for training, or a candidate's cost is not known.</exception>
    public static async Task<RouterFile> TrainAsync(
        EvaluationDefinition definition, RoutingTable table, CostMeasure cost, RouterTraining training, PromptSplit split, FeatureSettings features, IPromptFeatures? reader = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(features);
        var part = table.Where(prompt => split.PartOf(prompt.Id) == PromptPart.Training);
        const int Fewest = 10;
        if (part.Prompts.Count < Fewest)
            throw new ArgumentException($"{part.Prompts.Count} of {table.Prompts.Count} prompts are for training; a router needs at least {Fewest}, and some hundred to be worth something.", nameof(table));
        if (table.Candidates.Count < 2)
            throw new ArgumentException($"There {(table.Candidates.Count == 1 ? $"is one candidate, {table.Candidates[0]}" : "is no candidate")}; a router chooses between at least two.", nameof(table));
        reader ??= features.Open(null);
        var rows = await reader.ReadAsync([.. part.Prompts.Select(prompt => prompt.Messages)], cancellation).ConfigureAwait(false);
        var scaling = FeatureScaling.Of(rows);
        var points = definition.Points.ToDictionary(point => point.Name, StringComparer.Ordinal);
        RouterCandidate[] candidates =
        [
            .. table.Candidates.Select((name, place) => new RouterCandidate
            {
                Point = PointOf(points[name]),
                Quality = RoutingTable.MeanOf(part.Quality, place),
                Cost = RoutingTable.MeanOf(part.Cost, place) is var paid && double.IsFinite(paid) ? paid : throw new ArgumentException($"What '{name}' costs in {EvaluationStudy.NameOf(cost)} is not known; take another cost.", nameof(cost)),
                Seconds = RoutingTable.MeanOf(part.Seconds, place),
            }),
        ];
        double[][] scaled = [.. rows.Select(scaling.Apply)];
        var file = new RouterFile
        {
            Evaluation = definition.Name,
            Tasks = definition.Tasks,
            TrainingPrompts = part.Prompts.Count,
            Split = split,
            Cost = cost,
            CostUnit = EvaluationStudy.UnitOf(cost, definition.Currency),
            Training = training,
            Candidates = candidates,
            Rule = new ThresholdRule { Threshold = 0.5 },
            Features = features,
            Scaling = scaling,
            Predictor = training.Train(scaled, part.Quality),
            // What reads nothing of the prompt for the quality reads nothing for the cost.
            Costs = training.Kind is RouterKind.Constant or RouterKind.Random ? null : CostPredictor.Fit(scaled, part.Cost),
        };
        var calibration = table.Where(prompt => split.PartOf(prompt.Id) == PromptPart.Calibration);
        // Prompts of the training part are scored too well by routers that remember them, so they only serve where there is nothing else.
        var scores = await WinProbabilitiesAsync(file, calibration.Prompts.Count > 0 ? calibration : part, reader, cancellation).ConfigureAwait(false);
        return file with { Rule = new ThresholdRule { Threshold = ThresholdCalibration.ForShare(scores, 0.5) } };
    }

    /// <summary>What a router expects of the prompts of a table.</summary>
    /// <param name="file">The router.</param>
    /// <param name="table">The prompts.</param>
    /// <param name="reader">What reads the features; null opens the router's.</param>
    /// <param name="cancellation">Ends calls of an embedding model, where there is one.</param>
    public static async Task<IReadOnlyList<RoutePrediction>> PredictAsync(RouterFile file, RoutingTable table, IPromptFeatures? reader = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(table);
        var router = new FeatureRouter([.. file.Candidates.Select(candidate => candidate.Point.Name)], reader ?? file.Features.Open(null), file.Scaling, file.Predictor, file.Costs);
        return await router.PredictAllAsync([.. table.Prompts.Select(prompt => prompt.Messages)], cancellation).ConfigureAwait(false);
    }

    /// <summary>The probabilities that the strong candidate of a router's threshold rule (or of such a rule's defaults) is preferred to the weak one.</summary>
    /// <inheritdoc cref="PredictAsync"/>
    public static async Task<IReadOnlyList<double>> WinProbabilitiesAsync(RouterFile file, RoutingTable table, IPromptFeatures? reader = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var (strong, weak) = (file.Rule as ThresholdRule ?? new() { Threshold = 0.5 }).Pair(file.Measures);
        return [.. (await PredictAsync(file, table, reader, cancellation).ConfigureAwait(false)).Select(prediction => prediction.WinProbability(strong, weak))];
    }

    private static StrategyPoint PointOf(EvaluatedPoint point) => new()
    {
        Name = point.Name,
        Model = point.Model,
        Strategy = point.Strategy,
        Knobs = point.Knobs,
        Budget = point.Budget == Budgets.Budget.Unlimited ? null : point.Budget,
    };
}
