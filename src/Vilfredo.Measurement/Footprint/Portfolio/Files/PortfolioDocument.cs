using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;
using Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

namespace Vilfredo.Measurement.Footprint.Portfolio.Files;

/// <summary>What a portfolio file says.</summary>
/// <param name="Portfolio">The use cases and factors.</param>
/// <param name="Scenarios">The scenarios; the published five unless stated.</param>
/// <param name="Uncertain">The inputs that are not known exactly; the defaults unless stated.</param>
public sealed record PortfolioDocument(AiPortfolio Portfolio, IReadOnlyList<Scenario> Scenarios, IReadOnlyList<UncertainFactor> Uncertain);
