namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Estimates the energy of processors from their load.</summary>
public sealed class ProcessorModelMeter : IEnergyMeter
{
    private readonly Func<double, double> watts;
    private readonly string description;
    private readonly int cores;
    private readonly FootprintScope scope;

    /// <summary>By a law of their thermal design power.</summary>
    /// <param name="model">Power by load of the whole machine.</param>
    /// <param name="cores">Logical processors of the machine.</param>
    /// <param name="scope">Whether all of it counts or the processes' share.</param>
    public ProcessorModelMeter(ProcessorPowerModel model, int cores, FootprintScope scope)
        : this(model.Watts, model.Description, cores, scope)
    {
    }

    /// <summary>By a curve fitted to measurements.</summary>
    /// <param name="profile">Power by load of one package.</param>
    /// <param name="packages">Packages of the machine, at least 1.</param>
    /// <param name="cores">Logical processors of the machine.</param>
    /// <param name="scope">Whether all of it counts or the processes' share.</param>
    public ProcessorModelMeter(ProcessorPowerProfile profile, int packages, int cores, FootprintScope scope)
        : this(load => packages * profile.Watts(load), FormattableString.Invariant($"{packages} x profile of {profile.Name} (Boavizta)"), cores, scope) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(packages, 1);

    private ProcessorModelMeter(Func<double, double> watts, string description, int cores, FootprintScope scope)
    {
        this.cores = cores > 0 ? cores : throw new ArgumentOutOfRangeException(nameof(cores), cores, "A machine has at least 1 logical processor.");
        (this.watts, this.description, this.scope) = (watts, description, scope);
    }

    /// <inheritdoc/>
    public EnergyComponent Component => EnergyComponent.Processor;

    /// <inheritdoc/>
    public EnergyOrigin Origin => EnergyOrigin.Estimated;

    /// <inheritdoc/>
    public string Method => scope == FootprintScope.Machine ? $"{description}, whole machine" : $"{description}, share of the busy processor time";

    /// <inheritdoc/>
    public double Advance(in ActivityInterval interval)
    {
        if (interval.Seconds <= 0) return 0;
        var load = interval.MachineCpuSeconds / (interval.Seconds * cores);
        return watts(load) * interval.Seconds * interval.Share(scope);
    }
}
