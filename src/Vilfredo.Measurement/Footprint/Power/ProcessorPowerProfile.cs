namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>The power of a processor by a curve fitted to measurements: P(w) = a ln(b (w + c)) + d for a load of w percent, at least 1 W.</summary>
/// <remarks>Source: consumption profiles of the Boavizta API (2022), per package.</remarks>
/// <param name="Name">The range of processors that it was fitted to.</param>
/// <param name="A">a, W.</param>
/// <param name="B">b.</param>
/// <param name="C">c, percent.</param>
/// <param name="D">d, W.</param>
public sealed record ProcessorPowerProfile(string Name, double A, double B, double C, double D)
{
    private const double LeastWatts = 1;

    /// <summary>The published profiles.</summary>
    public static IReadOnlyList<ProcessorPowerProfile> Published { get; } =
    [
        new("Intel Xeon Platinum", 171.1813, 0.0354, 36.8953, -10.1336),
        new("Intel Xeon Gold", 35.5688, 0.2438, 9.6694, -0.6087),
        new("Intel Xeon Silver", 20.7794, 0.3043, 8.4241, 0.8613),
        new("Intel Xeon E5", 48.9167, 0.1349, 15.7262, -4.654),
        new("Intel Xeon E3", 342.3624, 0.0347, 36.8952, -16.4022),
        new("Intel Xeon E", 55.6501, 0.0467, 20.4146, 4.24362),
    ];

    /// <summary>Watts of a package.</summary>
    /// <param name="load">Busy share, at least 0; more than 1 counts as 1.</param>
    public double Watts(double load) => Math.Max(LeastWatts, A * Math.Log(B * (100 * Math.Min(1, Quantity.NotNegative(load, nameof(load), "(load)")) + C)) + D);
}
