namespace Vilfredo.Inference.Routing.Metrics;

/// <summary>A candidate in a router's report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Quality">Its mean quality when it answers everything.</param>
/// <param name="Cost">Its mean cost then.</param>
/// <param name="Share">The share of prompts that the router gives to it.</param>
public sealed record RoutedCandidate(string Name, double Quality, double Cost, double Share);
