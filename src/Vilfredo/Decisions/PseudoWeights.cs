namespace Vilfredo.Decisions;

/// <summary>
/// The pseudo-weights of the points of a front: how much each objective is favoured at a point, seen from its place in the
/// front (K. Deb, "Multi-objective optimization using evolutionary algorithms", 2001).
/// </summary>
public static class PseudoWeights
{
    /// <summary>
    /// w_j = ((max f_j - f_j) / (max f_j - min f_j)) / (the sum of these over the objectives), in O(n m).
    /// </summary>
    /// <param name="points">Row-major finite points of a front, at least one.</param>
    /// <param name="objectives">Values per point.</param>
    /// <returns>
    /// A matrix of the same shape whose rows sum to 1. Objectives with one value only get weight 0; a point that is the worst
    /// in all others (or the only one) gets equal weights.
    /// </returns>
    /// <exception cref="ArgumentException">The matrix is empty, has a wrong shape or a value that is not finite.</exception>
    public static double[] Compute(ReadOnlySpan<double> points, int objectives)
    {
        Ranking.Validate(points, objectives, finite: true);
        var scale = ObjectiveNormalization.FromPoints(points, objectives);
        var weights = new double[points.Length];
        for (var row = 0; row < points.Length; row += objectives)
        {
            double sum = 0;
            for (var j = 0; j < objectives; j++)
                sum += weights[row + j] = scale.IsConstant(j) ? 0 : 1 - scale.Normalize(j, points[row + j]);
            for (var j = 0; j < objectives; j++)
                weights[row + j] = sum > 0 ? weights[row + j] / sum : 1.0 / objectives;
        }

        return weights;
    }
}
