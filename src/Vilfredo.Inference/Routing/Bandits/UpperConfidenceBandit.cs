namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>UCB1: the candidate of the highest mean reward plus c √(2 ln t / n) is taken, one never taken first (Auer et al., Machine Learning 47, 2002 [memory]).</summary>
public sealed class UpperConfidenceBandit : MeanRewardBandit
{
    private readonly double _exploration;

    /// <summary>A bandit that knows nothing.</summary>
    /// <param name="candidates">The number of candidates, at least 1.</param>
    /// <param name="exploration">c, at least 0; 1 in UCB1, less explores less.</param>
    public UpperConfidenceBandit(int candidates, double exploration = 1)
        : base(candidates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exploration);
        _exploration = exploration;
    }

    internal UpperConfidenceBandit(BanditState state)
        : base(state) => _exploration = state.Exploration;

    private protected override IReadOnlyList<double> Values(double[] counts, double[] rewards, RandomGenerator random)
    {
        var log = Math.Log(Math.Max(1, counts.Sum()));
        return [.. counts.Zip(rewards, (count, reward) => count == 0 ? double.PositiveInfinity : (reward / count) + (_exploration * Math.Sqrt(2 * log / count)))];
    }

    private protected override BanditState Save(double[] counts, double[] rewards) => new() { Kind = "ucb", Counts = counts, Rewards = rewards, Exploration = _exploration };
}
