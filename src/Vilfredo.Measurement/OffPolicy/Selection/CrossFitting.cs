namespace Vilfredo.Measurement.OffPolicy.Selection;

/// <summary>
/// Predictions and ratios for each trajectory from the others: with <see cref="OffPolicyEstimator.MarginalDoublyRobust"/> that is double reinforcement learning (Kallus and Uehara, 2020), and
/// any doubly robust estimator loses the bias of predictions that know their own data.
/// </summary>
public static class CrossFitting
{
    /// <summary>The view of the logged steps in which each trajectory's numbers come from a fit on the folds without it.</summary>
    /// <param name="data">What was logged.</param>
    /// <param name="folds">The number of folds, from 2 to the number of trajectories.</param>
    /// <param name="random">Deals the trajectories to the folds.</param>
    /// <param name="fit">
    /// What the policy says about all steps of the data when trained on some trajectories, such as <c>training => FittedQEvaluation.Fit(data, inputs, random, training: training)</c> or
    /// <c>training => TabularEvaluation.Fit(data, policy, data.Subset(training))</c>. Called once per fold.
    /// </param>
    /// <exception cref="ArgumentException">The number of folds does not fit, or a view does not have one number per step.</exception>
    public static PolicyView View(LoggedTrajectories data, int folds, RandomGenerator random, Func<IReadOnlyList<int>, PolicyView> fit)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(fit);
        if (folds < 2 || folds > data.Count) throw new ArgumentOutOfRangeException(nameof(folds), folds, $"The number of folds lies between 2 and the number of trajectories, {data.Count}.");
        int[] order = [.. Enumerable.Range(0, data.Count)];
        random.Shuffle(order.AsSpan());
        var fold = new int[data.Count];
        for (var place = 0; place < order.Length; place++) fold[order[place]] = place % folds;
        PolicyView[] views = [.. Enumerable.Range(0, folds).Select(left => fit([.. Enumerable.Range(0, data.Count).Where(i => fold[i] != left)]))];
        return new PolicyView
        {
            ActionProbabilities = Merge(view => view.ActionProbabilities),
            ActionValues = Merge(view => view.ActionValues),
            StateValues = Merge(view => view.StateValues),
            StateActionRatios = Merge(view => view.StateActionRatios),
            StateRatios = Merge(view => view.StateRatios),
        };

        IReadOnlyList<double>? Merge(Func<PolicyView, IReadOnlyList<double>?> part)
        {
            IReadOnlyList<double>?[] parts = [.. views.Select(part)];
            if (parts.All(values => values is null)) return null;
            if (parts.Any(values => values?.Count != data.Rewards.Length))
                throw new ArgumentException($"A fit gave no view of all steps; give one number per step of the data, {data.Rewards.Length}, in every fold.", nameof(fit));
            return [.. Enumerable.Range(0, data.Rewards.Length).Select(entry => parts[fold[entry / data.Horizon]]![entry])];
        }
    }
}
