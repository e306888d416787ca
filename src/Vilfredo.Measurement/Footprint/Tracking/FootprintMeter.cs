using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Measures or estimates the energy and the footprint of what runs while it is open. Thread-safe.</summary>
/// <remarks>
/// <para>Samples periodically, and more rarely where a sample would take too much (<see cref="FootprintOptions.LargestOverhead"/>): each interval's energy is multiplied by the carbon intensity of its end. Time is taken from a monotonic
/// clock, so that a clock that is set does not change the result.</para>
/// <para>Usage: <c>using var meter = FootprintMeter.Start(options); work(); var report = meter.Stop();</c></para>
/// </remarks>
public sealed class FootprintMeter : IDisposable
{
    // Soon after the start, so that the memory of a short run is seen at all.
    private static readonly TimeSpan FirstSample = TimeSpan.FromMilliseconds(50);

    // Energy counters may wrap around after some 20 minutes.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly FootprintOptions options;
    private readonly IActivitySource activity;
    private readonly TimeProvider time;
    private readonly (IEnergyMeter Meter, bool Counts)[] meters;
    private readonly double[] joules;
    private readonly IReadOnlyList<string> notes;
    private readonly DateTimeOffset started;
    private readonly long firstTick;
    private readonly ITimer timer;
    private readonly double firstCpuSeconds;
    private ActivityTotals last;
    private long lastTick;
    private double operationalGrams;
    private double residentByteSeconds;
    private int samples;
    private double samplingSeconds;
    private double lastSampleSeconds;
    private Exception? failure;
    private FootprintReport? report;

    /// <summary>Opens a meter.</summary>
    /// <param name="options">Factors.</param>
    /// <param name="activity">What is observed.</param>
    /// <param name="meters">How its energy is known.</param>
    /// <param name="time">Clock and timer; the system's when <see langword="null"/>.</param>
    public FootprintMeter(FootprintOptions options, IActivitySource activity, EnergyMeters meters, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(activity);
        ArgumentNullException.ThrowIfNull(meters);
        (this.options, this.activity, this.time) = (options, activity, time ?? TimeProvider.System);
        this.meters = [.. meters.Meters.Select(meter => (meter, true)), .. meters.Alternatives.Select(meter => (meter, false))];
        joules = new double[this.meters.Length];
        notes = meters.Notes;
        started = this.time.GetUtcNow();
        _ = options.Intensity.GramsPerKwhAt(started); // fails here and not in the timer when the time is not covered
        last = activity.Read();
        firstCpuSeconds = last.ProcessCpuSeconds;
        firstTick = lastTick = this.time.GetTimestamp();
        timer = this.time.CreateTimer(_ => SampleInBackground(), null, options.Interval < FirstSample ? options.Interval : FirstSample, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Opens a meter of this process and what it starts, with the counters or models of this machine.</summary>
    /// <param name="options">Factors; defaults when <see langword="null"/>.</param>
    /// <param name="tdpWatts">Thermal design power of the machine's processors, where there is no counter.</param>
    public static FootprintMeter Start(FootprintOptions? options = null, double? tdpWatts = null)
    {
        options ??= new FootprintOptions();
        var activity = ProcessTreeActivity.OfThisProcess();
        return new FootprintMeter(options, activity, EnergyMeters.Detect(options.Scope, activity.Processors, tdpWatts));
    }

    /// <summary>Takes a sample now; the timer does so by itself.</summary>
    public void Sample()
    {
        lock (gate)
        {
            if (report is null) SampleLocked();
        }
    }

    /// <summary>Takes the last sample and closes the meter; later calls return the same report.</summary>
    /// <exception cref="InvalidOperationException">A counter failed while the meter was open; the inner exception says how.</exception>
    public FootprintReport Stop()
    {
        lock (gate)
        {
            if (report is not null) return report;
            timer.Dispose();
            if (failure is not null) throw new InvalidOperationException($"The footprint is incomplete: {failure.Message}", failure);
            SampleLocked();
            return report = CreateReport();
        }
    }

    /// <summary>Closes the meter without a report.</summary>
    public void Dispose() => timer.Dispose();

    private void SampleInBackground()
    {
        lock (gate)
        {
            if (report is not null || failure is not null) return;
            try
            {
                SampleLocked();
                timer.Change(UntilNext(), Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // Disposed meanwhile: nobody waits for a report.
            }
            catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
            {
                failure = error; // an exception in a timer would end the process; Stop says it
            }
        }
    }

    private TimeSpan UntilNext()
    {
        var least = TimeSpan.FromSeconds(lastSampleSeconds / options.LargestOverhead);
        return least <= options.Interval ? options.Interval : least < LongestInterval ? least : options.Interval > LongestInterval ? options.Interval : LongestInterval;
    }

    private void SampleLocked()
    {
        var begun = LinuxProcessFiles.ThreadSeconds();
        TakeSample();
        if (begun is not { } from || LinuxProcessFiles.ThreadSeconds() is not { } to) return;

        // The first samples are compiled while they run, which says nothing of those that follow.
        lastSampleSeconds = samples <= 2 ? 0 : to - from;
        samplingSeconds += to - from;
    }

    private void TakeSample()
    {
        var now = activity.Read();
        var tick = time.GetTimestamp();
        var seconds = time.GetElapsedTime(lastTick, tick).TotalSeconds;
        var interval = new ActivityInterval(
            seconds, Math.Max(0, now.ProcessCpuSeconds - last.ProcessCpuSeconds), Math.Max(0, now.MachineCpuSeconds - last.MachineCpuSeconds),
            MeanResident(now));
        var counted = 0.0;
        for (var i = 0; i < meters.Length; i++)
        {
            var used = meters[i].Meter.Advance(interval);
            joules[i] += used;
            if (meters[i].Counts) counted += used;
        }

        var grid = options.Facility.Total(ItEnergy.FromJoules(counted)).KilowattHours;
        operationalGrams += grid * options.Intensity.GramsPerKwhAt(time.GetUtcNow());
        residentByteSeconds += interval.ResidentBytes * seconds;
        (last, lastTick) = (now, tick);
        samples++;
    }

    // Before the first and after the last process there is no memory to see: the other end of the interval stands for it.
    private double MeanResident(in ActivityTotals now) => (last.Processes, now.Processes) switch
    {
        (0, _) => now.ResidentBytes,
        (_, 0) => last.ResidentBytes,
        _ => (now.ResidentBytes + last.ResidentBytes) / 2,
    };

    private FootprintReport CreateReport()
    {
        var seconds = time.GetElapsedTime(firstTick, lastTick).TotalSeconds;
        var cpuSeconds = last.ProcessCpuSeconds - firstCpuSeconds;
        var readings = meters.Select((meter, i) => (Reading: new EnergyReading(meter.Meter.Component, joules[i], meter.Meter.Origin, meter.Meter.Method), meter.Counts)).ToList();
        var hours = options.Scope == FootprintScope.Machine ? seconds / 3600 : cpuSeconds / activity.Processors / 3600;
        return new FootprintReport
        {
            Started = started,
            Seconds = seconds,
            CpuSeconds = cpuSeconds,
            MeanResidentBytes = seconds > 0 ? residentByteSeconds / seconds : 0,
            Samples = samples,
            SamplingCpuSeconds = samplingSeconds,
            Scope = options.Scope,
            Readings = [.. readings.Where(reading => reading.Counts).Select(reading => reading.Reading)],
            Alternatives = [.. readings.Where(reading => !reading.Counts).Select(reading => reading.Reading)],
            Facility = options.Facility,
            OperationalGrams = operationalGrams,
            EmbodiedGrams = options.Embodied?.GramsPerHour * hours,
            Assumptions = [.. Assumptions()],
        };
    }

    private IEnumerable<string> Assumptions()
    {
        yield return $"observed: {activity.Description}";
        yield return FormattableString.Invariant($"PUE {options.Facility.Pue:G4}, applied once to the energy of the computer");
        yield return $"carbon intensity: {options.Intensity.Description}";
        yield return options.Embodied is { } embodied
            ? $"embodied: {embodied.Description}, {(options.Scope == FootprintScope.Machine ? "for the time of the run" : "for the processor time used")}"
            : "embodied: left out";
        yield return options.Facility is { SiteLitresPerKwh: { } site, GridLitresPerKwh: { } grid }
            ? FormattableString.Invariant($"water: {site:G4} l/kWh of the computer on site, {grid:G4} l/kWh of the building where electricity is made")
            : "water: unknown (needs the factors of the site and of the grid)";
        foreach (var note in notes) yield return note;
        foreach (var assumption in options.Assumptions) yield return assumption;
    }
}
