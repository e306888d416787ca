namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>A bandit that knows of each candidate how often it was taken and the sum of its rewards.</summary>
public abstract class MeanRewardBandit : IBandit
{
    private readonly double[] _counts;
    private readonly double[] _rewards;
    private readonly Lock _lock = new();

    private protected MeanRewardBandit(int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        (_counts, _rewards) = (new double[candidates], new double[candidates]);
    }

    private protected MeanRewardBandit(BanditState state) => (_counts, _rewards) = ([.. state.Counts], [.. state.Rewards]);

    /// <inheritdoc/>
    public int Candidates => _counts.Length;

    /// <inheritdoc/>
    public IReadOnlyList<double> Values(IReadOnlyList<double> context, RandomGenerator random)
    {
        lock (_lock)
            return Values(_counts, _rewards, random);
    }

    /// <inheritdoc/>
    public void Learn(int candidate, IReadOnlyList<double> context, double reward)
    {
        Rewards.Check(reward);
        lock (_lock)
        {
            _counts[candidate]++;
            _rewards[candidate] += reward;
        }
    }

    /// <inheritdoc/>
    public BanditState Save()
    {
        lock (_lock)
            return Save([.. _counts], [.. _rewards]);
    }

    /// <summary>The worth of taking each candidate now.</summary>
    private protected abstract IReadOnlyList<double> Values(double[] counts, double[] rewards, RandomGenerator random);

    private protected abstract BanditState Save(double[] counts, double[] rewards);
}
