namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>The footprint of a training epoch by epoch: a meter is opened where an epoch begins and read where it ends, so that no sample straddles two.</summary>
/// <remarks>What runs between two epochs is not counted; begin the next where the last one ends to leave nothing out. Not thread-safe.</remarks>
/// <param name="open">Opens a meter, such as <c>() =&gt; FootprintMeter.Start(options, tdpWatts: 65)</c>.</param>
public sealed class EpochFootprints(Func<FootprintMeter> open) : IDisposable
{
    private readonly List<FootprintReport> reports = [];
    private FootprintMeter? meter;

    /// <summary>A report per epoch that has ended.</summary>
    public IReadOnlyList<FootprintReport> Reports => reports;

    /// <summary>All epochs that have ended, those after the best one included, as costs: time, processor time, joules at the building's meter, grams. Unknown before the first has ended.</summary>
    public CostVector Cost => reports.Count == 0 ? CostVector.Unknown : reports.Select(report => report.ToCost()).Aggregate((sum, cost) => sum + cost);

    /// <summary>Opens the meter of an epoch.</summary>
    /// <exception cref="InvalidOperationException">The last epoch has not ended.</exception>
    public void Begin()
    {
        if (meter is not null) throw new InvalidOperationException($"Epoch {reports.Count + 1} has not ended; call {nameof(End)} first.");
        meter = open();
    }

    /// <summary>Closes the meter of the epoch.</summary>
    /// <exception cref="InvalidOperationException">No epoch has begun, or a counter failed.</exception>
    public FootprintReport End()
    {
        using var ending = meter ?? throw new InvalidOperationException($"No epoch has begun; call {nameof(Begin)} first.");
        meter = null;
        reports.Add(ending.Stop());
        return reports[^1];
    }

    /// <summary>What a training of so many epochs will use, from those that have ended.</summary>
    /// <inheritdoc cref="FootprintForecast.Of"/>
    public FootprintForecast Forecast(int epochs) => FootprintForecast.Of(reports, epochs);

    /// <summary>Closes the meter of an epoch that has not ended, without a report.</summary>
    public void Dispose()
    {
        meter?.Dispose();
        meter = null;
    }
}
