using Vilfredo.Measurement.OffPolicy.Networks;

namespace Vilfredo.Measurement.OffPolicy.Stationary;

/// <summary>
/// The discounted stationary distribution of a policy relative to the data's, and with it the policy's value over all time J = E[Σ_{t ≥ 0} γ^t r_t], by the saddle point of the regularized
/// Lagrangian: BestDICE, DualDICE, GenDICE, AlgaeDICE, minimax Q and weight learning by their constants (<see cref="LagrangianOptions"/>).
/// </summary>
/// <remarks>
/// <para><see cref="Solve"/> takes linear functions for both players, whose saddle point is one system of linear equations; weights may then be below 0. <see cref="Train"/> takes networks, weights
/// through a softplus, by gradient descent for values and λ and ascent for weights.</para>
/// <para>D holds the logged steps whose successor is known. What follows the end of a trajectory is a state of its own, without reward, that is never left and never logged: its mass
/// γ / (1 − γ) E_D[w · end] belongs to the normalization, which without it would contradict the flow. Expectations over the policy's actions are exact sums, where the published code draws an action.</para>
/// <para>With α_Q = 0 the flow determines the weights whatever the other constants, as far as the functions can represent them.</para>
/// </remarks>
public sealed class LagrangianEvaluation
{
    private LagrangianEvaluation(double value, double primalValue, double lagrangianValue, double[] weights, double[] actionValues, double[] stateValues)
    {
        (Value, PrimalValue, LagrangianValue) = (value, primalValue, lagrangianValue);
        (Weights, ActionValues, StateValues) = (weights, actionValues, stateValues);
    }

    /// <summary>The dual estimate of J: E_D[w r] / (1 − γ).</summary>
    public double Value { get; }

    /// <summary>The primal estimate of J: E[Q(s_0, π)] + λ / (1 − γ). Of use where rewards are part of the game, and without bias where α_w is 0.</summary>
    public double PrimalValue { get; }

    /// <summary>The Lagrangian's estimate of J, its value without penalties: doubly robust.</summary>
    public double LagrangianValue { get; }

    /// <summary>n · T weights w(s_t, a_t), those of all logged steps.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>n · T values Q(s_t, a_t).</summary>
    public IReadOnlyList<double> ActionValues { get; }

    /// <summary>n · T values Σ_a π(a | s_t) Q(s_t, a).</summary>
    public IReadOnlyList<double> StateValues { get; }

    /// <summary>What the policy says about logged steps, with the weights as ratios (0 where they are below) and other values, if given, for the doubly robust estimators.</summary>
    /// <remarks>Where <see cref="LagrangianOptions.RewardShare"/> is 1 and the penalties are 0 the values of the game itself will do; else give fitted ones.</remarks>
    /// <param name="values">A view whose values and probabilities are taken, such as that of <see cref="FittedQEvaluation"/>.</param>
    public PolicyView View(PolicyView? values = null) => (values ?? new PolicyView { ActionValues = ActionValues, StateValues = StateValues }) with
    {
        StateActionRatios = [.. Weights.Select(weight => Math.Max(0, weight))],
    };

    /// <summary>The saddle point with linear functions. O(n T d² + d³).</summary>
    /// <param name="data">What was logged, with a discount factor below 1.</param>
    /// <param name="features">Features of its steps under the evaluation policy. Ones that no logged pair has are left out: values and weights are 0 there.</param>
    /// <param name="options">The constants; <see langword="null"/> for <see cref="LagrangianOptions.BestDice"/>.</param>
    /// <param name="ridge">A penalty on all coefficients, in units of the features' mean square, above 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, the discount factor is 1, or no step has a known successor.</exception>
    /// <exception cref="InvalidOperationException">The features do not determine the estimate.</exception>
    public static LagrangianEvaluation Solve(LoggedTrajectories data, LinearFeatures features, LagrangianOptions? options = null, double ridge = LinearEvaluation.DefaultRidge)
    {
        ArgumentNullException.ThrowIfNull(features);
        features.Check(data, ridge);
        options ??= LagrangianOptions.BestDice;
        var steps = new StationarySteps(data, options);
        var saddle = new LinearSaddle(data, features, steps, options, ridge);
        return Of(data, steps, saddle.Multiplier, entry => saddle.Weight(features.Logged(entry)), entry => saddle.Value(features.Logged(entry)), entry => saddle.Value(features.Expected(entry)));
    }

    /// <summary>The saddle point that training with networks comes to.</summary>
    /// <remarks>Gradient descent and ascent of a game need not converge; compare several seeds, and the dual with the Lagrangian's estimate. Cost: O(steps · batch · (2 actions + 3) · parameters).</remarks>
    /// <param name="data">What was logged, with a discount factor below 1.</param>
    /// <param name="inputs">Its steps as the networks see them, with the evaluation policy.</param>
    /// <param name="random">Draws first weights and batches.</param>
    /// <param name="options">The constants; <see langword="null"/> for <see cref="LagrangianOptions.BestDice"/>.</param>
    /// <param name="network">Size and training of both networks; <see langword="null"/> for the defaults.</param>
    /// <param name="training">The trajectories to train on; <see langword="null"/> for all.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, the discount factor is 1, or no step has a known successor.</exception>
    /// <exception cref="InvalidOperationException">The training diverged.</exception>
    public static LagrangianEvaluation Train(
        LoggedTrajectories data, StateActionInputs inputs, RandomGenerator random, LagrangianOptions? options = null, NetworkOptions? network = null, IReadOnlyList<int>? training = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(random);
        inputs.Check(data);
        options ??= LagrangianOptions.BestDice;
        network ??= new NetworkOptions();
        network.Check();
        var game = new NetworkGame(data, inputs, new StationarySteps(data, options, training), options, network, random);
        for (var step = 0; step < network.Steps; step++) game.Step();
        var result = Of(data, new StationarySteps(data, options), game.Multiplier, game.Weight, game.Value, game.StateValue);
        if (!double.IsFinite(result.Value + result.PrimalValue + result.LagrangianValue))
            throw new InvalidOperationException("The training of the weights diverged; take a smaller learning rate, or a penalty on the weights.");
        return result;
    }

    private static LagrangianEvaluation Of(
        LoggedTrajectories data, StationarySteps steps, double multiplier, Func<int, double> weight, Func<int, double> value, Func<int, double> stateValue)
    {
        var size = data.Rewards.Length;
        var (weights, actionValues, stateValues) = (new double[size], new double[size], new double[size]);
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
                (weights[entry], actionValues[entry], stateValues[entry]) = (weight(entry), value(entry), stateValue(entry));
        }

        var first = Enumerable.Range(0, data.Count).Average(i => stateValues[i * data.Horizon]);
        var (earned, residual) = (0.0, 0.0);
        foreach (var step in steps.All)
        {
            var next = step.IsLast ? 0 : stateValues[step.Entry + 1];
            earned += step.Share * weights[step.Entry] * data.Rewards[step.Entry];
            residual += step.Share * weights[step.Entry] * (data.Gamma * next - actionValues[step.Entry] - multiplier * steps.Mass(step.IsLast));
        }

        var primal = first + multiplier / (1 - data.Gamma);
        return new LagrangianEvaluation(earned / (1 - data.Gamma), primal, primal + (earned + residual) / (1 - data.Gamma), weights, actionValues, stateValues);
    }
}
