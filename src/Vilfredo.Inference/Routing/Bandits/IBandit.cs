namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>Learns which candidate to take from the rewards of those that were taken: no evaluation beforehand, no answers of the others. Thread-safe.</summary>
public interface IBandit
{
    /// <summary>The number of candidates.</summary>
    int Candidates { get; }

    /// <summary>A value of each candidate whose highest is the one to take now: what is known of it, and how little.</summary>
    /// <param name="context">The features of the conversation; bandits without a context ignore them.</param>
    /// <param name="random">Draws, where the bandit draws.</param>
    IReadOnlyList<double> Values(IReadOnlyList<double> context, RandomGenerator random);

    /// <summary>Learns from a reward.</summary>
    /// <param name="candidate">The candidate that was taken.</param>
    /// <param name="context">The features of the conversation.</param>
    /// <param name="reward">What it brought, in [0, 1].</param>
    void Learn(int candidate, IReadOnlyList<double> context, double reward);

    /// <summary>What it has learnt, to be kept and opened again.</summary>
    BanditState Save();
}
