namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>Thompson sampling: a mean reward of each candidate is drawn from its Beta posterior (uniform prior), and the highest is taken (Thompson, Biometrika 25, 1933 [memory]). Rewards between 0 and 1 count as that part of a success.</summary>
public sealed class ThompsonBandit : MeanRewardBandit
{
    /// <summary>A bandit that knows nothing.</summary>
    /// <param name="candidates">The number of candidates, at least 1.</param>
    public ThompsonBandit(int candidates)
        : base(candidates)
    {
    }

    internal ThompsonBandit(BanditState state)
        : base(state)
    {
    }

    private protected override IReadOnlyList<double> Values(double[] counts, double[] rewards, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return [.. counts.Zip(rewards, (count, reward) => random.NextBeta(1 + reward, 1 + count - reward))];
    }

    private protected override BanditState Save(double[] counts, double[] rewards) => new() { Kind = "thompson", Counts = counts, Rewards = rewards };
}
