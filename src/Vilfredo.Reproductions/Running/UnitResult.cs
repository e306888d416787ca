namespace Vilfredo.Reproductions;

/// <summary>What a unit measured.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Values">The measured values by name, all finite.</param>
/// <param name="Seconds">Its wall time.</param>
public sealed record UnitResult(RunUnit Unit, IReadOnlyDictionary<string, double> Values, double Seconds)
{
    /// <summary>A measured value.</summary>
    /// <exception cref="MissingMeasurementException">The unit did not measure it.</exception>
    public double Value(string metric) => Values.TryGetValue(metric, out var value)
        ? value
        : throw new MissingMeasurementException($"{Unit} did not measure '{metric}' but {string.Join(", ", Values.Keys)}");
}
