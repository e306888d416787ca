using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Requests;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Reproductions.Papers;

/// <summary>What four tools would say of a training, from its processor time and a stated machine: nothing here is read from a meter.</summary>
internal static class FootprintEstimates
{
    /// <summary>The stated machine.</summary>
    public const int Cores = 2;

    private const double TdpWatts = 65, MemoryGigabytes = 8, CarbonTrackerPue = 1.58;

    /// <summary>An account of epochs on the stated machine: time is processor time, so that one of two cores is busy throughout.</summary>
    public static EpochFootprints Open() => new(() => new FootprintMeter(
        new FootprintOptions(), new SingleProcessActivity(), EnergyMeters.Detect(FootprintScope.Process, Cores, TdpWatts, powercapFolder: null), new ProcessorClock()));

    /// <summary>kWh of the building by tool, each with its own defaults, for a training of so many seconds on one core.</summary>
    public static IReadOnlyDictionary<string, double> KilowattHours(double seconds)
    {
        var hours = seconds / 3600;
        const double Load = 1.0 / Cores;
        var green = new GreenAlgorithms { Hours = hours, Cores = Cores, WattsPerCore = TdpWatts / Cores, CoreUsage = Load, MemoryGigabytes = MemoryGigabytes };
        var cubic = new ProcessorPowerModel(TdpWatts, ProcessorPowerLaw.Cubic).Watts(Load) + MemoryPower.OfModules(MemoryGigabytes);
        var half = new ProcessorPowerModel(TdpWatts, ProcessorPowerLaw.Half).Watts(Load);
        return new Dictionary<string, double>
        {
            ["Green Algorithms"] = new Facility { Pue = GreenAlgorithms.UnknownDataCentrePue }.Total(green.Energy()).KilowattHours,
            ["CodeCarbon"] = Facility.None.Total(ItEnergy.FromJoules(cubic * seconds)).KilowattHours,
            ["CarbonTracker"] = new Facility { Pue = CarbonTrackerPue }.Total(ItEnergy.FromJoules(half * seconds)).KilowattHours,
            ["ML CO2 Impact"] = new MlCo2Impact { Hours = hours, TdpWatts = TdpWatts }.Energy().KilowattHours,
        };
    }
}
