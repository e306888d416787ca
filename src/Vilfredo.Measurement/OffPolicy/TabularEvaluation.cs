namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// Predicted values and marginal ratios from logged data with numbered states and actions, by counting.
/// </summary>
/// <remarks>
/// <para>The dynamics and mean rewards of each state-action pair are estimated from all steps. Q̂_t is what fitted Q evaluation
/// converges to in a finite horizon: the regression of r + γ Σ_a' π(a' | s') Q̂_{t+1}(s', a') on (s, a), which for tables is
/// the mean over the pair's steps. The state distribution of the policy follows by pushing the logged first states through
/// the estimated dynamics, and the ratios are its quotients with the logged share of each state at the step.</para>
/// <para>Pairs that were never logged get Q̂ = 0; a pair that no logged step follows ends the trajectory in the estimated dynamics. What happens after the end of
/// a shorter trajectory has value 0. Cost: O(n T + T (S A + logged steps)).</para>
/// </remarks>
public static class TabularEvaluation
{
    /// <summary>What a policy says about logged steps, with values and ratios estimated from the same data.</summary>
    /// <param name="data">With states and actions.</param>
    /// <param name="policy">The evaluation policy; its states and actions cover those of the data.</param>
    /// <exception cref="ArgumentException">The data has no states or actions, or ones that the policy does not know.</exception>
    public static PolicyView Fit(LoggedTrajectories data, TabularPolicy policy) => Fit(data, policy, data);

    /// <summary>
    /// What a policy says about logged steps, with values and ratios estimated from other data: the folds of a cross-fitted
    /// (double) estimator.
    /// </summary>
    /// <param name="data">The steps to evaluate on.</param>
    /// <param name="policy">The evaluation policy; its states and actions cover those of the data.</param>
    /// <param name="training">The data to count in, of the same horizon.</param>
    /// <exception cref="ArgumentException">A data set has no states or actions, unknown ones, or the horizons differ.</exception>
    public static PolicyView Fit(LoggedTrajectories data, TabularPolicy policy, LoggedTrajectories training)
    {
        ArgumentNullException.ThrowIfNull(policy);
        CheckData(data, policy.States, policy.Actions);
        CheckData(training, policy.States, policy.Actions);
        if (training.Horizon != data.Horizon)
            throw new ArgumentException($"The horizons are {data.Horizon} and {training.Horizon}; they must agree.", nameof(training));
        return View(data, policy, new StepCounts(training, policy.States, policy.Actions));
    }

    /// <summary>
    /// What each of several policies says about logged steps, as <see cref="Fit(LoggedTrajectories, TabularPolicy)"/> of each, with the data
    /// counted once. The views are made one by one as they are asked for: each is as large as the data.
    /// </summary>
    /// <param name="data">With states and actions.</param>
    /// <param name="policies">At least one, all over the same states and actions, which cover those of the data.</param>
    /// <exception cref="ArgumentException">
    /// There is no policy, two are over different states or actions, or the data has no states or actions, or ones that they do not know.
    /// </exception>
    public static IEnumerable<PolicyView> FitEach(LoggedTrajectories data, IReadOnlyList<TabularPolicy> policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        if (policies.Count == 0) throw new ArgumentException("There is no policy to evaluate; pass at least one.", nameof(policies));
        var (states, actions) = (policies[0].States, policies[0].Actions);
        if (policies.Any(policy => policy.States != states || policy.Actions != actions))
            throw new ArgumentException("The policies are over different states or actions; evaluate those of one problem together.", nameof(policies));
        CheckData(data, states, actions);
        var counts = new StepCounts(data, states, actions);
        return policies.Select(policy => View(data, policy, counts));
    }

    private static PolicyView View(LoggedTrajectories data, TabularPolicy policy, StepCounts counts) =>
        View(data, policy, counts.ActionValues(policy), counts.StateRatios(policy));

    internal static PolicyView View(LoggedTrajectories data, TabularPolicy policy, double[] actionValues, double[] stateRatios)
    {
        var size = data.Rewards.Length;
        var (probabilities, values, predictions) = (new double[size], new double[size], new double[size]);
        var (ratios, pairRatios) = (new double[size], new double[size]);
        for (var i = 0; i < data.Count; i++)
        {
            for (var t = 0; t < data.Lengths[i]; t++)
            {
                var entry = i * data.Horizon + t;
                var (state, action) = (data.States[entry], data.Actions[entry]);
                var row = actionValues.AsSpan((t * policy.States + state) * policy.Actions, policy.Actions);
                probabilities[entry] = policy[state, action];
                predictions[entry] = row[action];
                for (var a = 0; a < row.Length; a++) values[entry] += policy[state, a] * row[a];
                ratios[entry] = stateRatios[t * policy.States + state];
                pairRatios[entry] = ratios[entry] * policy[state, action] / data.BehaviorProbabilities[entry];
            }
        }

        return new PolicyView
        {
            ActionProbabilities = probabilities,
            StateValues = values,
            ActionValues = predictions,
            StateRatios = ratios,
            StateActionRatios = pairRatios,
        };
    }

    internal static void CheckData(LoggedTrajectories data, int states, int actions)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.States.IsEmpty || data.Actions.IsEmpty)
            throw new ArgumentException("Tabular evaluation reads numbered states and actions, which the data does not have; give both.", nameof(data));
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
            {
                if (data.States[entry] < states && data.Actions[entry] < actions) continue;
                throw new ArgumentException(
                    $"Step {entry % data.Horizon} of trajectory {i} has state {data.States[entry]} and action {data.Actions[entry]}; "
                    + $"the policy knows {states} states and {actions} actions, numbered from 0.",
                    nameof(data));
            }
        }
    }
}
