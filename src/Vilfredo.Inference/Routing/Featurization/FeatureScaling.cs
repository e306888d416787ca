namespace Vilfredo.Inference.Routing.Featurization;

/// <summary>The scale of the features in the training data: (value − mean) / deviation is what predictors see.</summary>
public sealed record FeatureScaling
{
    // A bucket that one prompt in hundred fills would otherwise be the loudest feature of that prompt.
    private const double LeastDeviation = 0.02;

    /// <summary>The mean of each feature.</summary>
    public required IReadOnlyList<double> Means { get; init; }

    /// <summary>The standard deviation of each feature, at least 0.02; 1 where it did not vary.</summary>
    public required IReadOnlyList<double> Deviations { get; init; }

    /// <summary>The scale of rows of features.</summary>
    /// <param name="rows">At least one, all of one length.</param>
    public static FeatureScaling Of(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Count, 1);
        double[] means = [.. Enumerable.Range(0, rows[0].Length).Select(feature => rows.Average(row => row[feature]))];
        return new()
        {
            Means = means,
            Deviations =
            [
                .. means.Select((mean, feature) =>
                {
                    var deviation = Math.Sqrt(rows.Average(row => (row[feature] - mean) * (row[feature] - mean)));
                    return deviation > 1e-12 ? Math.Max(LeastDeviation, deviation) : 1;
                }),
            ],
        };
    }

    /// <summary>Features on this scale, none further than 10 from 0: what was never seen in training is no reason for certainty.</summary>
    public double[] Apply(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var scaled = new double[features.Count];
        for (var i = 0; i < scaled.Length; i++)
            scaled[i] = Math.Clamp((features[i] - Means[i]) / Deviations[i], -10, 10);
        return scaled;
    }

    internal void Check(int features)
    {
        if (Means.Count != features || Deviations.Count != features)
            throw new FormatException($"The scale has {Means.Count} means and {Deviations.Count} deviations for {features} features.");
        if (Means.Any(mean => !double.IsFinite(mean)) || Deviations.Any(deviation => !(deviation > 0 && double.IsFinite(deviation))))
            throw new FormatException("The scale has a mean that is not finite or a deviation that is not positive.");
    }
}
