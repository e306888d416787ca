namespace Vilfredo.Inference.Routing.Records;

/// <summary>What one candidate's answer to one prompt was worth and cost.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Candidate">The candidate's name.</param>
/// <param name="Quality">The answer's quality in [0, 1]: 1 for right, 0 for wrong, or a score.</param>
public sealed record RoutingRecord(RoutedPrompt Prompt, string Candidate, double Quality)
{
    /// <summary>What the answer cost, in any unit that is the same for all; NaN where it is not known.</summary>
    public double Cost { get; init; } = double.NaN;

    /// <summary>The seconds that it took; NaN where they are not known.</summary>
    public double Seconds { get; init; } = double.NaN;

    /// <summary>How sure the candidate was of it, in [0, 1]; NaN where it does not say.</summary>
    public double Confidence { get; init; } = double.NaN;
}
