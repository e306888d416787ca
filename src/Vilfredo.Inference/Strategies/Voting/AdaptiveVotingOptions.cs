namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Settings of an adaptive vote.</summary>
public sealed record AdaptiveVotingOptions
{
    /// <summary>The most attempts, at least 1.</summary>
    public int Attempts { get; init => field = AtLeast(value, 1, nameof(Attempts)); } = 16;

    /// <summary>The fewest attempts with an answer before it may stop, at least 1; more than <see cref="Attempts"/> means all.</summary>
    public int Fewest { get; init => field = AtLeast(value, 1, nameof(Fewest)); } = 2;

    /// <summary>How many attempts are made side by side between two looks, at least 1.</summary>
    public int Batch { get; init => field = AtLeast(value, 1, nameof(Batch)); } = 2;

    /// <summary>When it stops.</summary>
    public AdaptiveStop Stop { get; init; } = AdaptiveStop.Posterior;

    /// <summary>The probability that <see cref="AdaptiveStop.Posterior"/> wants, in [0.5, 1).</summary>
    public double Confidence { get; init => field = value is >= 0.5 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Confidence), value, "The probability that the leader must have is from 0.5 to below 1."); } = 0.95;

    /// <summary>How many attempts the model's most probable answer is worth, for <see cref="AdaptiveStop.Value"/>; positive.</summary>
    public double Worth { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Worth), value, "The worth of an answer, in attempts, is positive."); } = 50;

    /// <summary>The temperature where the caller sets none, at least 0.</summary>
    public double Temperature { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); } = 0.7;

    /// <summary>How the vote is taken. Weights and filters look at all attempts, so they are not for <see cref="AdaptiveStop"/>, which counts.</summary>
    public VoteRules Rules { get; init; } = new();

    private static int AtLeast(int value, int least, string name) => value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least {least}.");
}
