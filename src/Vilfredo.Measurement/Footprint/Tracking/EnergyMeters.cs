using Vilfredo.Measurement.Footprint.Power;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>The meters of one machine: counters where there are any, else models.</summary>
/// <param name="Meters">The meters that are summed, at most one per component.</param>
/// <param name="Alternatives">Models of the processors that are shown beside it and not summed.</param>
/// <param name="Notes">Why there is no counter, and what was assumed in its place.</param>
public sealed record EnergyMeters(IReadOnlyList<IEnergyMeter> Meters, IReadOnlyList<IEnergyMeter> Alternatives, IReadOnlyList<string> Notes)
{
    private const double BytesPerGigabyte = 1e9;

    /// <summary>Looks for counters and takes models in their place.</summary>
    /// <param name="scope">What is counted.</param>
    /// <param name="processors">Logical processors of the machine.</param>
    /// <param name="tdpWatts">Thermal design power of all processors, where there is no counter; one unknown socket as CodeCarbon counts it when <see langword="null"/>.</param>
    /// <param name="law">How their power follows load.</param>
    /// <param name="memoryWattsPerGigabyte">Power of memory in the scope of a process.</param>
    /// <param name="powercapFolder">Where RAPL counters are shown; <see langword="null"/> not to look for any counter.</param>
    public static EnergyMeters Detect(
        FootprintScope scope, int processors, double? tdpWatts = null, ProcessorPowerLaw law = ProcessorPowerLaw.Proportional,
        double memoryWattsPerGigabyte = MemoryPower.WattsPerGigabyte, string? powercapFolder = RaplMeter.DefaultFolder)
    {
        var notes = new List<string>();
        var meters = new List<IEnergyMeter>();
        var problem = "";
        var rapl = powercapFolder is null ? null : RaplMeter.TryOpen(scope, powercapFolder, out problem);
        if (problem.Length > 0) notes.Add(problem);
        if (rapl is null && tdpWatts is null)
            notes.Add(FormattableString.Invariant($"TDP {ProcessorPowerModel.UnknownSocketWatts} W is assumed (one unknown processor, as CodeCarbon does); state that of the machine"));
        var model = new ProcessorPowerModel(tdpWatts ?? ProcessorPowerModel.UnknownSocketWatts, law);
        meters.Add(rapl as IEnergyMeter ?? new ProcessorModelMeter(model, processors, scope));
        meters.Add(scope == FootprintScope.Machine
            ? MemoryModelMeter.OfMachine(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerGigabyte)
            : MemoryModelMeter.OfProcesses(memoryWattsPerGigabyte));
        if (powercapFolder is not null)
        {
            if (NvmlMeter.TryOpen(out problem) is { } nvml) meters.Add(nvml);
            else notes.Add(problem);
        }

        var alternatives = Enum.GetValues<ProcessorPowerLaw>().Select(other => new ProcessorModelMeter(new ProcessorPowerModel(model.TdpWatts, other), processors, scope));
        return new EnergyMeters(meters, [.. alternatives], notes);
    }
}
