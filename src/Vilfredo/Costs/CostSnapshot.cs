namespace Vilfredo;

/// <summary>A reading of a <see cref="CostMeter"/>.</summary>
/// <param name="Total">All costs.</param>
/// <param name="Phases">The costs by phase. They need not sum to the total: phases may overlap, and reports may name none.</param>
public sealed record CostSnapshot(CostVector Total, IReadOnlyDictionary<string, CostVector> Phases);
