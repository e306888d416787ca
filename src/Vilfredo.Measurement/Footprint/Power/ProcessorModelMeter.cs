namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Estimates the energy of processors from their load.</summary>
/// <param name="model">Power by load of the whole machine.</param>
/// <param name="cores">Logical processors of the machine.</param>
/// <param name="scope">Whether all of it counts or the processes' share.</param>
public sealed class ProcessorModelMeter(ProcessorPowerModel model, int cores, FootprintScope scope) : IEnergyMeter
{
    private readonly int cores = cores > 0 ? cores : throw new ArgumentOutOfRangeException(nameof(cores), cores, "A machine has at least 1 logical processor.");

    /// <inheritdoc/>
    public EnergyComponent Component => EnergyComponent.Processor;

    /// <inheritdoc/>
    public EnergyOrigin Origin => EnergyOrigin.Estimated;

    /// <inheritdoc/>
    public string Method => scope == FootprintScope.Machine ? $"{model.Description}, whole machine" : $"{model.Description}, share of the busy processor time";

    /// <inheritdoc/>
    public double Advance(in ActivityInterval interval)
    {
        if (interval.Seconds <= 0) return 0;
        var load = interval.MachineCpuSeconds / (interval.Seconds * cores);
        return model.Watts(load) * interval.Seconds * interval.Share(scope);
    }
}
