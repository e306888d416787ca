namespace Vilfredo.Measurement.OffPolicy.Networks;

/// <summary>
/// What a network sees of logged steps: the input of each logged pair of state and action, and of the pairs that the evaluation policy would make of the state, with their probabilities.
/// Features of states are scaled to [0, 1] over the logged steps. Immutable.
/// </summary>
public sealed class StateActionInputs
{
    private readonly int stateWidth;
    private readonly int actionWidth;
    private readonly double[] states;
    private readonly int[] actions;
    private readonly double[] probabilities;
    private readonly double[] loggedActions;
    private readonly double[] policyActions;

    private StateActionInputs(LoggedTrajectories data, ReadOnlySpan<double> states)
    {
        var steps = data.Rewards.Length;
        if (states.IsEmpty || states.Length % steps != 0)
            throw new ArgumentException($"{states.Length} features of states were given for {steps} steps; give as many for each step.", nameof(states));
        (Steps, stateWidth) = (steps, states.Length / steps);
        this.states = Scaled(data, states, stateWidth);
        (actions, probabilities, loggedActions, policyActions) = ([], [], [], []);
    }

    private StateActionInputs(LoggedTrajectories data, ReadOnlySpan<double> states, ReadOnlySpan<double> probabilities, int actionCount)
        : this(data, states)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(actionCount, 1);
        if (probabilities.Length != Steps * actionCount)
            throw new ArgumentException($"{probabilities.Length} probabilities were given; give one per step and action, {Steps} × {actionCount}.", nameof(probabilities));
        if (data.Actions.IsEmpty) throw new ArgumentException("The data has no numbered actions; give them, or use the inputs of continuous actions.", nameof(data));
        const double tolerance = 1e-6;
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
            {
                if (data.Actions[entry] >= actionCount)
                    throw new ArgumentException($"Step {entry - i * data.Horizon} of trajectory {i} has action {data.Actions[entry]}; there are {actionCount}, numbered from 0.", nameof(data));
                Distributions.Check(probabilities.Slice(entry * actionCount, actionCount), actionCount, tolerance, nameof(probabilities));
            }
        }

        (Choices, Width) = (actionCount, actionCount * (stateWidth + 1));
        (actions, this.probabilities) = (WithoutPadding(data, data.Actions, 1), WithoutPadding(data, probabilities, actionCount));
    }

    private StateActionInputs(LoggedTrajectories data, ReadOnlySpan<double> states, ReadOnlySpan<double> logged, ReadOnlySpan<double> ofPolicy)
        : this(data, states)
    {
        if (logged.IsEmpty || logged.Length % Steps != 0 || ofPolicy.Length != logged.Length)
        {
            throw new ArgumentException(
                $"{logged.Length} numbers of logged actions and {ofPolicy.Length} of the policy's were given for {Steps} steps; give the same number of each per step.", nameof(ofPolicy));
        }

        actionWidth = logged.Length / Steps;
        (Choices, Width) = (1, stateWidth + actionWidth);
        (loggedActions, policyActions) = (WithoutPadding(data, logged, actionWidth), WithoutPadding(data, ofPolicy, actionWidth));
        for (var i = 0; i < data.Count; i++)
        {
            for (var k = i * data.Horizon * actionWidth; k < (i * data.Horizon + data.Lengths[i]) * actionWidth; k++)
            {
                if (!double.IsFinite(loggedActions[k]) || !double.IsFinite(policyActions[k]))
                    throw new ArgumentException($"An action of step {k / actionWidth - i * data.Horizon} of trajectory {i} is not finite.", nameof(logged));
            }
        }
    }

    /// <summary>The length of an input.</summary>
    public int Width { get; }

    /// <summary>The number of steps n · T, padding included.</summary>
    public int Steps { get; }

    /// <summary>The pairs that the policy would make of a state: one per numbered action, or 1.</summary>
    public int Choices { get; }

    /// <summary>Numbered actions: the input holds the state's features and a 1 in the place of the action, and 0 elsewhere.</summary>
    /// <param name="data">With actions.</param>
    /// <param name="stateFeatures">n · T · k finite numbers, step by step; values over a horizon depend on the step, so give it as one of them unless the end is far.</param>
    /// <param name="probabilities">n · T · A probabilities π(a | s_t) of all actions under the evaluation policy.</param>
    /// <param name="actions">The number of actions A.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, a value is not finite, probabilities do not sum to 1, or the data has no actions or more than A of them.</exception>
    public static StateActionInputs Numbered(LoggedTrajectories data, ReadOnlySpan<double> stateFeatures, ReadOnlySpan<double> probabilities, int actions)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new StateActionInputs(data, stateFeatures, probabilities, actions);
    }

    /// <summary>Continuous actions and a policy without chance: the input is the state's features and the action.</summary>
    /// <param name="data">What was logged.</param>
    /// <param name="stateFeatures">n · T · k finite numbers, step by step.</param>
    /// <param name="loggedActions">n · T · m finite numbers: the logged actions, of order 1.</param>
    /// <param name="policyActions">As many: what the evaluation policy does in each logged state.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is not finite.</exception>
    public static StateActionInputs Continuous(
        LoggedTrajectories data, ReadOnlySpan<double> stateFeatures, ReadOnlySpan<double> loggedActions, ReadOnlySpan<double> policyActions)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new StateActionInputs(data, stateFeatures, loggedActions, policyActions);
    }

    /// <summary>Numbered states and actions: a place for each state, and one for each action.</summary>
    /// <param name="data">With states and actions.</param>
    /// <param name="policy">The evaluation policy; its states and actions cover those of the data.</param>
    /// <exception cref="ArgumentException">The data has no states or actions, or ones that the policy does not know.</exception>
    public static StateActionInputs Tabular(LoggedTrajectories data, TabularPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        TabularEvaluation.CheckData(data, policy.States, policy.Actions);
        var (features, probabilities) = (new double[data.Rewards.Length * policy.States], new double[data.Rewards.Length * policy.Actions]);
        for (var entry = 0; entry < data.Rewards.Length; entry++)
        {
            if (entry % data.Horizon >= data.Lengths[entry / data.Horizon]) continue;
            features[entry * policy.States + data.States[entry]] = 1;
            policy.Of(data.States[entry]).CopyTo(probabilities.AsSpan(entry * policy.Actions));
        }

        return new StateActionInputs(data, features, probabilities, policy.Actions);
    }

    /// <summary>The same inputs as features of a linear function, for <see cref="LinearEvaluation"/>, <see cref="DiscountedEvaluation"/> and <see cref="Stationary.LagrangianEvaluation.Solve"/>.</summary>
    /// <remarks>Inputs of continuous actions get a constant feature; those of numbered actions hold one for each action.</remarks>
    public LinearFeatures ToLinearFeatures()
    {
        var width = Width + (actionWidth > 0 ? 1 : 0);
        var (logged, expected, input) = (new double[Steps * width], new double[Steps * width], new double[Width]);
        for (var entry = 0; entry < Steps; entry++)
        {
            Logged(entry, logged.AsSpan(entry * width, Width));
            for (var choice = 0; choice < Choices; choice++)
            {
                OfPolicy(entry, choice, input);
                for (var k = 0; k < Width; k++) expected[entry * width + k] += Probability(entry, choice) * input[k];
            }

            if (actionWidth > 0) (logged[entry * width + Width], expected[entry * width + Width]) = (1, 1);
        }

        return new LinearFeatures(width, logged, expected);
    }

    /// <summary>Writes the input of a logged pair.</summary>
    internal void Logged(int entry, Span<double> input)
    {
        if (actionWidth > 0) Concatenate(entry, loggedActions, input);
        else Place(entry, actions[entry], input);
    }

    /// <summary>Writes the input of a pair that the policy would make of a step's state.</summary>
    internal void OfPolicy(int entry, int choice, Span<double> input)
    {
        if (actionWidth > 0) Concatenate(entry, policyActions, input);
        else Place(entry, choice, input);
    }

    /// <summary>With what probability the policy would make it.</summary>
    internal double Probability(int entry, int choice) => actionWidth > 0 ? 1 : probabilities[entry * Choices + choice];

    internal void Check(LoggedTrajectories data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Steps != data.Rewards.Length) throw new ArgumentException($"Inputs of {Steps} steps were given; the data has {data.Count} × {data.Horizon} = {data.Rewards.Length}.", nameof(data));
    }

    private void Place(int entry, int action, Span<double> input)
    {
        input.Clear();
        var block = input.Slice(action * (stateWidth + 1), stateWidth + 1);
        states.AsSpan(entry * stateWidth, stateWidth).CopyTo(block);
        block[stateWidth] = 1;
    }

    private void Concatenate(int entry, double[] which, Span<double> input)
    {
        states.AsSpan(entry * stateWidth, stateWidth).CopyTo(input);
        which.AsSpan(entry * actionWidth, actionWidth).CopyTo(input[stateWidth..]);
    }

    private static T[] WithoutPadding<T>(LoggedTrajectories data, ReadOnlySpan<T> values, int width)
    {
        var result = values.ToArray();
        for (var i = 0; i < data.Count; i++)
            result.AsSpan((i * data.Horizon + data.Lengths[i]) * width, (data.Horizon - data.Lengths[i]) * width).Clear();
        return result;
    }

    private static double[] Scaled(LoggedTrajectories data, ReadOnlySpan<double> states, int width)
    {
        var (least, largest) = (new double[width], new double[width]);
        Array.Fill(least, double.PositiveInfinity);
        Array.Fill(largest, double.NegativeInfinity);
        var result = new double[states.Length];
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
            {
                for (var k = 0; k < width; k++)
                {
                    var value = states[entry * width + k];
                    if (!double.IsFinite(value))
                        throw new ArgumentException($"A feature of step {entry - i * data.Horizon} of trajectory {i} is {value}; features must be finite.", nameof(states));
                    (least[k], largest[k]) = (Math.Min(least[k], value), Math.Max(largest[k], value));
                    result[entry * width + k] = value;
                }
            }
        }

        for (var k = 0; k < width; k++)
        {
            var span = largest[k] - least[k];
            for (var at = k; at < result.Length; at += width) result[at] = span > 0 ? (result[at] - least[k]) / span : 0;
        }

        return result;
    }
}
