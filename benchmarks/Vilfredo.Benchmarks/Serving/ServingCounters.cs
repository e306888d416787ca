using System.Globalization;

namespace Vilfredo.Benchmarks.Serving;

/// <summary>What a process of the benchmark has taken since it began.</summary>
/// <param name="AllocatedBytes">Managed memory that was allocated.</param>
/// <param name="Pauses">How long collections have stopped all threads, in milliseconds.</param>
/// <param name="Collections">Collections of any generation.</param>
/// <param name="FullCollections">Collections of the oldest generation.</param>
/// <param name="Contentions">How often a thread had to wait for a lock.</param>
/// <param name="Threads">Threads of the pool, now.</param>
internal readonly record struct ServingCounters(long AllocatedBytes, double Pauses, int Collections, int FullCollections, long Contentions, int Threads)
{
    /// <summary>Those of this process.</summary>
    public static ServingCounters Now() =>
        new(GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration().TotalMilliseconds, GC.CollectionCount(0), GC.CollectionCount(2), Monitor.LockContentionCount, ThreadPool.ThreadCount);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static ServingCounters Parse(string line)
    {
        var values = line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        return new((long)values[0], values[1], (int)values[2], (int)values[3], (long)values[4], (int)values[5]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AllocatedBytes} {Pauses} {Collections} {FullCollections} {Contentions} {Threads}");

    /// <summary>What was taken since an earlier reading; threads as they are now.</summary>
    public ServingCounters Since(ServingCounters before) => new(
        AllocatedBytes - before.AllocatedBytes, Pauses - before.Pauses, Collections - before.Collections, FullCollections - before.FullCollections, Contentions - before.Contentions, Threads);
}
