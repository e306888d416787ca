namespace Vilfredo.Neural.Recursion;

/// <summary>How tokens are sent through the recursions of a mixture of recursions in one pass.</summary>
public sealed record DepthSelection
{
    /// <summary>Whether recursions that pick their tokens take the best of each whole sequence, up to their capacity, as in training. That reads the future: losses that are measured so are no losses of a model that writes. Else every token goes on by its own threshold.</summary>
    public bool ByCapacity { get; init; }

    /// <summary>How far every capacity c is raised towards 1, to c + (1 - c) x this, in [0, 1]: for a warm-up, 0.5 (1 + cos(pi min(1, step / warm-up steps))).</summary>
    public double Slack { get; init; }

    /// <summary>A token takes a recursion that picks its tokens when the sigmoid of its logit is above this. Any number; below 0 all go on.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>The most recursions of a token; null means all that there are. At least 1.</summary>
    public int? MaximumDepth { get; init; }

    /// <summary>Given, recursions that pick their tokens do so at random and not by their scores: as many as their capacity, or each token that took the one before with the probability that gives as many on average. It shows what learned scores are worth.</summary>
    public RandomGenerator? Random { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumDepth ?? 1, 1, nameof(MaximumDepth));
        if (!(Slack is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Slack), Slack, "The slack of capacities must be from 0 to 1.");
        if (double.IsNaN(Threshold))
            throw new ArgumentOutOfRangeException(nameof(Threshold), Threshold, "The threshold must be a number.");
    }
}
