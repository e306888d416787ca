namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// Trajectories (or single decisions of a bandit) logged under a behavior policy with known action probabilities. A structure
/// of arrays; entry i · <see cref="Horizon"/> + t of each belongs to step t of trajectory i. Immutable.
/// </summary>
/// <remarks>
/// Trajectories shorter than the horizon are padded: reward 0 and an importance ratio of 1 after their end, whatever the
/// arrays hold there, so that weights are carried and values after the end count as 0.
/// </remarks>
public sealed class LoggedTrajectories
{
    private readonly double[] rewards;
    private readonly double[] behaviorProbabilities;
    private readonly int[] lengths;
    private readonly int[] states;
    private readonly int[] actions;

    /// <summary>Takes over copies of the arrays.</summary>
    /// <param name="horizon">Steps per trajectory, padding included; at least 1.</param>
    /// <param name="gamma">The discount factor per step, in [0, 1].</param>
    /// <param name="rewards">n · horizon finite rewards.</param>
    /// <param name="behaviorProbabilities">
    /// The probability in (0, 1] with which the behavior policy took each logged action, or its density there; as long as the rewards.
    /// </param>
    /// <param name="lengths">Steps of each trajectory in [1, horizon]; empty when all have <paramref name="horizon"/> steps.</param>
    /// <param name="states">The number of the state (or context) at each step, for <see cref="TabularEvaluation"/>; may be empty.</param>
    /// <param name="actions">The number of the action at each step, for <see cref="TabularEvaluation"/>; may be empty.</param>
    /// <param name="hasDensities">
    /// Whether actions are continuous: <paramref name="behaviorProbabilities"/> are then densities, above 0 and perhaps above 1, and so are the probabilities of a <see cref="PolicyView"/>.
    /// </param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is out of its range; the message names the entry.</exception>
    public LoggedTrajectories(
        int horizon, double gamma, ReadOnlySpan<double> rewards, ReadOnlySpan<double> behaviorProbabilities,
        ReadOnlySpan<int> lengths = default, ReadOnlySpan<int> states = default, ReadOnlySpan<int> actions = default, bool hasDensities = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (!(gamma is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "The discount factor lies in [0, 1].");
        if (rewards.IsEmpty || rewards.Length % horizon != 0)
        {
            throw new ArgumentException(
                $"{rewards.Length} rewards are not whole trajectories of {horizon} steps; pad shorter ones and give their lengths.",
                nameof(rewards));
        }

        (Horizon, Gamma, Count, HasDensities) = (horizon, gamma, rewards.Length / horizon, hasDensities);
        this.lengths = CheckedLengths(lengths, Count, horizon);
        this.rewards = SameShape(rewards, nameof(rewards)).ToArray();
        this.behaviorProbabilities = SameShape(behaviorProbabilities, nameof(behaviorProbabilities)).ToArray();
        this.states = states.IsEmpty ? [] : SameShape(states, nameof(states)).ToArray();
        this.actions = actions.IsEmpty ? [] : SameShape(actions, nameof(actions)).ToArray();
        CheckEntries();
    }

    /// <summary>The number of trajectories n.</summary>
    public int Count { get; }

    /// <summary>Steps per trajectory T, padding included.</summary>
    public int Horizon { get; }

    /// <summary>The discount factor per step.</summary>
    public double Gamma { get; }

    /// <summary>Whether actions are continuous, and <see cref="BehaviorProbabilities"/> densities.</summary>
    public bool HasDensities { get; }

    /// <summary>n · T rewards; 0 in the padding.</summary>
    public ReadOnlySpan<double> Rewards => rewards;

    /// <summary>n · T probabilities, or densities, of the logged actions under the behavior policy; 1 in the padding.</summary>
    public ReadOnlySpan<double> BehaviorProbabilities => behaviorProbabilities;

    /// <summary>The steps of each trajectory.</summary>
    public ReadOnlySpan<int> Lengths => lengths;

    /// <summary>n · T numbers of states, or empty.</summary>
    public ReadOnlySpan<int> States => states;

    /// <summary>n · T numbers of actions, or empty.</summary>
    public ReadOnlySpan<int> Actions => actions;

    /// <summary>The decisions of a bandit: trajectories of one step.</summary>
    /// <param name="rewards">n finite rewards.</param>
    /// <param name="behaviorProbabilities">The probability with which each logged action was taken.</param>
    /// <param name="contexts">The number of each context; may be empty.</param>
    /// <param name="actions">The number of each action; may be empty.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is out of its range.</exception>
    public static LoggedTrajectories Bandit(
        ReadOnlySpan<double> rewards, ReadOnlySpan<double> behaviorProbabilities,
        ReadOnlySpan<int> contexts = default, ReadOnlySpan<int> actions = default) =>
        new(1, 1, rewards, behaviorProbabilities, [], contexts, actions);

    /// <summary>The discounted return Σ γ^t r_t of each trajectory.</summary>
    public double[] Returns()
    {
        var result = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            var discount = 1.0;
            for (var t = 0; t < lengths[i]; t++, discount *= Gamma) result[i] += discount * rewards[i * Horizon + t];
        }

        return result;
    }

    /// <summary>Some of the trajectories, such as those of a fold.</summary>
    /// <param name="trajectories">Their numbers, at least one; a number may come twice.</param>
    /// <exception cref="ArgumentException">There is no such trajectory, or none was asked for.</exception>
    public LoggedTrajectories Subset(IReadOnlyList<int> trajectories)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        if (trajectories.Any(i => i < 0 || i >= Count))
            throw new ArgumentException($"A trajectory is asked for that does not exist; there are {Count}, numbered from 0.", nameof(trajectories));
        return new LoggedTrajectories(
            Horizon, Gamma, Rows(rewards), Rows(behaviorProbabilities), [.. trajectories.Select(i => lengths[i])], Rows(states), Rows(actions), HasDensities);

        T[] Rows<T>(T[] values) => values.Length == 0 ? [] : [.. trajectories.SelectMany(i => values.Skip(i * Horizon).Take(Horizon))];
    }

    private static int[] CheckedLengths(ReadOnlySpan<int> lengths, int count, int horizon)
    {
        if (lengths.IsEmpty)
        {
            var full = new int[count];
            Array.Fill(full, horizon);
            return full;
        }

        if (lengths.Length != count)
            throw new ArgumentException($"{lengths.Length} lengths were given for {count} trajectories; give one each.", nameof(lengths));
        for (var i = 0; i < count; i++)
        {
            if (lengths[i] < 1 || lengths[i] > horizon)
                throw new ArgumentException($"The length of trajectory {i} is {lengths[i]}; it lies between 1 and the horizon, {horizon}.", nameof(lengths));
        }

        return lengths.ToArray();
    }

    private ReadOnlySpan<T> SameShape<T>(ReadOnlySpan<T> values, string parameter) =>
        values.Length == Count * Horizon
            ? values
            : throw new ArgumentException(
                $"{parameter} has {values.Length} entries; give one per step, {Count} × {Horizon} = {Count * Horizon}.", parameter);

    private void CheckEntries()
    {
        for (var i = 0; i < Count; i++)
        {
            var padding = i * Horizon + lengths[i];
            for (var entry = i * Horizon; entry < padding; entry++) CheckEntry(entry, i);
            rewards.AsSpan(padding, Horizon - lengths[i]).Clear();
            behaviorProbabilities.AsSpan(padding, Horizon - lengths[i]).Fill(1);
        }
    }

    private void CheckEntry(int entry, int trajectory)
    {
        if (!double.IsFinite(rewards[entry]))
            throw new ArgumentException($"The reward at {Where()} is {rewards[entry]}; rewards must be finite.");
        var probability = behaviorProbabilities[entry];
        if (HasDensities ? !(probability > 0 && double.IsFinite(probability)) : !(probability is > 0 and <= 1))
        {
            throw new ArgumentException(
                HasDensities
                    ? $"The behavior density at {Where()} is {probability}; an action that was taken has a finite one above 0."
                    : $"The behavior probability at {Where()} is {probability}; an action that was taken has one in (0, 1].");
        }

        if (states.Length > 0 && states[entry] < 0)
            throw new ArgumentException($"The state at {Where()} is {states[entry]}; number states from 0.");
        if (actions.Length > 0 && actions[entry] < 0)
            throw new ArgumentException($"The action at {Where()} is {actions[entry]}; number actions from 0.");

        string Where() => $"step {entry - trajectory * Horizon} of trajectory {trajectory}";
    }
}
