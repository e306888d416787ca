namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Reads the energy counters of NVIDIA graphics processors (NVML, from the Volta generation on).</summary>
/// <remarks>Counts all work on the devices, whoever started it: NVML does not divide energy among processes.</remarks>
public sealed class NvmlMeter : IEnergyMeter
{
    private const double JoulesPerMillijoule = 1e-3;
    private readonly Func<int, ulong> millijoules;
    private readonly ulong[] last;

    internal NvmlMeter(int devices, Func<int, ulong> millijoules)
    {
        this.millijoules = millijoules;
        last = [.. Enumerable.Range(0, devices).Select(millijoules)];
    }

    /// <inheritdoc/>
    public EnergyComponent Component => EnergyComponent.Accelerator;

    /// <inheritdoc/>
    public EnergyOrigin Origin => EnergyOrigin.Measured;

    /// <inheritdoc/>
    public string Method => $"NVML energy counters of {last.Length} device(s), all work on them";

    /// <summary>Opens the counters.</summary>
    /// <param name="problem">Why there are none; empty on success.</param>
    /// <returns>A meter, or <see langword="null"/> when there is no device with a counter.</returns>
    public static NvmlMeter? TryOpen(out string problem)
    {
        try
        {
            return Nvml.TryOpen(out problem) is { } nvml ? new NvmlMeter(nvml.Devices, nvml.Millijoules) : null;
        }
        catch (Exception error) when (error is IOException or EntryPointNotFoundException)
        {
            problem = error.Message;
            return null;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">A counter cannot be read any more.</exception>
    public double Advance(in ActivityInterval interval)
    {
        var joules = 0.0;
        for (var device = 0; device < last.Length; device++)
        {
            var now = millijoules(device);

            // A driver that was loaded anew counts from 0: what it says is what was used since.
            joules += (now >= last[device] ? now - last[device] : now) * JoulesPerMillijoule;
            last[device] = now;
        }

        return joules;
    }
}
