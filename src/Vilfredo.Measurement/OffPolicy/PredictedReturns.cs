namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// Predicted distributions of the evaluation policy's return, trajectory by trajectory: Ĝ(m; s_0) from the first state on, and Ĝ(m; s_0, a_0)
/// after the first action that was logged. For the direct and the doubly robust <see cref="CumulativeDistributionEstimator"/>s.
/// </summary>
/// <remarks>The doubly robust estimators are unbiased when each Ĝ(m; s_0) is the mixture Σ_a π(a | s_0) Ĝ(m; s_0, a), whatever the Ĝ(m; s_0, a) are.</remarks>
public sealed class PredictedReturns
{
    /// <summary>Takes distributions; one object may stand for many trajectories.</summary>
    /// <param name="firstStates">Per trajectory, the return from its first state on.</param>
    /// <param name="firstActions">Per trajectory, the return from its first state on after the action that was logged there.</param>
    /// <exception cref="ArgumentException">The numbers of distributions differ.</exception>
    public PredictedReturns(IReadOnlyList<ReturnDistribution> firstStates, IReadOnlyList<ReturnDistribution> firstActions)
    {
        ArgumentNullException.ThrowIfNull(firstStates);
        ArgumentNullException.ThrowIfNull(firstActions);
        if (firstStates.Count != firstActions.Count)
            throw new ArgumentException($"{firstStates.Count} distributions of first states and {firstActions.Count} of first actions were given; give both for each trajectory.", nameof(firstActions));
        (FirstStates, FirstActions) = (firstStates, firstActions);
    }

    /// <summary>The return from each trajectory's first state on.</summary>
    public IReadOnlyList<ReturnDistribution> FirstStates { get; }

    /// <summary>The return from each trajectory's first state on, after the logged action.</summary>
    public IReadOnlyList<ReturnDistribution> FirstActions { get; }

    /// <summary>
    /// Distributions from logged data with numbered states and actions: distributional dynamic programming in the dynamics that are counted, with the logged
    /// rewards of each state-action pair as its distribution of rewards. Their means are the values of <see cref="TabularEvaluation"/>.
    /// </summary>
    /// <remarks>
    /// Given the pair, reward and next state count as independent. Above <paramref name="largestSize"/> values, neighbours are merged at
    /// their mean in bins of equal width, which keeps the mean and lowers the variance by at most a quarter of a bin's width squared per step.
    /// Cost: O(T S A (R + S) K log K) for at most K values and R different rewards of a pair.
    /// </remarks>
    /// <param name="data">With states and actions.</param>
    /// <param name="policy">The evaluation policy; its states and actions cover those of the data.</param>
    /// <param name="largestSize">The most values of a distribution, at least 2.</param>
    /// <exception cref="ArgumentException">The data has no states or actions, or ones that the policy does not know.</exception>
    public static PredictedReturns Fit(LoggedTrajectories data, TabularPolicy policy, int largestSize = 256)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThan(largestSize, 2);
        TabularEvaluation.CheckData(data, policy.States, policy.Actions);
        var rewards = new List<double>[policy.States * policy.Actions];
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
                (rewards[data.States[entry] * policy.Actions + data.Actions[entry]] ??= []).Add(data.Rewards[entry]);
        }

        var model = new ReturnModel(policy.States, policy.Actions, data.Gamma)
        {
            Rewards = [.. rewards.Select(seen => seen is null ? null : ReturnModel.Shrunk(ReturnDistribution.Empirical(seen.ToArray()), largestSize))],
            Moves = new StepCounts(data, policy.States, policy.Actions).Moves,
            LargestSize = largestSize,
        };
        return Of(data, policy, model.ActionReturns(policy, data.Horizon));
    }

    /// <summary>The distributions of each state and pair at the first step, spread over trajectories.</summary>
    internal static PredictedReturns Of(LoggedTrajectories data, TabularPolicy policy, ReturnDistribution[] actionReturns)
    {
        var states = new ReturnDistribution?[policy.States];
        var (first, after) = (new ReturnDistribution[data.Count], new ReturnDistribution[data.Count]);
        for (var i = 0; i < data.Count; i++)
        {
            var (state, action) = (data.States[i * data.Horizon], data.Actions[i * data.Horizon]);
            first[i] = states[state] ??= ReturnModel.StateReturns(policy, actionReturns, state);
            after[i] = actionReturns[state * policy.Actions + action];
        }

        return new PredictedReturns(first, after);
    }
}
