namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>UCB1: the candidate of the highest mean reward plus c √(2 ln t / n) is taken, one never taken first (Auer et al., Machine Learning 47, 2002 [memory]).</summary>
public sealed class UpperConfidenceBandit : IBandit
{
    private readonly double[] _counts;
    private readonly double[] _rewards;
    private readonly double _exploration;
    private readonly Lock _lock = new();

    /// <summary>A bandit that knows nothing.</summary>
    /// <param name="candidates">The number of candidates, at least 1.</param>
    /// <param name="exploration">c, at least 0; 1 in UCB1, less explores less.</param>
    public UpperConfidenceBandit(int candidates, double exploration = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(exploration);
        (_counts, _rewards, _exploration) = (new double[candidates], new double[candidates], exploration);
    }

    internal UpperConfidenceBandit(BanditState state) => (_counts, _rewards, _exploration) = ([.. state.Counts], [.. state.Rewards], state.Exploration);

    /// <inheritdoc/>
    public int Candidates => _counts.Length;

    /// <inheritdoc/>
    public IReadOnlyList<double> Values(IReadOnlyList<double> context, RandomGenerator random)
    {
        lock (_lock)
        {
            var log = Math.Log(Math.Max(1, _counts.Sum()));
            return [.. _counts.Zip(_rewards, (count, reward) => count == 0 ? double.PositiveInfinity : (reward / count) + (_exploration * Math.Sqrt(2 * log / count)))];
        }
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
            return new() { Kind = "ucb", Counts = [.. _counts], Rewards = [.. _rewards], Exploration = _exploration };
    }
}
