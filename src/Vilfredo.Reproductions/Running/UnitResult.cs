namespace Vilfredo.Reproductions;

/// <summary>What a unit measured.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Values">The measured values by name, all finite.</param>
/// <param name="Seconds">Its wall time.</param>
public sealed record UnitResult(RunUnit Unit, IReadOnlyDictionary<string, double> Values, double Seconds);
