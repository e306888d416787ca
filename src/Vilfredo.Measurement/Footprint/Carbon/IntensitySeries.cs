using System.Globalization;
using Vilfredo.IO;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>An intensity that changes over time: each figure holds until the next one.</summary>
public sealed class IntensitySeries : ICarbonIntensitySource
{
    private readonly DateTimeOffset[] times;
    private readonly double[] grams;

    /// <summary>Creates a series.</summary>
    /// <param name="description">The grid and the source, in words.</param>
    /// <param name="steps">From when which g CO2e per kWh hold; times increase.</param>
    /// <exception cref="ArgumentException">There is no step, or a time is not after the one before.</exception>
    public IntensitySeries(string description, IEnumerable<(DateTimeOffset From, double GramsPerKwh)> steps)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentNullException.ThrowIfNull(steps);
        var list = steps.ToList();
        if (list.Count == 0) throw new ArgumentException("A series has at least one step.", nameof(steps));
        for (var i = 1; i < list.Count; i++)
        {
            if (list[i].From <= list[i - 1].From)
                throw new ArgumentException(FormattableString.Invariant($"The time {list[i].From:O} is not after {list[i - 1].From:O}; sort the steps."), nameof(steps));
        }

        times = [.. list.Select(step => step.From)];
        grams = [.. list.Select(step => Quantity.NotNegative(step.GramsPerKwh, nameof(steps), "g/kWh"))];
        Description = FormattableString.Invariant($"{description}: {list.Count} figures from {times[0]:u} on, {grams.Min():G4} to {grams.Max():G4} g CO2e/kWh");
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Reads a CSV file with the columns <c>time</c> (ISO 8601; UTC unless it has an offset) and <c>g_co2e_per_kwh</c>.</summary>
    /// <exception cref="InputFormatException">The file is not of this form.</exception>
    public static IntensitySeries Read(CsvReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var csv = new HeaderedCsv(reader);
        csv.Require("time", "g_co2e_per_kwh");
        var steps = new List<(DateTimeOffset, double)>();
        while (csv.Read())
        {
            var text = csv.Text("time");
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                throw csv.Problem($"time: \"{text}\" is not a time", "Write times as 2026-08-28T14:00Z.");
            steps.Add((time, csv.Number("g_co2e_per_kwh")));
        }

        return csv.Checked(() => new IntensitySeries(reader.Source, steps));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The time is before the first figure.</exception>
    public double GramsPerKwhAt(DateTimeOffset time)
    {
        var at = Array.BinarySearch(times, time);
        if (at < 0) at = ~at - 1;
        return at >= 0
            ? grams[at]
            : throw new ArgumentOutOfRangeException(nameof(time), FormattableString.Invariant($"The carbon intensities begin at {times[0]:u}, after {time:u}; add an earlier figure."));
    }
}
