namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Predicts what a candidate's answer to a prompt costs: scale · exp(weights · features), by ridge regression of the logarithm. Long questions and long answers are dear for every candidate, and not for all alike, so rules that trade quality for cost need more than means.</summary>
public sealed record CostPredictor
{
    // As for logistic regression: features are standardised.
    private const double Penalty = 10;

    /// <summary>The scale of each candidate, at least 0.</summary>
    public required IReadOnlyList<double> Scales { get; init; }

    /// <summary>The weights of each candidate.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Weights { get; init; }

    /// <summary>Fits to known costs. A candidate of which a cost is 0 or less is expected to cost its mean.</summary>
    /// <param name="features">The features of each prompt, on the scale of the training data.</param>
    /// <param name="cost">What each candidate cost on each prompt; NaN where it is not known.</param>
    public static CostPredictor Fit(IReadOnlyList<double[]> features, IReadOnlyList<double[]> cost)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(cost);
        if (features.Count == 0 || features.Count != cost.Count)
            throw new ArgumentException($"{features.Count} rows of features and {cost.Count} rows of costs were given; give one of each for at least one prompt.", nameof(features));
        var fits = Enumerable.Range(0, cost[0].Length).Select(candidate =>
        {
            var known = Enumerable.Range(0, cost.Count).Where(i => !double.IsNaN(cost[i][candidate])).ToList();
            double[] paid = [.. known.Select(i => cost[i][candidate])];
            var mean = paid.DefaultIfEmpty(0).Average();
            if (paid.Length == 0 || paid.Min() <= 0)
                return (Math.Max(0, mean), new double[features[0].Length]);
            double[][] rows = [.. known.Select(i => features[i])];
            var middle = paid.Average(Math.Log);
            var weights = RidgeRegression.Fit(rows, [.. paid.Select(value => Math.Log(value) - middle)], Penalty);
            // The mean of what is predicted is that of what was paid (Duan's smearing comes to the same for one scale).
            return (mean / rows.Average(row => Math.Exp(Exponent(weights, row))), weights);
        }).ToList();
        return new() { Scales = [.. fits.Select(fit => fit.Item1)], Weights = [.. fits.Select(fit => fit.Item2)] };
    }

    /// <summary>The expected cost of each candidate.</summary>
    /// <param name="features">The features, on the scale of the training data.</param>
    public IReadOnlyList<double> Predict(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return [.. Scales.Zip(Weights, (scale, weights) => scale * Math.Exp(Exponent(weights, features)))];
    }

    internal void Check(int features, int candidates)
    {
        if (Scales.Count != candidates || Scales.Any(scale => !(scale >= 0 && double.IsFinite(scale))))
            throw new FormatException($"'scales' of the costs must have a number of at least 0 for each of {candidates} candidates.");
        if (Weights.Count != candidates || Weights.Any(row => row is null || row.Count != features || !row.All(double.IsFinite)))
            throw new FormatException($"'weights' of the costs must have {features} finite numbers for each of {candidates} candidates.");
    }

    // What was never seen in training changes a cost by a factor of 20 at most.
    private static double Exponent(IReadOnlyList<double> weights, IReadOnlyList<double> features)
    {
        double sum = 0;
        for (var i = 0; i < weights.Count; i++)
            sum += weights[i] * features[i];
        return Math.Clamp(sum, -3, 3);
    }
}
