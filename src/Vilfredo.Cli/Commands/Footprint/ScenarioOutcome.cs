using Vilfredo.Measurement.Footprint.Portfolio;
using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;
using Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>A scenario with its path and the spread of its horizon.</summary>
internal sealed record ScenarioOutcome(Scenario Scenario, IReadOnlyList<ProjectedYear> Path, IReadOnlyDictionary<ImpactCriterion, UncertainResult> Spread);
