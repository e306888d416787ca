using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Measurement.OffPolicy.Stationary;

/// <summary>The saddle point with w = φᵀα and Q = φᵀθ: the derivatives of the Lagrangian are linear in θ, λ and α, and all are 0.</summary>
internal sealed class LinearSaddle
{
    private readonly int[] seen;
    private readonly double[] theta;
    private readonly double[] alpha;

    public LinearSaddle(LoggedTrajectories data, LinearFeatures features, StationarySteps steps, LagrangianOptions options, double ridge)
    {
        // A feature that no pair of D has would be a condition on the flow that no weight can meet.
        var squares = new double[features.Dimension];
        foreach (var (entry, _, share) in steps.All)
        {
            var logged = features.Logged(entry);
            for (var k = 0; k < squares.Length; k++) squares[k] += share * logged[k] * logged[k];
        }

        seen = [.. Enumerable.Range(0, squares.Length).Where(k => squares[k] > 0)];
        var d = seen.Length;
        if (d == 0) throw new InvalidOperationException("All features of the logged steps are 0, so they determine nothing; give other ones.");
        var unit = squares.Sum() / d;
        var (matrix, right) = (new double[2 * d + 1, 2 * d + 1], new double[2 * d + 1]);
        foreach (var start in steps.Starts)
        {
            var expected = features.Expected(start);
            for (var j = 0; j < d; j++) right[j] -= (1 - data.Gamma) * expected[seen[j]] / steps.Starts.Length;
        }

        // Rows and columns: θ, λ, α.
        right[d] = options.IsNormalized ? -1 : 0;
        var difference = new double[d];
        foreach (var (entry, isLast, share) in steps.All)
        {
            var logged = features.Logged(entry);
            for (var j = 0; j < d; j++) difference[j] = (isLast ? 0 : data.Gamma * features.Expected(entry + 1)[seen[j]]) - logged[seen[j]];
            for (var i = 0; i < d; i++)
            {
                var value = share * logged[seen[i]];
                if (value == 0) continue;
                right[d + 1 + i] -= value * (options.RewardShare * data.Rewards[entry] + 2 * options.WeightPenalty);
                if (options.IsNormalized)
                {
                    matrix[d + 1 + i, d] -= value * steps.Mass(isLast);
                    matrix[d, d + 1 + i] -= value * steps.Mass(isLast);
                }

                for (var j = 0; j < d; j++)
                {
                    matrix[d + 1 + i, j] += value * difference[j];
                    matrix[j, d + 1 + i] += value * difference[j];
                    matrix[i, j] += 2 * options.ValuePenalty * value * logged[seen[j]];
                    matrix[d + 1 + i, d + 1 + j] -= 2 * options.WeightPenalty * value * logged[seen[j]];
                }
            }
        }

        // The penalties make the matrix positive definite above and negative definite below, and so invertible.
        for (var i = 0; i < d; i++)
        {
            matrix[i, i] += ridge * unit;
            matrix[d + 1 + i, d + 1 + i] -= ridge * unit;
        }

        matrix[d, d] += options.IsNormalized ? ridge : 1;
        for (var i = 0; i < right.Length; i++)
        {
            for (var j = 0; j < right.Length; j++) matrix[i, j] /= unit;
            right[i] /= unit;
        }

        if (!LinearEquations.Solve(matrix, right)) throw new InvalidOperationException("The features do not determine the estimate on this data; take fewer features, more data or a larger ridge.");
        (theta, Multiplier, alpha) = (right[..d], right[d], right[(d + 1)..]);
    }

    /// <summary>λ.</summary>
    public double Multiplier { get; }

    public double Value(ReadOnlySpan<double> features) => Product(features, theta);

    public double Weight(ReadOnlySpan<double> features) => Product(features, alpha);

    private double Product(ReadOnlySpan<double> features, double[] coefficients)
    {
        var sum = 0.0;
        for (var k = 0; k < seen.Length; k++) sum += features[seen[k]] * coefficients[k];
        return sum;
    }
}
