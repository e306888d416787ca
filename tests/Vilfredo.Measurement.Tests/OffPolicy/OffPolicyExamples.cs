using Vilfredo.Measurement.OffPolicy;

namespace Vilfredo.Measurement.Tests.OffPolicy;

/// <summary>Small problems whose trajectories can be enumerated.</summary>
internal static class OffPolicyExamples
{
    public static readonly IReadOnlyList<OffPolicyEstimator> All =
    [
        OffPolicyEstimator.DirectMethod, OffPolicyEstimator.TrajectoryWise, OffPolicyEstimator.SelfNormalizedTrajectoryWise,
        OffPolicyEstimator.PerDecision, OffPolicyEstimator.SelfNormalizedPerDecision, OffPolicyEstimator.DoublyRobust,
        OffPolicyEstimator.SelfNormalizedDoublyRobust, OffPolicyEstimator.Marginal, OffPolicyEstimator.SelfNormalizedMarginal,
        OffPolicyEstimator.MarginalDoublyRobust, OffPolicyEstimator.SelfNormalizedMarginalDoublyRobust, OffPolicyEstimator.StateMarginal,
        OffPolicyEstimator.SelfNormalizedStateMarginal, OffPolicyEstimator.StateMarginalDoublyRobust,
        OffPolicyEstimator.SelfNormalizedStateMarginalDoublyRobust, OffPolicyEstimator.Spectrum(1), OffPolicyEstimator.Spectrum(2, true, true),
    ];

    public static TabularProblem Problem(ulong seed, int horizon = 3, double noise = 0) =>
        TabularProblem.RandomWithTrap(3, 2, horizon, 0.9, new RandomGenerator(seed), noise);

    public static TabularPolicy Policy(ulong seed, int states = 3, int actions = 2)
    {
        var random = new RandomGenerator(seed, 17);
        double[] scores = [.. Enumerable.Range(0, states * actions).Select(_ => random.NextNormal())];
        return TabularPolicy.Softmax(scores, actions);
    }

    /// <summary>Every trajectory of a problem with its probability under the behavior policy.</summary>
    public static IEnumerable<(double Probability, LoggedTrajectories Data)> Enumerate(TabularProblem problem, TabularPolicy behavior)
    {
        var pairs = problem.States * problem.Actions;
        for (var code = 0; code < (int)Math.Pow(pairs, problem.Horizon); code++)
        {
            var (states, actions) = (new int[problem.Horizon], new int[problem.Horizon]);
            var (rewards, probabilities) = (new double[problem.Horizon], new double[problem.Horizon]);
            var probability = 1.0;
            for (int t = 0, rest = code; t < problem.Horizon; t++, rest /= pairs)
            {
                (states[t], actions[t]) = (rest % pairs / problem.Actions, rest % problem.Actions);
                probability *= (t == 0 ? problem.Initial : problem.Next(states[t - 1], actions[t - 1]))[states[t]] * behavior[states[t], actions[t]];
                rewards[t] = problem.Rewards[rest % pairs];
                probabilities[t] = behavior[states[t], actions[t]];
            }

            if (probability > 0)
                yield return (probability, new LoggedTrajectories(problem.Horizon, problem.Gamma, rewards, probabilities, [], states, actions));
        }
    }

    /// <summary>The view with predicted values replaced by arbitrary ones that depend on step, state and action only.</summary>
    public static PolicyView WithWrongPredictions(PolicyView view, LoggedTrajectories data, TabularPolicy policy)
    {
        double Wrong(int entry, int action) => Math.Sin(1 + 7 * data.States[entry] + 3 * action + entry % data.Horizon);
        return view with
        {
            ActionValues = [.. Enumerable.Range(0, data.Rewards.Length).Select(e => Wrong(e, data.Actions[e]))],
            StateValues = [.. Enumerable.Range(0, data.Rewards.Length).Select(e =>
                Enumerable.Range(0, policy.Actions).Sum(a => policy[data.States[e], a] * Wrong(e, a)))],
        };
    }
}
