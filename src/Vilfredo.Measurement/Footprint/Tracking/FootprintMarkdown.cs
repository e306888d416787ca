using System.Globalization;
using System.Text;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Requests;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Reports as Markdown: what goes into a paper or a model card beside the scores.</summary>
public static class FootprintMarkdown
{
    /// <summary>A section with a table per quantity, a table per component, and every assumption.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="report">The report.</param>
    public static string Write(string name, FootprintReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        var range = report.KilowattHourRange;
        Line($"## Footprint of {name}");
        Line("");
        Line($"{(report.IsEstimated ? "Estimated" : "Measured")} for {(report.Scope == FootprintScope.Machine ? "the whole machine" : "the process's share of the machine")}.");
        Line("");
        Line("| quantity | value |");
        Line("|---|---|");
        Line($"| time | {Number(report.Seconds)} s ({Number(report.CpuSeconds)} s of processors) |");
        Line($"| energy of the computer | {Number(report.Energy.KilowattHours)} kWh{(range.High > range.Low ? $" ({Number(range.Low)} to {Number(range.High)} by other models of the processors)" : "")} |");
        Line($"| energy at the building's meter | {Number(report.FacilityEnergy.KilowattHours)} kWh (PUE {Number(report.Facility.Pue)}) |");
        Line($"| operational emissions | {Number(report.OperationalGrams)} g CO2e |");
        Line($"| embodied emissions | {(report.EmbodiedGrams is { } embodied ? $"{Number(embodied)} g CO2e" : "left out")} |");
        Line($"| water | {(report.WaterLitres is { } litres ? $"{Number(litres)} l" : "unknown")} |");
        Line($"| compares to | {Number(Equivalents.CarKilometres(report.TotalGrams))} km by car, {Number(Equivalents.TreeMonths(report.TotalGrams))} months of a tree |");
        Line("");
        Line("| component | J | origin | method |");
        Line("|---|---|---|---|");
        foreach (var reading in report.Readings)
            Line($"| {reading.Component.ToString().ToLowerInvariant()} | {Number(reading.Joules)} | {(reading.Origin == EnergyOrigin.Measured ? "measured" : "estimated")} | {Cell(reading.Method)} |");
        Line("");
        foreach (var assumption in report.Assumptions)
            Line($"- {Cell(assumption)}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Cell(string value) => value.Replace("|", "\\|", StringComparison.Ordinal);
}
