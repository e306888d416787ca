using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// The value of a policy that goes on forever, J = E[Σ_{t ≥ 0} γ^t r_t] with γ below 1, from logged steps with features, in closed form. Unlike ratios of trajectories, its weights
/// do not grow with the horizon.
/// </summary>
/// <remarks>
/// <para>With linear functions of the same features for both players, the saddle points of the minimax estimators have closed forms: the values are those of minimax Q learning, which is
/// least-squares temporal differences, E_D[φ (φ − γ φ(s', π))ᵀ] θ = E_D[φ r]; the weights those of minimax weight learning and of the dual of DualDICE,
/// E_D[(φ − γ φ(s', π)) φᵀ] α = (1 − γ) E[φ(s_0, π)] (Uehara, Huang and Jiang, "Minimax Weight and Q-Function Learning", 2020; Nachum, Chow, Dai and Li, "DualDICE", 2019; Yang et
/// al., "Off-Policy Evaluation via the Regularized Lagrangian", 2020). Both give the same estimate of J, and so does the doubly robust combination of the two.</para>
/// <para>D holds the logged steps whose successor is known: not the last one of a trajectory as long as the horizon. A trajectory that is shorter has ended, and nothing is earned
/// after it. Cost: O(n T d² + d³).</para>
/// </remarks>
public sealed class DiscountedEvaluation
{
    private DiscountedEvaluation(double value, double[] weights, double[] actionValues) => (Value, Weights, ActionValues) = (value, weights, actionValues);

    /// <summary>The estimate of J.</summary>
    public double Value { get; }

    /// <summary>
    /// n · T weights d_π(s, a) / d_D(s, a) of the discounted stationary distribution to that of the data, 0 where the successor is unknown; linear, and so perhaps below 0.
    /// J is the mean of weight · reward over D, divided by 1 − γ.
    /// </summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>n · T predicted Q̂(s_t, a_t).</summary>
    public IReadOnlyList<double> ActionValues { get; }

    /// <summary>Fits values and weights.</summary>
    /// <param name="data">What was logged, with a discount factor below 1.</param>
    /// <param name="features">Features of its steps under the evaluation policy.</param>
    /// <param name="ridge">Added to the diagonal, in units of its mean; above 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, the discount factor is 1, or no step has a successor.</exception>
    /// <exception cref="InvalidOperationException">The features do not determine the values on this data.</exception>
    public static DiscountedEvaluation Fit(LoggedTrajectories data, LinearFeatures features, double ridge = LinearEvaluation.DefaultRidge)
    {
        ArgumentNullException.ThrowIfNull(features);
        features.Check(data, ridge);
        if (data.Gamma >= 1) throw new ArgumentException("With a discount factor of 1 a value over all time is unbounded; give one below 1, or use LinearEvaluation for the horizon.", nameof(data));
        var d = features.Dimension;
        var (equations, rewards, starts) = (new NormalEquations(d), new double[d], new double[d]);
        var (difference, known) = (new double[d], 0);
        for (var i = 0; i < data.Count; i++)
        {
            DenseVectors.AddScaled((1 - data.Gamma) / data.Count, features.Expected(i * data.Horizon), starts);
            for (var t = 0; t < Known(data, i); t++)
            {
                var entry = i * data.Horizon + t;
                features.Logged(entry).CopyTo(difference);
                if (t + 1 < data.Lengths[i]) DenseVectors.AddScaled(-data.Gamma, features.Expected(entry + 1), difference);
                equations.Add(1, features.Logged(entry), difference);
                DenseVectors.AddScaled(data.Rewards[entry], features.Logged(entry), rewards);
                known++;
            }
        }

        if (known == 0) throw new ArgumentException("No logged step has a known successor; give trajectories of at least two steps, or ones that end before the horizon.", nameof(data));
        var theta = equations.Solve(rewards, ridge);
        foreach (ref var start in starts.AsSpan()) start *= known; // sums over D on the left, so on the right too
        var alpha = equations.Solve(starts, ridge, isTransposed: true);
        var (weights, values) = (new double[data.Rewards.Length], new double[data.Rewards.Length]);
        for (var i = 0; i < data.Count; i++)
        {
            for (var t = 0; t < data.Lengths[i]; t++)
            {
                var entry = i * data.Horizon + t;
                values[entry] = DenseVectors.Dot(features.Logged(entry), theta);
                if (t < Known(data, i)) weights[entry] = DenseVectors.Dot(features.Logged(entry), alpha);
            }
        }

        return new DiscountedEvaluation(DenseVectors.Dot(starts, theta) / known / (1 - data.Gamma), weights, values);
    }

    // Steps of a trajectory whose successor, or end, was seen.
    private static int Known(LoggedTrajectories data, int trajectory) => Math.Min(data.Lengths[trajectory], data.Horizon - 1);
}
