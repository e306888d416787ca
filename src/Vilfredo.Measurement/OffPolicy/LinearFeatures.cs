namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// Features φ(s, a) of logged steps and their means under an evaluation policy, of which <see cref="LinearEvaluation"/> and <see cref="DiscountedEvaluation"/> make
/// values and weights for states that have no numbers. Immutable.
/// </summary>
public sealed class LinearFeatures
{
    private readonly double[] logged;
    private readonly double[] expected;

    /// <summary>Takes over copies of the features.</summary>
    /// <param name="dimension">d, at least 1. Include a constant feature.</param>
    /// <param name="logged">n · T · d finite numbers: φ(s_t, a_t) of each logged step; entries in the padding are not read.</param>
    /// <param name="expected">As many: Σ_a π(a | s_t) φ(s_t, a) of each step under the evaluation policy.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the dimension.</exception>
    public LinearFeatures(int dimension, ReadOnlySpan<double> logged, ReadOnlySpan<double> expected)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (logged.IsEmpty || logged.Length % dimension != 0 || expected.Length != logged.Length)
        {
            throw new ArgumentException(
                $"{logged.Length} features of logged and {expected.Length} of expected actions were given; give {dimension} of each per step.", nameof(expected));
        }

        (Dimension, this.logged, this.expected) = (dimension, logged.ToArray(), expected.ToArray());
    }

    /// <summary>The number of features d.</summary>
    public int Dimension { get; }

    /// <summary>The number of steps n · T, padding included.</summary>
    public int Steps => logged.Length / Dimension;

    /// <summary>A feature for each pair of state and action: with it, linear is tabular.</summary>
    /// <param name="data">With states and actions.</param>
    /// <param name="policy">The evaluation policy; its states and actions cover those of the data.</param>
    /// <exception cref="ArgumentException">The data has no states or actions, or ones that the policy does not know.</exception>
    public static LinearFeatures Tabular(LoggedTrajectories data, TabularPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        TabularEvaluation.CheckData(data, policy.States, policy.Actions);
        var dimension = policy.States * policy.Actions;
        var (logged, expected) = (new double[data.Rewards.Length * dimension], new double[data.Rewards.Length * dimension]);
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
            {
                var first = entry * dimension + data.States[entry] * policy.Actions;
                logged[first + data.Actions[entry]] = 1;
                policy.Of(data.States[entry]).CopyTo(expected.AsSpan(first));
            }
        }

        return new LinearFeatures(dimension, logged, expected);
    }

    /// <summary>The features of the state once for each action: φ(s, a) holds x(s) in the place of a and 0 elsewhere.</summary>
    /// <param name="data">With actions.</param>
    /// <param name="stateFeatures">n · T · k numbers x(s_t), a constant among them.</param>
    /// <param name="probabilities">n · T · A probabilities π(a | s_t) of all actions under the evaluation policy.</param>
    /// <param name="actions">The number of actions A.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or the data has no actions or more than A of them.</exception>
    public static LinearFeatures PerAction(LoggedTrajectories data, ReadOnlySpan<double> stateFeatures, ReadOnlySpan<double> probabilities, int actions)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        var steps = data.Rewards.Length;
        if (stateFeatures.IsEmpty || stateFeatures.Length % steps != 0)
            throw new ArgumentException($"{stateFeatures.Length} features of states were given for {steps} steps; give as many for each step.", nameof(stateFeatures));
        if (probabilities.Length != steps * actions)
            throw new ArgumentException($"{probabilities.Length} probabilities were given; give one per step and action, {steps} × {actions}.", nameof(probabilities));
        if (data.Actions.IsEmpty) throw new ArgumentException("The data has no numbered actions; give them.", nameof(data));
        var width = stateFeatures.Length / steps;
        var (logged, expected) = (new double[steps * actions * width], new double[steps * actions * width]);
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
            {
                if (data.Actions[entry] >= actions)
                    throw new ArgumentException($"Step {entry - i * data.Horizon} of trajectory {i} has action {data.Actions[entry]}; there are {actions}, numbered from 0.", nameof(data));
                var x = stateFeatures.Slice(entry * width, width);
                for (var action = 0; action < actions; action++)
                {
                    var place = (entry * actions + action) * width;
                    if (action == data.Actions[entry]) x.CopyTo(logged.AsSpan(place));
                    for (var k = 0; k < width; k++) expected[place + k] = probabilities[entry * actions + action] * x[k];
                }
            }
        }

        return new LinearFeatures(actions * width, logged, expected);
    }

    /// <summary>φ(s_t, a_t) of a step.</summary>
    public ReadOnlySpan<double> Logged(int entry) => logged.AsSpan(entry * Dimension, Dimension);

    /// <summary>Σ_a π(a | s_t) φ(s_t, a) of a step.</summary>
    public ReadOnlySpan<double> Expected(int entry) => expected.AsSpan(entry * Dimension, Dimension);

    internal void Check(LoggedTrajectories data, double ridge)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Steps != data.Rewards.Length) throw new ArgumentException($"Features of {Steps} steps were given; the data has {data.Count} × {data.Horizon} = {data.Rewards.Length}.", nameof(data));
        if (!(ridge > 0 && double.IsFinite(ridge))) throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "The ridge is finite and above 0, such as 1e-6.");
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
            {
                foreach (var value in Logged(entry)) CheckFinite(value, entry, i, data.Horizon);
                foreach (var value in Expected(entry)) CheckFinite(value, entry, i, data.Horizon);
            }
        }
    }

    private static void CheckFinite(double value, int entry, int trajectory, int horizon)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"A feature of step {entry - trajectory * horizon} of trajectory {trajectory} is {value}; features must be finite.");
    }
}
