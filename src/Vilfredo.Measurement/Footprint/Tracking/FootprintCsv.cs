using System.Globalization;
using Vilfredo.IO;
using Vilfredo.Measurement.Footprint.Power;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Reports as a CSV file that grows by a line per run.</summary>
/// <remarks>
/// Columns that other trackers have too bear the names of CodeCarbon's <c>emissions.csv</c> with its units: seconds, kg CO2e, kWh of the
/// components, W, litres. <c>emissions</c> is operational and includes the overhead of the building; <c>energy_consumed</c> does not.
/// </remarks>
public static class FootprintCsv
{
    private static readonly string[] Columns =
    [
        "timestamp", "project_name", "duration", "emissions", "emissions_rate", "cpu_power", "gpu_power", "ram_power", "cpu_energy", "gpu_energy",
        "ram_energy", "energy_consumed", "pue", "wue", "water_consumed", "embodied_emissions", "carbon_intensity", "cpu_origin", "gpu_origin",
        "ram_origin", "tracking_mode", "cpu_time", "assumptions",
    ];

    /// <summary>Adds a line; a new file gets a header first. Runs that end at the same time wait for each other.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the run is called.</param>
    /// <param name="report">The report.</param>
    /// <exception cref="InputFormatException">The file is there with other columns.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Append(string path, string name, FootprintReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var file = OpenAlone(path);
        if (file.Length > 0)
        {
            using var reader = new CsvReader(new StreamReader(file, leaveOpen: true), path);
            if (!reader.Read() || !reader.Fields.SequenceEqual(Columns))
                throw new InputFormatException(path, 1, "the file has other columns than a file of footprints", "Name a new file.");
        }

        var isNew = file.Length == 0;
        file.Seek(0, SeekOrigin.End);
        using var text = new StreamWriter(file);
        var csv = new CsvWriter(text);
        if (isNew) csv.Write(Columns);
        csv.Write(Record(name, report));
    }

    // Others that add a line hold the file for some milliseconds; whoever holds it longer does something else with it.
    private static FileStream OpenAlone(string path)
    {
        const int tries = 250;
        for (var i = 1; ; i++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (i < tries && error is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
            {
                Thread.Sleep(20);
            }
        }
    }

    private static string[] Record(string name, FootprintReport report)
    {
        const double gramsPerKilogram = 1000;
        const double joulesPerKilowattHour = 3.6e6;
        var emissions = report.OperationalGrams / gramsPerKilogram;
        return
        [
            report.Started.ToString("O", CultureInfo.InvariantCulture), name, Text(report.Seconds), Text(emissions), Text(PerSecond(emissions)),
            Text(Watts(EnergyComponent.Processor)), Text(Watts(EnergyComponent.Accelerator)), Text(Watts(EnergyComponent.Memory)),
            Text(Energy(EnergyComponent.Processor)), Text(Energy(EnergyComponent.Accelerator)), Text(Energy(EnergyComponent.Memory)),
            Text(report.Energy.KilowattHours), Text(report.Facility.Pue), Text(report.Facility.SiteLitresPerKwh), Text(report.WaterLitres),
            Text(report.EmbodiedGrams / gramsPerKilogram), Text(report.MeanGramsPerKwh), Origin(EnergyComponent.Processor), Origin(EnergyComponent.Accelerator),
            Origin(EnergyComponent.Memory), report.Scope == FootprintScope.Machine ? "machine" : "process", Text(report.CpuSeconds),
            string.Join("; ", report.Assumptions),
        ];

        EnergyReading? Find(EnergyComponent component) => report.Readings.FirstOrDefault(reading => reading.Component == component);
        double? Energy(EnergyComponent component) => Find(component)?.Joules / joulesPerKilowattHour;
        double? Watts(EnergyComponent component) => Find(component) is { } reading ? PerSecond(reading.Joules) : null;
        double? PerSecond(double value) => report.Seconds > 0 ? value / report.Seconds : null;
        string Origin(EnergyComponent component) => Find(component)?.Origin switch
        {
            EnergyOrigin.Measured => "measured",
            EnergyOrigin.Estimated => "estimated",
            _ => "not counted",
        };
    }

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
