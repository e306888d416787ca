namespace Vilfredo.Inference.Routing.Rules;

/// <summary>What is known of a candidate beside the prompt.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Quality">Its mean quality, in [0, 1].</param>
/// <param name="Cost">Its mean cost for an answer; the unit is that of the rule's prices and limits.</param>
/// <param name="Seconds">Its mean seconds for an answer.</param>
public sealed record CandidateMeasure(string Name, double Quality, double Cost, double Seconds)
{
    /// <summary>The requests that it is answering at this moment.</summary>
    public int InFlight { get; init; }
}
