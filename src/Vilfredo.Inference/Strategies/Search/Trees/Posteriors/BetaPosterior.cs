namespace Vilfredo.Inference.Strategies.Search.Trees.Posteriors;

/// <summary>A score r counts as r of a success and 1 − r of a failure, under a beta prior: α = β = ½ as in TreeQuest's AB-MCTS.</summary>
/// <param name="successes">α, positive.</param>
/// <param name="failures">β, positive.</param>
public sealed class BetaPosterior(double successes = 0.5, double failures = 0.5) : IScorePosterior
{
    private readonly double _successes = successes > 0 ? successes : throw new ArgumentOutOfRangeException(nameof(successes), successes, "A positive number is needed.");
    private readonly double _failures = failures > 0 ? failures : throw new ArgumentOutOfRangeException(nameof(failures), failures, "A positive number is needed.");

    /// <summary>α and β after some scores.</summary>
    public (double Successes, double Failures) After(IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return (_successes + scores.Sum(), _failures + scores.Sum(score => 1 - score));
    }

    /// <inheritdoc/>
    public double Sample(IReadOnlyList<double> scores, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var (alpha, beta) = After(scores);
        return random.NextBeta(alpha, beta);
    }
}
