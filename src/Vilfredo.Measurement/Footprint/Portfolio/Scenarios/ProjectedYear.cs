namespace Vilfredo.Measurement.Footprint.Portfolio.Scenarios;

/// <summary>A portfolio in a year of a scenario.</summary>
/// <param name="Year">The year.</param>
/// <param name="UseCases">How many use cases there are.</param>
/// <param name="Impacts">Impacts of the year.</param>
/// <param name="Index">The same as an index: 100 in the base year.</param>
public sealed record ProjectedYear(int Year, double UseCases, Impacts Impacts, Impacts Index);
