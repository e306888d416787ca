using System.Text.Json;
using Vilfredo.Measurement.Footprint.Power;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Reports as JSON: units in the names, unknown values as <c>null</c>, every assumption named.</summary>
public static class FootprintJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="name">What the run is called.</param>
    /// <param name="report">The report.</param>
    public static void Write(Utf8JsonWriter json, string name, FootprintReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        json.WriteString("project_name", name);
        json.WriteString("timestamp", report.Started);
        json.WriteString("origin", report.IsEstimated ? "estimated" : "measured");
        json.WriteString("scope", report.Scope == FootprintScope.Machine ? "machine" : "process");
        json.WriteNumber("duration_s", report.Seconds);
        json.WriteNumber("cpu_time_s", report.CpuSeconds);
        json.WriteNumber("mean_memory_bytes", report.MeanResidentBytes);
        json.WriteNumber("samples", report.Samples);
        json.WriteNumber("sampling_cpu_time_s", report.SamplingCpuSeconds);
        json.WriteNumber("it_energy_kwh", report.Energy.KilowattHours);
        json.WriteNumber("it_energy_low_kwh", report.KilowattHourRange.Low);
        json.WriteNumber("it_energy_high_kwh", report.KilowattHourRange.High);
        json.WriteNumber("pue", report.Facility.Pue);
        json.WriteNumber("facility_energy_kwh", report.FacilityEnergy.KilowattHours);
        Write(json, "mean_intensity_g_per_kwh", report.MeanGramsPerKwh);
        json.WriteNumber("operational_g_co2e", report.OperationalGrams);
        Write(json, "embodied_g_co2e", report.EmbodiedGrams);
        json.WriteNumber("total_g_co2e", report.TotalGrams);
        Write(json, "water_l", report.WaterLitres);
        WriteReadings(json, "components", report.Readings);
        WriteReadings(json, "other_processor_models", report.Alternatives);
        json.WriteStartArray("assumptions");
        foreach (var assumption in report.Assumptions) json.WriteStringValue(assumption);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteReadings(Utf8JsonWriter json, string name, IReadOnlyList<EnergyReading> readings)
    {
        json.WriteStartArray(name);
        foreach (var reading in readings)
        {
            json.WriteStartObject();
            json.WriteString("component", Name(reading.Component));
            json.WriteNumber("energy_j", reading.Joules);
            json.WriteString("origin", reading.Origin == EnergyOrigin.Measured ? "measured" : "estimated");
            json.WriteString("method", reading.Method);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Name(EnergyComponent component) => component switch
    {
        EnergyComponent.Processor => "processor",
        EnergyComponent.Memory => "memory",
        _ => "accelerator",
    };

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
