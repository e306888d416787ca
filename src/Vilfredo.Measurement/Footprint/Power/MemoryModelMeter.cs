using System.Globalization;

namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Estimates the energy of main memory.</summary>
public sealed class MemoryModelMeter : IEnergyMeter
{
    private const double BytesPerGigabyte = 1e9;
    private readonly double wattsPerGigabyte;
    private readonly double machineWatts;
    private readonly FootprintScope scope;

    private MemoryModelMeter(double wattsPerGigabyte, double machineWatts, FootprintScope scope, string method)
    {
        (this.wattsPerGigabyte, this.machineWatts, this.scope) = (wattsPerGigabyte, machineWatts, scope);
        Method = method;
    }

    /// <inheritdoc/>
    public EnergyComponent Component => EnergyComponent.Memory;

    /// <inheritdoc/>
    public EnergyOrigin Origin => EnergyOrigin.Estimated;

    /// <inheritdoc/>
    public string Method { get; }

    /// <summary>Counts the memory that the processes hold.</summary>
    /// <param name="wattsPerGigabyte">Watts per GB (1e9 bytes), at least 0.</param>
    public static MemoryModelMeter OfProcesses(double wattsPerGigabyte = MemoryPower.WattsPerGigabyte) => new(
        Quantity.NotNegative(wattsPerGigabyte, nameof(wattsPerGigabyte), "W/GB"), 0, FootprintScope.Process,
        string.Create(CultureInfo.InvariantCulture, $"{wattsPerGigabyte:G6} W per GB that the processes hold"));

    /// <summary>Counts all memory of the machine, by its guessed modules.</summary>
    /// <param name="gigabytes">Installed memory, above 0.</param>
    public static MemoryModelMeter OfMachine(double gigabytes)
    {
        var watts = MemoryPower.OfModules(gigabytes);
        return new(0, watts, FootprintScope.Machine, string.Create(CultureInfo.InvariantCulture, $"{watts:G4} W of guessed modules for {gigabytes:F1} GB"));
    }

    /// <inheritdoc/>
    public double Advance(in ActivityInterval interval) =>
        interval.Seconds * (scope == FootprintScope.Machine ? machineWatts : wattsPerGigabyte * interval.ResidentBytes / BytesPerGigabyte);
}
