namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>A model or agent with its cost of pass on every problem.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Costs">Its cost of pass by problem, as <see cref="CostOfPass.PerProblem"/> gives it.</param>
public sealed record FrontierMember(string Name, IReadOnlyDictionary<string, PassCost> Costs);
