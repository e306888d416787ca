namespace Vilfredo.Decisions;

/// <summary>
/// Chooses the point that suits stated preferences best; smaller scores are better. All objectives are minimised; +Infinity
/// is allowed and comes last.
/// </summary>
/// <remarks>
/// Of equal scores the point with the smaller sum of normalised objectives wins, then the one with the smaller index. All
/// take O(n m).
/// </remarks>
public static class PreferenceChoice
{
    /// <summary>
    /// The smallest weighted sum of the normalised objectives. It can choose points of the convex hull of the front only;
    /// use <see cref="ByTchebycheff"/> for fronts with dents.
    /// </summary>
    /// <param name="points">Row-major points, at least one.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="weights">The importance of each objective, not negative, not all 0; only their ratios matter.</param>
    /// <param name="normalization">The scale; by default that of the points.</param>
    /// <exception cref="ArgumentException">The points or the weights have a wrong shape or a value that is not allowed.</exception>
    public static Decision ByWeightedSum(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> weights, ObjectiveNormalization? normalization = null)
    {
        var scores = new double[Ranking.Validate(points, objectives)];
        var shares = Shares(weights, objectives);
        var scaled = Scale(points, objectives, normalization);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Scalarization.WeightedSum(scaled.AsSpan(i * objectives, objectives), shares);
        return Ranking.Smallest(scores, points, objectives);
    }

    /// <summary>The smallest augmented weighted Tchebycheff distance from the ideal point, in normalised objectives.</summary>
    /// <inheritdoc cref="ByWeightedSum"/>
    public static Decision ByTchebycheff(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> weights, ObjectiveNormalization? normalization = null)
    {
        var scores = new double[Ranking.Validate(points, objectives)];
        var shares = Shares(weights, objectives);
        var scaled = Scale(points, objectives, normalization);
        var ideal = new double[objectives];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Scalarization.Achievement(scaled.AsSpan(i * objectives, objectives), ideal, shares);
        return Ranking.Smallest(scores, points, objectives);
    }

    /// <summary>
    /// The smallest achievement scalarising function for an aspiration: the worst normalised shortfall counts. A score below
    /// 0 means that every aspiration is exceeded.
    /// </summary>
    /// <param name="points">Row-major points, at least one.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="aspiration">The wished value of each objective, finite, in the units of the points.</param>
    /// <param name="normalization">The scale of the shortfalls; by default that of the points.</param>
    /// <exception cref="ArgumentException">The points or the aspiration have a wrong shape or a value that is not allowed.</exception>
    public static Decision ByReferencePoint(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> aspiration, ObjectiveNormalization? normalization = null)
    {
        var scores = new double[Ranking.Validate(points, objectives)];
        PointMatrix.ValidatePoint(aspiration, objectives, nameof(aspiration));
        for (var j = 0; j < objectives; j++)
        {
            if (!double.IsFinite(aspiration[j]))
                throw new ArgumentException($"aspiration: value {j} is {aspiration[j]}; give a finite wish.", nameof(aspiration));
        }

        var scale = normalization ?? ObjectiveNormalization.FromPoints(points, objectives);
        var scaled = Scale(points, objectives, scale);
        var wish = Scale(aspiration, objectives, scale);
        var weights = new double[objectives];
        Array.Fill(weights, 1);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Scalarization.Achievement(scaled.AsSpan(i * objectives, objectives), wish, weights);
        return Ranking.Smallest(scores, points, objectives);
    }

    /// <summary>
    /// The point whose <see cref="PseudoWeights"/> are closest to the wished weights; the score is their Euclidean distance.
    /// </summary>
    /// <param name="points">Row-major finite points of a front, at least one.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="weights">The importance of each objective, not negative, not all 0; only their ratios matter.</param>
    /// <exception cref="ArgumentException">The points or the weights have a wrong shape or a value that is not allowed.</exception>
    public static Decision ByPseudoWeights(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> weights)
    {
        var pseudo = PseudoWeights.Compute(points, objectives);
        var shares = Shares(weights, objectives);
        var scores = new double[Ranking.Validate(points, objectives)];
        for (var i = 0; i < scores.Length; i++)
        {
            double squared = 0;
            for (var j = 0; j < objectives; j++)
            {
                var difference = pseudo[i * objectives + j] - shares[j];
                squared += difference * difference;
            }

            scores[i] = Math.Sqrt(squared);
        }

        return Ranking.Smallest(scores, points, objectives);
    }

    private static double[] Scale(ReadOnlySpan<double> points, int objectives, ObjectiveNormalization? normalization)
    {
        normalization ??= ObjectiveNormalization.FromPoints(points, objectives);
        if (normalization.Objectives != objectives)
        {
            throw new ArgumentException(
                $"The normalization is for {normalization.Objectives} objectives but the points have {objectives}.", nameof(normalization));
        }

        return normalization.Normalize(points);
    }

    private static double[] Shares(ReadOnlySpan<double> weights, int objectives)
    {
        PointMatrix.ValidatePoint(weights, objectives, nameof(weights));
        double sum = 0;
        for (var j = 0; j < objectives; j++)
        {
            if (weights[j] < 0 || double.IsInfinity(weights[j]))
                throw new ArgumentException($"weights: value {j} is {weights[j]}; weights are finite and not negative.", nameof(weights));
            sum += weights[j];
        }

        if (!(sum > 0 && double.IsFinite(sum)))
            throw new ArgumentException($"weights: the sum is {sum}; at least one weight must be above 0, and the sum finite.", nameof(weights));
        var shares = new double[objectives];
        for (var j = 0; j < objectives; j++) shares[j] = weights[j] / sum;
        return shares;
    }
}
