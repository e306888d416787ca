using System.Globalization;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>A report of a run for people, on standard error.</summary>
internal static class FootprintTable
{
    public static void Write(Terminal terminal, string name, FootprintReport report)
    {
        var table = new TextTable(new("quantity"), new("value", true), new("unit"), new("how it is known"))
        {
            Title = $"Footprint of {(name.Length > 60 ? string.Concat(name.AsSpan(0, 57), "...") : name)} ({(report.IsEstimated ? "ESTIMATED" : "measured")})",
        };
        table.Add(["elapsed time", Number(report.Seconds), "s", "clock"]);
        table.Add(["processor time", Number(report.CpuSeconds), "s", "of the command and what it started"]);
        foreach (var reading in report.Readings)
            table.Add([$"energy: {Name(reading.Component)}", Number(reading.Joules), "J", $"{(reading.Origin == EnergyOrigin.Measured ? "measured" : "estimated")}: {reading.Method}"]);
        table.Add(["energy of the computer", Number(report.Energy.KilowattHours * 1000), "Wh", "sum"], emphasized: true);
        table.Add(["energy of the building", Number(report.FacilityEnergy.KilowattHours * 1000), "Wh", $"x PUE {Number(report.Facility.Pue)}"]);
        table.Add(["CO2e of electricity", Number(report.OperationalGrams), "g", report.MeanGramsPerKwh is { } mean ? $"x {Number(mean)} g/kWh" : ""], emphasized: true);
        table.Add(["CO2e of the hardware's share", report.EmbodiedGrams is { } embodied ? Number(embodied) : "left out", "g", "estimated"]);
        table.Add(["water", report.WaterLitres is { } water ? Number(water) : "unknown", "l", report.WaterLitres is null ? "needs --wue and --grid-water" : "x stated factors"]);
        table.WriteError(terminal);
        var others = report.Alternatives.Select(reading => $"{Number(reading.Joules)} J by {reading.Method}");
        terminal.Error.WriteLine($"Other models of the processor (not counted): {string.Join("; ", others)}");
        terminal.Error.WriteLine("Assumptions:");
        foreach (var assumption in report.Assumptions) terminal.Error.WriteLine($"  - {assumption}");
        var share = report.Seconds > 0 ? $", {Number(100 * report.SamplingCpuSeconds / report.Seconds)} % of one processor" : "";
        terminal.Error.WriteLine(
            $"Tracking took {Number(Environment.CpuUsage.TotalTime.TotalSeconds)} s of processor time in all, of which {report.Samples} samples {Number(report.SamplingCpuSeconds)} s{share}.");
    }

    private static string Name(EnergyComponent component) => component switch
    {
        EnergyComponent.Processor => "processor",
        EnergyComponent.Memory => "memory",
        _ => "accelerators",
    };

    private static string Number(double value) => value.ToString(value is 0 or >= 0.001 and < 1e6 ? "G4" : "0.###E+0", CultureInfo.InvariantCulture);
}
