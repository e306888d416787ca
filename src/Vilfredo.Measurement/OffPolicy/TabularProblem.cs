namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// A decision problem with numbered states and actions, known dynamics and a finite horizon: policies have exact values here,
/// and data can be generated. With a horizon of 1 it is a contextual bandit. Immutable.
/// </summary>
public sealed class TabularProblem
{
    private const double SumTolerance = 1e-9;
    private readonly double[] initial;
    private readonly double[] transitions;
    private readonly double[] rewards;

    /// <summary>Takes over copies of the tables.</summary>
    /// <param name="actions">The number of actions A, at least 1.</param>
    /// <param name="horizon">Steps per trajectory, at least 1.</param>
    /// <param name="gamma">The discount factor per step, in [0, 1].</param>
    /// <param name="initial">The probability of each state at the start; its length is the number of states S.</param>
    /// <param name="transitions">S × A × S probabilities of the next state; entry (s · A + a) · S + s'.</param>
    /// <param name="rewards">S × A finite mean rewards.</param>
    /// <param name="rewardNoise">The standard deviation of the normal noise that generated rewards carry; at least 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is out of its range.</exception>
    public TabularProblem(
        int actions, int horizon, double gamma, ReadOnlySpan<double> initial, ReadOnlySpan<double> transitions,
        ReadOnlySpan<double> rewards, double rewardNoise = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (!(gamma is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "The discount factor lies in [0, 1].");
        if (!(rewardNoise >= 0 && double.IsFinite(rewardNoise)))
            throw new ArgumentOutOfRangeException(nameof(rewardNoise), rewardNoise, "The noise is finite and at least 0.");
        if (initial.IsEmpty) throw new ArgumentException("A problem needs at least one state.", nameof(initial));

        (States, Actions, Horizon, Gamma, RewardNoise) = (initial.Length, actions, horizon, gamma, rewardNoise);
        Distributions.Check(initial, States, SumTolerance, nameof(initial));
        if (Distributions.Check(transitions, States, SumTolerance, nameof(transitions)) != States * actions || rewards.Length != States * actions)
        {
            throw new ArgumentException(
                $"{States} states and {actions} actions need {States * actions} rows of transitions and as many rewards.");
        }

        foreach (var reward in rewards)
        {
            if (!double.IsFinite(reward)) throw new ArgumentException($"A mean reward is {reward}; rewards must be finite.", nameof(rewards));
        }

        (this.initial, this.transitions, this.rewards) = (initial.ToArray(), transitions.ToArray(), rewards.ToArray());
    }

    /// <summary>The number of states S.</summary>
    public int States { get; }

    /// <summary>The number of actions A.</summary>
    public int Actions { get; }

    /// <summary>Steps per trajectory T.</summary>
    public int Horizon { get; }

    /// <summary>The discount factor per step.</summary>
    public double Gamma { get; }

    /// <summary>The standard deviation of generated rewards around their mean.</summary>
    public double RewardNoise { get; }

    /// <summary>The probability of each state at the start.</summary>
    public ReadOnlySpan<double> Initial => initial;

    /// <summary>S × A mean rewards.</summary>
    public ReadOnlySpan<double> Rewards => rewards;

    /// <summary>A problem with random dynamics and one absorbing trap without reward, state 0.</summary>
    /// <remarks>
    /// From the other states, next states are drawn from normalized exponentials, with a further chance of up to 0.2 of falling
    /// into the trap that depends on state and action; mean rewards are uniform in [0, 1). Trajectories start outside the trap.
    /// </remarks>
    /// <param name="states">At least 2.</param>
    /// <param name="actions">At least 1.</param>
    /// <param name="horizon">Steps per trajectory.</param>
    /// <param name="gamma">The discount factor per step.</param>
    /// <param name="random">Draws the tables.</param>
    /// <param name="rewardNoise">The standard deviation of generated rewards.</param>
    public static TabularProblem RandomWithTrap(
        int states, int actions, int horizon, double gamma, RandomGenerator random, double rewardNoise = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        ArgumentNullException.ThrowIfNull(random);
        const double largestTrapChance = 0.2;
        var initial = new double[states];
        initial.AsSpan(1).Fill(1.0 / (states - 1));
        var transitions = new double[states * actions * states];
        var rewards = new double[states * actions];
        for (var pair = 0; pair < states * actions; pair++)
        {
            var next = transitions.AsSpan(pair * states, states);
            var trap = pair < actions ? 1 : random.NextDouble(0, largestTrapChance);
            var sum = 0.0;
            foreach (ref var probability in next[1..]) sum += probability = -Math.Log(1 - random.NextDouble()) + double.Epsilon;
            foreach (ref var probability in next[1..]) probability *= (1 - trap) / sum;
            next[0] = trap;
            if (pair >= actions) rewards[pair] = random.NextDouble();
        }

        return new TabularProblem(actions, horizon, gamma, initial, transitions, rewards, rewardNoise);
    }

    /// <summary>The probabilities of the next state.</summary>
    public ReadOnlySpan<double> Next(int state, int action) => transitions.AsSpan((state * Actions + action) * States, States);

    /// <summary>The exact value J(π) of a policy, by dynamic programming. O(T S² A).</summary>
    /// <exception cref="ArgumentException">The policy is over other states or actions.</exception>
    public double Value(TabularPolicy policy)
    {
        var values = ActionValues(policy);
        var result = 0.0;
        for (var state = 0; state < States; state++) result += initial[state] * StateValue(values.AsSpan(0, States * Actions), policy, state);
        return result;
    }

    /// <summary>The exact Q_t(s, a) of a policy: T × S × A, entry (t · S + s) · A + a. O(T S² A).</summary>
    /// <exception cref="ArgumentException">The policy is over other states or actions.</exception>
    public double[] ActionValues(TabularPolicy policy)
    {
        Check(policy);
        return Backward((next, state) => StateValue(next, policy, state));
    }

    /// <summary>The exact Q_t(s, a) of the optimal policy: T × S × A. O(T S² A).</summary>
    public double[] OptimalActionValues() => Backward((next, state) =>
    {
        var best = double.NegativeInfinity;
        foreach (var value in next.Slice(state * Actions, Actions)) best = Math.Max(best, value);
        return best;
    });

    /// <summary>The exact distribution of a policy's return, by distributional dynamic programming. Its size may grow exponentially with the horizon.</summary>
    /// <exception cref="ArgumentException">The policy is over other states or actions.</exception>
    /// <exception cref="InvalidOperationException">Rewards are noisy, so that returns have no finite distribution.</exception>
    public ReturnDistribution Returns(TabularPolicy policy)
    {
        var actionReturns = ActionReturns(policy);
        return ReturnModel.Mixture([.. Enumerable.Range(0, States).Where(state => initial[state] > 0).Select(state => (ReturnModel.StateReturns(policy, actionReturns, state), initial[state]))]);
    }

    /// <summary>The exact distributions of a policy's return for logged trajectories, from their first states and after their first actions.</summary>
    /// <param name="data">Logged from this problem, with states and actions.</param>
    /// <param name="policy">The evaluation policy.</param>
    /// <inheritdoc cref="Returns" path="/exception"/>
    public PredictedReturns ExactReturns(LoggedTrajectories data, TabularPolicy policy)
    {
        TabularEvaluation.CheckData(data, States, Actions);
        return PredictedReturns.Of(data, policy, ActionReturns(policy));
    }

    private ReturnDistribution[] ActionReturns(TabularPolicy policy)
    {
        Check(policy);
        if (RewardNoise > 0) throw new InvalidOperationException("Rewards are noisy, so returns have a density and no finite distribution; use a problem without noise.");
        var moves = new List<(int Pair, int Next, double Share)>();
        for (var pair = 0; pair < States * Actions; pair++)
        {
            var next = Next(pair / Actions, pair % Actions);
            for (var state = 0; state < States; state++)
            {
                if (next[state] > 0) moves.Add((pair, state, next[state]));
            }
        }

        return new ReturnModel(States, Actions, Gamma) { Rewards = [.. rewards.Select(ReturnDistribution.Certain)], Moves = moves }.ActionReturns(policy, Horizon);
    }

    /// <summary>The exact probability of being in each state at each step: T × S. O(T S² A).</summary>
    /// <exception cref="ArgumentException">The policy is over other states or actions.</exception>
    public double[] StateDistributions(TabularPolicy policy)
    {
        Check(policy);
        var result = new double[Horizon * States];
        initial.CopyTo(result, 0);
        for (var t = 1; t < Horizon; t++)
        {
            var target = result.AsSpan(t * States, States);
            for (var state = 0; state < States; state++)
            {
                for (var action = 0; action < Actions; action++)
                {
                    var mass = result[(t - 1) * States + state] * policy[state, action];
                    var next = Next(state, action);
                    for (var s = 0; s < States; s++) target[s] += mass * next[s];
                }
            }
        }

        return result;
    }

    /// <summary>Trajectories of full length under a behavior policy.</summary>
    /// <param name="behavior">Acts and is logged.</param>
    /// <param name="count">The number of trajectories, at least 1.</param>
    /// <param name="random">Draws states, actions and rewards.</param>
    /// <exception cref="ArgumentException">The policy is over other states or actions.</exception>
    public LoggedTrajectories Generate(TabularPolicy behavior, int count, RandomGenerator random)
    {
        Check(behavior);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(random);
        var (states, actions) = (new int[count * Horizon], new int[count * Horizon]);
        var (logged, probabilities) = (new double[count * Horizon], new double[count * Horizon]);
        for (var entry = 0; entry < logged.Length; entry++)
        {
            var state = Distributions.Draw(entry % Horizon == 0 ? initial : Next(states[entry - 1], actions[entry - 1]), random);
            var action = Distributions.Draw(behavior.Of(state), random);
            (states[entry], actions[entry], probabilities[entry]) = (state, action, behavior[state, action]);
            logged[entry] = rewards[state * Actions + action] + (RewardNoise > 0 ? RewardNoise * random.NextNormal() : 0);
        }

        return new LoggedTrajectories(Horizon, Gamma, logged, probabilities, [], states, actions);
    }

    /// <summary>What a policy says about logged steps, with its exact values and its exact marginal ratios.</summary>
    /// <remarks>Ratios are taken per step, d_π,t(s, a) / d_b,t(s, a), which makes the marginal estimators unbiased.</remarks>
    /// <param name="data">Logged from this problem, with states and actions.</param>
    /// <param name="policy">The evaluation policy.</param>
    /// <param name="behavior">The policy that logged the data.</param>
    /// <exception cref="ArgumentException">The data has no states or actions, or ones of another problem.</exception>
    public PolicyView ExactView(LoggedTrajectories data, TabularPolicy policy, TabularPolicy behavior)
    {
        Check(behavior);
        TabularEvaluation.CheckData(data, States, Actions);
        if (data.Horizon > Horizon) throw new ArgumentException("The data has more steps than the problem.", nameof(data));
        var (target, logged) = (StateDistributions(policy), StateDistributions(behavior));
        var ratios = new double[Horizon * States];
        for (var i = 0; i < ratios.Length; i++) ratios[i] = target[i] == 0 ? 0 : target[i] / logged[i];
        return TabularEvaluation.View(data, policy, ActionValues(policy), ratios);
    }

    private static double StateValue(ReadOnlySpan<double> actionValues, TabularPolicy policy, int state)
    {
        var result = 0.0;
        for (var action = 0; action < policy.Actions; action++)
            result += policy[state, action] * actionValues[state * policy.Actions + action];
        return result;
    }

    private double[] Backward(StateValueOf value)
    {
        var size = States * Actions;
        var result = new double[Horizon * size];
        var next = new double[States];
        for (var t = Horizon - 1; t >= 0; t--)
        {
            for (var pair = 0; pair < size; pair++)
            {
                var sum = 0.0;
                var probabilities = Next(pair / Actions, pair % Actions);
                for (var s = 0; s < States; s++) sum += probabilities[s] * next[s];
                result[t * size + pair] = rewards[pair] + Gamma * sum;
            }

            for (var s = 0; s < States; s++) next[s] = value(result.AsSpan(t * size, size), s);
        }

        return result;
    }

    private void Check(TabularPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.States != States || policy.Actions != Actions)
        {
            throw new ArgumentException(
                $"The policy is over {policy.States} states and {policy.Actions} actions, the problem has {States} and {Actions}.", nameof(policy));
        }
    }

    private delegate double StateValueOf(ReadOnlySpan<double> actionValues, int state);
}
