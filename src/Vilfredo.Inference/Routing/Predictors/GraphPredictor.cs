namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>
/// A small network on the graph of prompts and candidates, in the way of GraphRouter (Feng et al., arXiv 2410.03834 [memory]). An edge between a prompt and a candidate carries what the answer was worth; like prompts are neighbours.
/// A new prompt hears from its neighbours how far each candidate was above its mean on them, and meets the candidate, which has heard from all the prompts that it answered:
/// quality = σ(b + α · neighbours + u · tanh(W q)).
/// </summary>
public sealed record GraphPredictor : QualityPredictor
{
    /// <summary>How many neighbours a prompt has, at least 1.</summary>
    public required int Neighbors { get; init; }

    /// <summary>The features of the training prompts.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Prompts { get; init; }

    /// <summary>The quality of each candidate on each of them; null where there is no edge.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Quality { get; init; }

    /// <summary>W with the constant as its last column: hidden units x (features + 1).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Hidden { get; init; }

    /// <summary>u, what each candidate is after it has heard from its prompts: candidates x hidden units.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Candidates { get; init; }

    /// <summary>b of each candidate.</summary>
    public required IReadOnlyList<double> Intercepts { get; init; }

    /// <summary>α, how much neighbours count.</summary>
    public required double Propagation { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var neighbors = NearestOf(features, Prompts, Neighbors, -1);
        double[] hidden = [.. Hidden.Select(row => Math.Tanh(Dot(features, row) + row[^1]))];
        return new([.. Candidates.Select((candidate, place) => Sigmoid(Intercepts[place] + (Propagation * Heard(place)) + Dot(hidden, candidate)))]);

        double Heard(int candidate)
        {
            var mean = Quality.Average(row => row[candidate]) ?? 0.5;
            var (sum, total) = (0.0, 1.0);
            foreach (var (prompt, weight) in neighbors)
            {
                if (Quality[prompt][candidate] is not { } quality)
                    continue;
                sum += weight * (quality - mean);
                total += weight;
            }

            return sum / total;
        }
    }

    internal override void Check(int features, int candidates)
    {
        Require(Neighbors >= 1, $"'neighbors' is {Neighbors}; it must be at least 1.");
        Require(Prompts.Count >= 1, "'prompts' is empty.");
        RequireMatrix(Prompts, Prompts.Count, features, "prompts");
        NearestNeighborsPredictor.RequireQuality(Quality, Prompts.Count, candidates);
        Require(Hidden.Count >= 1, "'hidden' is empty.");
        RequireMatrix(Hidden, Hidden.Count, features + 1, "hidden");
        RequireMatrix(Candidates, candidates, Hidden.Count, "candidates");
        Require(Intercepts.Count == candidates && Intercepts.All(double.IsFinite), $"'intercepts' must have a finite number for each of {candidates} candidates.");
        Require(double.IsFinite(Propagation), "'propagation' must be a finite number.");
    }

    /// <summary>The nearest prompts by the cosine of their features, which is their weight; those at a right angle or beyond are no neighbours.</summary>
    internal static (int Prompt, double Weight)[] NearestOf(IReadOnlyList<double> features, IReadOnlyList<IReadOnlyList<double>> prompts, int count, int except) =>
    [
        .. prompts.Select((prompt, place) => (Prompt: place, Weight: place == except ? 0 : Cosine(features, prompt)))
            .Where(one => one.Weight > 0).OrderByDescending(one => one.Weight).ThenBy(one => one.Prompt).Take(count),
    ];
}
