namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Expects of each candidate what it did on the nearest prompts of the training data, by the cosine of their features, and one prompt more with its mean quality, so that few neighbours do not make it certain.</summary>
public sealed record NearestNeighborsPredictor : QualityPredictor
{
    /// <summary>How many neighbours count, at least 1.</summary>
    public required int Neighbors { get; init; }

    /// <summary>The features of the training prompts.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Prompts { get; init; }

    /// <summary>The quality of each candidate on each of them; null where it is not known.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Quality { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        int[] nearest = [.. Prompts.Select((prompt, i) => (Place: i, Similarity: Cosine(features, prompt))).OrderByDescending(pair => pair.Similarity).ThenBy(pair => pair.Place).Take(Neighbors).Select(pair => pair.Place)];
        return new(
        [
            .. Enumerable.Range(0, Quality[0].Count).Select(candidate =>
            {
                var mean = Quality.Average(row => row[candidate]) ?? 0.5;
                double[] known = [.. nearest.Select(place => Quality[place][candidate]).OfType<double>()];
                return (known.Sum() + mean) / (known.Length + 1);
            }),
        ]);
    }

    internal override void Check(int features, int candidates)
    {
        Require(Neighbors >= 1, $"'neighbors' is {Neighbors}; it must be at least 1.");
        Require(Prompts.Count >= 1, "'prompts' is empty.");
        RequireMatrix(Prompts, Prompts.Count, features, "prompts");
        RequireQuality(Quality, Prompts.Count, candidates);
    }

    internal static void RequireQuality(IReadOnlyList<IReadOnlyList<double?>> quality, int prompts, int candidates) => Require(
        quality.Count == prompts && quality.All(row => row is not null && row.Count == candidates && row.All(value => value is null or (>= 0 and <= 1))),
        $"'quality' must have, for each of {prompts} prompts, a number from 0 to 1 or null for each of {candidates} candidates.");
}
