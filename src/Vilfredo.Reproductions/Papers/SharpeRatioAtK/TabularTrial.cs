using Vilfredo.Measurement.OffPolicy;

namespace Vilfredo.Reproductions.Papers;

/// <summary>One seed of the tabular study: a problem, the policy in use, and the candidates with their true values.</summary>
/// <remarks>All constants were fixed before the first run.</remarks>
internal sealed class TabularTrial
{
    private const int States = 8;
    private const int Actions = 3;
    private const int Horizon = 10;
    private const double Gamma = 0.95;
    private const double RewardNoise = 0.5;
    private const double GreedyTemperature = 0.02; // close to the best and the worst action everywhere
    private const double BehaviorTemperature = 0.5;
    private const double BehaviorNoise = 0.2; // standard deviation, on the true action values

    private TabularTrial(TabularProblem problem, TabularPolicy behavior, TabularPolicy[] candidates)
    {
        (Problem, Behavior, Candidates) = (problem, behavior, candidates);
        TrueValues = [.. candidates.Select(problem.Value)];
        Baseline = problem.Value(behavior);
    }

    /// <summary>The number of candidate policies.</summary>
    public const int CandidateCount = 30;

    public TabularProblem Problem { get; }

    public TabularPolicy Behavior { get; }

    public TabularPolicy[] Candidates { get; }

    public double[] TrueValues { get; }

    public double Baseline { get; }

    /// <summary>Draws a trial: candidates are mixtures of the optimal, the uniform and the adversarial policy with uniform weights.</summary>
    public static TabularTrial Draw(RandomGenerator random)
    {
        var problem = TabularProblem.RandomWithTrap(States, Actions, Horizon, Gamma, random, RewardNoise);
        var values = problem.OptimalActionValues()[..(States * Actions)];
        var optimal = TabularPolicy.Softmax(values, Actions, GreedyTemperature);
        var adversarial = TabularPolicy.Softmax([.. values.Select(value => -value)], Actions, GreedyTemperature);
        var uniform = TabularPolicy.Uniform(States, Actions);
        var behavior = TabularPolicy.Softmax(
            [.. values.Select(value => value + BehaviorNoise * random.NextNormal())], Actions, BehaviorTemperature);

        var candidates = new TabularPolicy[CandidateCount];
        for (var i = 0; i < candidates.Length; i++)
        {
            // Normalized exponentials are uniform on the simplex.
            var (a, b, c) = (Exponential(random), Exponential(random), Exponential(random));
            candidates[i] = optimal.Mix(uniform, b / (a + b)).Mix(adversarial, c / (a + b + c));
        }

        return new TabularTrial(problem, behavior, candidates);
    }

    private static double Exponential(RandomGenerator random) => -Math.Log(1 - random.NextDouble()) + double.Epsilon;
}
