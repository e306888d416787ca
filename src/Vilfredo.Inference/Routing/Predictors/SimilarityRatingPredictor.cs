namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>
/// Elo ratings of the candidates, fitted for each conversation to the comparisons of the training data, which count by the similarity of their prompts: weight 10 · 10^(similarity / greatest similarity), ties half a win for each
/// (the similarity-weighted ranking of RouteLLM). RouteLLM sorts its 64 models into 10 tiers first; the candidates here are few, and each is its own.
/// </summary>
/// <remarks>The ratings are the Bradley-Terry model's, found by minorisation (Hunter, Annals of Statistics 32, 2004 [memory]), with one tie of each two candidates added, so that they stay finite. The quality of a candidate is the mean of its qualities by the same weights.</remarks>
public sealed record SimilarityRatingPredictor : QualityPredictor
{
    private const int Steps = 200;
    private const double Unrelated = 10; // the weight of a prompt without similarity

    /// <summary>The factor by which the most similar prompt counts more than one without similarity; 10 in RouteLLM, above 1.</summary>
    public required double Sharpness { get; init; }

    /// <summary>The features of the training prompts.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Prompts { get; init; }

    /// <summary>The quality of each candidate on each of them; null where it is not known.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Quality { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        double[] similarities = [.. Prompts.Select(prompt => Cosine(features, prompt))];
        var most = Math.Max(similarities.Max(), 1e-9);
        double[] weights = [.. similarities.Select(similarity => Unrelated * Math.Pow(Sharpness, Math.Max(similarity / most, -1)))];
        var strength = Ratings(weights);
        return new([.. Enumerable.Range(0, strength.Length).Select(candidate => WeightedMean(weights, candidate))]) { Strength = strength };
    }

    internal override void Check(int features, int candidates)
    {
        Require(Sharpness > 1 && double.IsFinite(Sharpness), $"'sharpness' is {Sharpness}; it must be above 1.");
        Require(Prompts.Count >= 1, "'prompts' is empty.");
        RequireMatrix(Prompts, Prompts.Count, features, "prompts");
        NearestNeighborsPredictor.RequireQuality(Quality, Prompts.Count, candidates);
    }

    private double WeightedMean(double[] weights, int candidate)
    {
        var (sum, total) = (0.5, 1.0);
        foreach (var (place, row) in Quality.Index())
        {
            if (row[candidate] is not { } quality)
                continue;
            sum += weights[place] * quality;
            total += weights[place];
        }

        return sum / total;
    }

    // Natural log-strengths; an Elo rating is 400 / ln 10 times as much.
    private double[] Ratings(double[] weights)
    {
        var count = Quality[0].Count;
        var (wins, played) = (new double[count], new double[count, count]);
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var (won, weight) = (0.5 * Unrelated, Unrelated);
                for (var place = 0; place < weights.Length; place++)
                {
                    if (Quality[place][a] is not { } first || Quality[place][b] is not { } second)
                        continue;
                    won += weights[place] * (0.5 + (0.5 * (first - second)));
                    weight += weights[place];
                }

                wins[a] += won;
                wins[b] += weight - won;
                played[a, b] = played[b, a] = weight;
            }
        }

        var power = Enumerable.Repeat(1.0, count).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            double[] next = [.. power];
            for (var a = 0; a < count; a++)
            {
                var expected = 0.0;
                for (var b = 0; b < count; b++)
                    expected += b == a ? 0 : played[a, b] / (power[a] + power[b]);
                next[a] = count == 1 ? 1 : wins[a] / expected;
            }

            var middle = Math.Exp(next.Average(Math.Log));
            var change = 0.0;
            for (var a = 0; a < count; a++)
            {
                change = Math.Max(change, Math.Abs(Math.Log(next[a] / middle / power[a])));
                power[a] = next[a] / middle;
            }

            if (change < 1e-10)
                break;
        }

        return [.. power.Select(value => Math.Log(value))];
    }
}
