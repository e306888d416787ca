namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>Thompson sampling: a mean reward of each candidate is drawn from its Beta posterior (uniform prior), and the highest is taken (Thompson, Biometrika 25, 1933 [memory]). Rewards between 0 and 1 count as that part of a success.</summary>
public sealed class ThompsonBandit : IBandit
{
    private readonly double[] _counts;
    private readonly double[] _rewards;
    private readonly Lock _lock = new();

    /// <summary>A bandit that knows nothing.</summary>
    /// <param name="candidates">The number of candidates, at least 1.</param>
    public ThompsonBandit(int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        (_counts, _rewards) = (new double[candidates], new double[candidates]);
    }

    internal ThompsonBandit(BanditState state) => (_counts, _rewards) = ([.. state.Counts], [.. state.Rewards]);

    /// <inheritdoc/>
    public int Candidates => _counts.Length;

    /// <inheritdoc/>
    public IReadOnlyList<double> Values(IReadOnlyList<double> context, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        lock (_lock)
            return [.. _counts.Zip(_rewards, (count, reward) => random.NextBeta(1 + reward, 1 + count - reward))];
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
            return new() { Kind = "thompson", Counts = [.. _counts], Rewards = [.. _rewards] };
    }
}
