using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;

namespace Vilfredo.Measurement.Footprint.Requests;

/// <summary>A computation as the Green Algorithms calculator describes it (Lannelongue, Grealey, Inouye): time, parts and their use.</summary>
public sealed record GreenAlgorithms
{
    /// <summary>PUE of a data centre of which nothing is known (Uptime Institute 2024).</summary>
    public const double UnknownDataCentrePue = 1.56;

    /// <summary>Hours of one run, at least 0.</summary>
    public required double Hours { get; init; }

    /// <summary>Processor cores, at least 0.</summary>
    public double Cores { get; init; }

    /// <summary>Watts of one core at full load.</summary>
    public double WattsPerCore { get; init; }

    /// <summary>Mean load of the cores, 0 to 1.</summary>
    public double CoreUsage { get; init; } = 1;

    /// <summary>Accelerators, at least 0.</summary>
    public double Accelerators { get; init; }

    /// <summary>Watts of one accelerator at full load.</summary>
    public double WattsPerAccelerator { get; init; }

    /// <summary>Mean load of the accelerators, 0 to 1.</summary>
    public double AcceleratorUsage { get; init; } = 1;

    /// <summary>Memory that is reserved, GB.</summary>
    public double MemoryGigabytes { get; init; }

    /// <summary>How often it is run in all, tries included: the "pragmatic scaling factor".</summary>
    public double Runs { get; init; } = 1;

    /// <summary>
    /// How often a training is run in all: once, plus research and development as a multiple of it, plus retrainings that each cost a
    /// multiple of it.
    /// </summary>
    public static double TrainingRuns(double development, double retraining, double retrainings) =>
        1 + Quantity.NotNegative(development, nameof(development), "runs") + Quantity.NotNegative(retraining, nameof(retraining), "runs") * Quantity.NotNegative(retrainings, nameof(retrainings), "retrainings");

    /// <summary>Energy of the computers: time x (cores x power x usage + accelerators x power x usage + memory x 0.3725 W/GB) x runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or a usage is not a share.</exception>
    public ItEnergy Energy()
    {
        var watts = Quantity.NotNegative(Cores, nameof(Cores), "cores") * Quantity.NotNegative(WattsPerCore, nameof(WattsPerCore), "W") * Quantity.Fraction(CoreUsage, nameof(CoreUsage), "Usage of cores")
            + Quantity.NotNegative(Accelerators, nameof(Accelerators), "accelerators") * Quantity.NotNegative(WattsPerAccelerator, nameof(WattsPerAccelerator), "W") * Quantity.Fraction(AcceleratorUsage, nameof(AcceleratorUsage), "Usage of accelerators")
            + Quantity.NotNegative(MemoryGigabytes, nameof(MemoryGigabytes), "GB") * MemoryPower.WattsPerGigabyte;
        return ItEnergy.FromKilowattHours(Quantity.NotNegative(Hours, nameof(Hours), "h") * watts * Quantity.NotNegative(Runs, nameof(Runs), "runs") / 1000);
    }

    /// <summary>g CO2e in a building on a grid.</summary>
    public double Grams(Facility facility, CarbonIntensity intensity)
    {
        ArgumentNullException.ThrowIfNull(facility);
        ArgumentNullException.ThrowIfNull(intensity);
        return intensity.Grams(facility.Total(Energy()));
    }
}
