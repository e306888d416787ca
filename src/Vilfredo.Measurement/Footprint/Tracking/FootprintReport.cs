using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Requests;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Energy, greenhouse gases and water of a run, with all that was assumed.</summary>
public sealed record FootprintReport
{
    /// <summary>When the run began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Elapsed time in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Processor time of the observed processes in seconds.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Mean memory that they held, in bytes.</summary>
    public required double MeanResidentBytes { get; init; }

    /// <summary>How many intervals were measured.</summary>
    public required int Samples { get; init; }

    /// <summary>Processor time in seconds that the samples themselves took; 0 where threads have no clock (known on Linux).</summary>
    public double SamplingCpuSeconds { get; init; }

    /// <summary>What was counted.</summary>
    public required FootprintScope Scope { get; init; }

    /// <summary>Energy by component, before the overhead of the building.</summary>
    public required IReadOnlyList<EnergyReading> Readings { get; init; }

    /// <summary>What other models of the processors say; not part of any total.</summary>
    public required IReadOnlyList<EnergyReading> Alternatives { get; init; }

    /// <summary>The building.</summary>
    public required Facility Facility { get; init; }

    /// <summary>Grams of CO2e from generating the electricity, the building's overhead included.</summary>
    public required double OperationalGrams { get; init; }

    /// <summary>Grams of CO2e of the share in making the machine; <see langword="null"/> when left out.</summary>
    public required double? EmbodiedGrams { get; init; }

    /// <summary>Every assumption, in words.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Energy of the computer.</summary>
    public ItEnergy Energy => ItEnergy.FromJoules(Readings.Sum(reading => reading.Joules));

    /// <summary>Energy at the meter of the building.</summary>
    public FacilityEnergy FacilityEnergy => Facility.Total(Energy);

    /// <summary>Litres of water, or <see langword="null"/> when its factors are unknown.</summary>
    public double? WaterLitres => Facility.Water(Energy);

    /// <summary>Operational and, where it is counted, embodied grams of CO2e.</summary>
    public double TotalGrams => OperationalGrams + (EmbodiedGrams ?? 0);

    /// <summary>Whether any part of the energy is an estimate.</summary>
    public bool IsEstimated => Readings.Any(reading => reading.Origin == EnergyOrigin.Estimated);

    /// <summary>Mean g CO2e per kWh over the run, weighted by energy; <see langword="null"/> when no energy was used.</summary>
    public double? MeanGramsPerKwh => FacilityEnergy.KilowattHours > 0 ? OperationalGrams / FacilityEnergy.KilowattHours : null;

    /// <summary>
    /// kWh of the computer if another model of the processors were right: from the lowest to the highest of what is counted and the alternatives. It shows how far models lie
    /// apart and not how far they lie from the truth; a point when the processors were measured.
    /// </summary>
    public AmountRange KilowattHourRange
    {
        get
        {
            var counted = Joules(EnergyComponent.Processor);
            var isMeasured = Readings.Any(reading => reading is { Component: EnergyComponent.Processor, Origin: EnergyOrigin.Measured });
            double[] processors = [counted, .. isMeasured ? [] : Alternatives.Where(reading => reading.Component == EnergyComponent.Processor).Select(reading => reading.Joules)];
            return new(Other(processors.Min()), Other(processors.Max()));

            double Other(double joules) => ItEnergy.FromJoules(Math.Max(0, Energy.Joules - counted) + joules).KilowattHours;
        }
    }

    /// <summary>The report as costs: wall and processor time, joules at the building's meter, grams of CO2e.</summary>
    public CostVector ToCost() => new()
    {
        WallTimeSeconds = Seconds,
        CpuTimeSeconds = CpuSeconds,
        EnergyJoules = Energy.Joules * Facility.Pue,
        CarbonGrams = TotalGrams,
    };

    /// <summary>Joules of a component; 0 when it has no meter.</summary>
    public double Joules(EnergyComponent component) => Readings.Where(reading => reading.Component == component).Sum(reading => reading.Joules);
}
