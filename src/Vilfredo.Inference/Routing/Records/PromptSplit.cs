using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Routing.Records;

/// <summary>Divides prompts into training, calibration and test by a hash of each: a prompt has its part for ever, also when others come and go, and equal prompts are never on both sides.</summary>
public sealed record PromptSplit
{
    /// <summary>The seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The share for training, in (0, 1].</summary>
    public double Training { get; init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Training), value, "The share for training is above 0 and at most 1."); } = 0.5;

    /// <summary>The share for calibration, in [0, 1); with the share for training at most 1.</summary>
    public double Calibration { get; init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Calibration), value, "The share for calibration is at least 0 and below 1."); } = 0.25;

    /// <summary>The part of a prompt.</summary>
    /// <param name="id">The prompt's id.</param>
    public PromptPart PartOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var place = new RandomGenerator(Seed, StableHash.Of(id)).NextDouble();
        return place < Training ? PromptPart.Training : place < Training + Calibration ? PromptPart.Calibration : PromptPart.Test;
    }
}
