namespace Vilfredo.Inference.Strategies.Search.Trees.Posteriors;

/// <summary>What is believed of the mean score of something after some of its scores have been seen.</summary>
public interface IScorePosterior
{
    /// <summary>A draw of the mean score.</summary>
    /// <param name="scores">The scores that were seen, in [0, 1]; none leaves the prior.</param>
    /// <param name="random">The generator.</param>
    double Sample(IReadOnlyList<double> scores, RandomGenerator random);
}
