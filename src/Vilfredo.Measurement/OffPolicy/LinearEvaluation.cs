using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Measurement.OffPolicy;

/// <summary>Predicted values and marginal ratios from logged data with features, step by step in a finite horizon.</summary>
/// <remarks>
/// <para>Values are those of fitted Q evaluation in its closed form: Q̂_t(s, a) = φ(s, a)ᵀ θ_t, where the regression of r + γ Q̂_{t+1}(s', π) on φ is solved exactly at each step
/// (Le, Voloshin and Yue, "Batch Policy Learning under Constraints", 2019). With <see cref="LinearFeatures.Tabular"/> they are those of <see cref="TabularEvaluation"/>.</para>
/// <para>Ratios ρ_t(s, a) = φ(s, a)ᵀ α_t are those of minimax weight learning (Uehara, Huang and Jiang, 2020) with linear weights and test functions, forward in time:
/// E_b[ρ_t φ] = E_b[ρ_{t−1} φ(s', π)], beginning with E[φ(s_0, π)]; for tables that is marginalized importance sampling (Xie, Ma and Wang, 2019).
/// A ratio below 0, which linear weights may give, becomes 0.</para>
/// <para>Cost: O(n T d² + T d³).</para>
/// </remarks>
public static class LinearEvaluation
{
    /// <summary>The ridge unless stated: enough for features that were never seen.</summary>
    public const double DefaultRidge = 1e-8;

    /// <summary>What a policy says about logged steps: action probabilities as given, values and state-action ratios as fitted; no ratios of states.</summary>
    /// <param name="data">What was logged.</param>
    /// <param name="features">Features of its steps under the evaluation policy.</param>
    /// <param name="actionProbabilities">π(a_t | s_t) of the logged actions, for the estimators that weight by them; may be <see langword="null"/>.</param>
    /// <param name="ridge">Added to the diagonal, in units of its mean; above 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a feature is not finite.</exception>
    /// <exception cref="InvalidOperationException">The features do not determine the values on this data.</exception>
    public static PolicyView Fit(LoggedTrajectories data, LinearFeatures features, IReadOnlyList<double>? actionProbabilities = null, double ridge = DefaultRidge)
    {
        ArgumentNullException.ThrowIfNull(features);
        features.Check(data, ridge);
        var (actionValues, stateValues) = Values(data, features, ridge);
        return new PolicyView
        {
            ActionProbabilities = actionProbabilities,
            ActionValues = actionValues,
            StateValues = stateValues,
            StateActionRatios = Ratios(data, features, ridge),
        };
    }

    private static (double[] ActionValues, double[] StateValues) Values(LoggedTrajectories data, LinearFeatures features, double ridge)
    {
        // What follows the last step of the horizon is unknown: it tells of rewards and not of dynamics.
        var (rewarded, followed) = (new NormalEquations(features.Dimension), new NormalEquations(features.Dimension));
        var rewards = new double[features.Dimension];
        var weight = 1.0 / data.Count;
        ForEachStep(data, (entry, t, _) =>
        {
            rewarded.Add(weight, features.Logged(entry), features.Logged(entry));
            DenseVectors.AddScaled(weight * data.Rewards[entry], features.Logged(entry), rewards);
            if (t + 1 < data.Horizon) followed.Add(weight, features.Logged(entry), features.Logged(entry));
        });
        var ofRewards = rewarded.Solve(rewards, ridge);
        var thetas = new double[data.Horizon][];
        thetas[^1] = ofRewards;
        for (var t = data.Horizon - 2; t >= 0; t--)
        {
            var right = new double[features.Dimension];
            var later = thetas[t + 1];
            ForEachStep(data, (entry, step, isLast) =>
            {
                if (step + 1 < data.Horizon && !isLast) DenseVectors.AddScaled(weight * DenseVectors.Dot(features.Expected(entry + 1), later), features.Logged(entry), right);
            });
            thetas[t] = followed.Solve(right, ridge);
            for (var k = 0; k < right.Length; k++) thetas[t][k] = ofRewards[k] + data.Gamma * thetas[t][k];
        }

        var (actionValues, stateValues) = (new double[data.Rewards.Length], new double[data.Rewards.Length]);
        ForEachStep(data, (entry, t, _) =>
        {
            actionValues[entry] = DenseVectors.Dot(features.Logged(entry), thetas[t]);
            stateValues[entry] = DenseVectors.Dot(features.Expected(entry), thetas[t]);
        });
        return (actionValues, stateValues);
    }

    private static double[] Ratios(LoggedTrajectories data, LinearFeatures features, double ridge)
    {
        var result = new double[data.Rewards.Length];
        for (var t = 0; t < data.Horizon; t++)
        {
            var (equations, right) = (new NormalEquations(features.Dimension), new double[features.Dimension]);
            for (var i = 0; i < data.Count; i++)
            {
                if (t >= data.Lengths[i]) continue;
                var entry = i * data.Horizon + t;
                equations.Add(1.0 / data.Count, features.Logged(entry), features.Logged(entry));
                DenseVectors.AddScaled((t == 0 ? 1 : result[entry - 1]) / data.Count, features.Expected(entry), right);
            }

            var alpha = equations.Solve(right, ridge);
            for (var i = 0; i < data.Count; i++)
            {
                if (t < data.Lengths[i]) result[i * data.Horizon + t] = DenseVectors.Dot(features.Logged(i * data.Horizon + t), alpha);
            }
        }

        foreach (ref var ratio in result.AsSpan()) ratio = Math.Max(0, ratio);
        return result;
    }

    private static void ForEachStep(LoggedTrajectories data, Action<int, int, bool> visit)
    {
        for (var i = 0; i < data.Count; i++)
        {
            for (var t = 0; t < data.Lengths[i]; t++) visit(i * data.Horizon + t, t, t + 1 == data.Lengths[i]);
        }
    }
}
