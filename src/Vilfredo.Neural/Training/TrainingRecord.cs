using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Training;

/// <summary>A line of a training's log.</summary>
public sealed record TrainingRecord
{
    /// <summary>The steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>The tokens or other elements read so far.</summary>
    public required double Tokens { get; init; }

    /// <summary>The operations so far, forwards and backwards, by the analytic count.</summary>
    public required double Flops { get; init; }

    /// <summary>Seconds of training so far, evaluations and earlier runs included.</summary>
    public required double Seconds { get; init; }

    /// <summary>The mean loss per scored element over the steps since the last record, skipped steps left out; null when all were skipped.</summary>
    public required double? Loss { get; init; }

    /// <summary>The factor of the learning rates in the last step.</summary>
    public required double LearningRateFactor { get; init; }

    /// <summary>The norm of the last step's gradient before clipping; null when it was not finite.</summary>
    public required double? GradientNorm { get; init; }

    /// <summary>The steps skipped so far because they were not finite.</summary>
    public required long Skipped { get; init; }

    /// <summary>The mean loss on each set of evaluation batches, by its name; null between evaluations.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Evaluation { get; init; }
}
