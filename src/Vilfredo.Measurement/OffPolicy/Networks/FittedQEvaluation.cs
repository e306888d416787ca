using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Measurement.OffPolicy.Networks;

/// <summary>
/// Predicted values from a network (neural fitted Q evaluation; Le, Voloshin and Yue, "Batch Policy Learning under Constraints", 2019): Q̂(s, a) is regressed on
/// r + γ Σ_a' π(a' | s') Q̂'(s', a'), where Q̂' is a copy of some steps ago, by Adam on squared errors. The end of a trajectory has value 0.
/// </summary>
/// <remarks>
/// <para>One function serves all steps: with the number of the step among the state's features it can tell them apart, and the horizon is an end like any other. For a value over all time, where
/// the horizon only cuts off what is logged, pass <c>endsAtHorizon: false</c>: the last step of a full trajectory then teaches nothing, for its successor is unknown.</para>
/// <para>Without hidden units and with enough steps the result is that of least-squares temporal differences where fitted Q evaluation converges.</para>
/// <para>Cost: O(steps · batch · (actions + 2) · parameters).</para>
/// </remarks>
public static class FittedQEvaluation
{
    /// <summary>What a policy says about logged steps: action probabilities as given, values as fitted; no ratios.</summary>
    /// <param name="data">What was logged.</param>
    /// <param name="inputs">Its steps as the network sees them, with the evaluation policy.</param>
    /// <param name="random">Draws first weights and batches.</param>
    /// <param name="options">Size and training of the network; <see langword="null"/> for the defaults.</param>
    /// <param name="actionProbabilities">π(a_t | s_t) of the logged actions, for the estimators that weight by them; may be <see langword="null"/>.</param>
    /// <param name="training">The trajectories to train on; <see langword="null"/> for all. See <see cref="Selection.CrossFitting"/>.</param>
    /// <param name="endsAtHorizon">Whether nothing is earned after the horizon.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no step to train on.</exception>
    /// <exception cref="InvalidOperationException">The training diverged.</exception>
    public static PolicyView Fit(
        LoggedTrajectories data, StateActionInputs inputs, RandomGenerator random, NetworkOptions? options = null,
        IReadOnlyList<double>? actionProbabilities = null, IReadOnlyList<int>? training = null, bool endsAtHorizon = true)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(random);
        inputs.Check(data);
        options ??= new NetworkOptions();
        options.Check();
        var steps = TrainingSteps.Of(data, training, endsAtHorizon);
        var network = new Perceptron(inputs.Width, options.HiddenUnits, 1, random);
        var earlier = new Perceptron(inputs.Width, options.HiddenUnits, 1, random);
        var (adam, gradient) = (new AdamSteps(network.Parameters.Length, options.LearningRate), new double[network.Parameters.Length]);
        var input = new double[inputs.Width];
        for (var step = 0; step < options.Steps; step++)
        {
            if (step % options.TargetInterval == 0) network.Parameters.CopyTo(earlier.Parameters, 0);
            for (var i = 0; i < options.BatchSize; i++)
            {
                var (entry, isLast) = steps[random.NextInt32(steps.Count)];
                var target = data.Rewards[entry] + (isLast ? 0 : data.Gamma * StateValue(earlier, inputs, entry + 1, input));
                inputs.Logged(entry, input);
                network.AddGradient((network.Value(input) - target) / options.BatchSize, gradient);
            }

            adam.Step(network.Parameters, gradient);
        }

        return View(data, inputs, network, actionProbabilities);
    }

    private static PolicyView View(LoggedTrajectories data, StateActionInputs inputs, Perceptron network, IReadOnlyList<double>? actionProbabilities)
    {
        var (actionValues, stateValues, input) = (new double[data.Rewards.Length], new double[data.Rewards.Length], new double[inputs.Width]);
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
            {
                inputs.Logged(entry, input);
                actionValues[entry] = network.Value(input);
                stateValues[entry] = StateValue(network, inputs, entry, input);
                if (!double.IsFinite(actionValues[entry] + stateValues[entry]))
                    throw new InvalidOperationException("Fitted Q evaluation diverged; take a smaller learning rate, a longer target interval or a smaller discount factor.");
            }
        }

        return new PolicyView { ActionProbabilities = actionProbabilities, ActionValues = actionValues, StateValues = stateValues };
    }

    /// <summary>Σ_a π(a | s) Q(s, a) of a step's state.</summary>
    internal static double StateValue(Perceptron network, StateActionInputs inputs, int entry, double[] input)
    {
        var result = 0.0;
        for (var choice = 0; choice < inputs.Choices; choice++)
        {
            if (inputs.Probability(entry, choice) == 0) continue;
            inputs.OfPolicy(entry, choice, input);
            result += inputs.Probability(entry, choice) * network.Value(input);
        }

        return result;
    }
}
