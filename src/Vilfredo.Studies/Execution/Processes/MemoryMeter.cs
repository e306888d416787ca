namespace Vilfredo.Studies.Execution;

/// <summary>Samples the resident memory and the size of a process tree (Linux), a tenth of the time run so far apart.</summary>
/// <remarks>
/// Needed because a child's <c>ru_maxrss</c> starts at its parent's peak: the kernel counts the memory that the child
/// shared with its parent up to its exec. What is sampled is the kernel's high-water mark, so a peak is seen whenever it
/// was, if only a sample follows it.
/// </remarks>
internal sealed class MemoryMeter(int root, ProcessTree tree, long? limit, int? processLimit = null)
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Kernel counters of resident pages are summed lazily and may be off by this much.</summary>
    private const long CounterSlack = 2 << 20;

    /// <summary>A run whose last sample lies before this part of its time has an unknown peak: it may just have begun to grow.</summary>
    private const double LeastCovered = 0.6;

    private readonly List<int> _queue = [];
    private TimeSpan _last = TimeSpan.MinValue;
    private TimeSpan _lastOfRoot;
    private int _mostProcesses;
    private long _sampledPeak;
    private long _ownPeakAtStart;

    /// <summary>The largest sum of resident memory over the tree.</summary>
    public long LargestTotal { get; private set; }

    /// <summary>Whether the limit was passed.</summary>
    public bool IsOverLimit => limit is { } most && LargestTotal > most;

    /// <summary>Whether there were more processes than allowed.</summary>
    public bool HasTooManyProcesses => processLimit is { } most && _mostProcesses > most;

    /// <summary>When the next sample is due, as time since the start; <see langword="null"/> for never.</summary>
    public TimeSpan? NextDue(TimeSpan age) => IsNeeded
        ? _last + TimeSpan.FromTicks(Math.Clamp(age.Ticks / 10, ShortestInterval.Ticks, LongestInterval.Ticks))
        : null;

    // A tree larger than this process gets an exact peak from the kernel in the end.
    private bool IsNeeded => OperatingSystem.IsLinux() && (limit is not null || processLimit is not null || _sampledPeak <= _ownPeakAtStart + 2 * CounterSlack);

    /// <summary>Takes a sample unless the last one is too fresh.</summary>
    public void Sample(TimeSpan age)
    {
        if (!IsNeeded || (_last != TimeSpan.MinValue && age - _last < ShortestInterval)) return;
        _last = age;
        _queue.Clear();
        _queue.Add(root);
        long total = 0;
        var processes = 0;
        for (var i = 0; i < _queue.Count; i++)
        {
            if (!LinuxProcess.TryReadMemory(_queue[i], out var resident, out var peak, out var threads)) continue;
            if (i == 0) _lastOfRoot = age;
            total += resident;
            processes++;
            _sampledPeak = Math.Max(_sampledPeak, peak);
            if (i > 0) tree.Remember(_queue[i]);
            LinuxProcess.AddChildren(_queue[i], threads, _queue);
        }

        _mostProcesses = Math.Max(_mostProcesses, processes);
        LargestTotal = Math.Max(LargestTotal, total);
        // After the child's first sample: that one is the more urgent, and the peak only grows, so this is on the safe side.
        if (_ownPeakAtStart == 0) _ownPeakAtStart = OwnPeak();
    }

    /// <summary>The peak of the largest process, given what the kernel said when the child was reaped.</summary>
    /// <param name="reported">The kernel's figure in bytes.</param>
    /// <param name="wallTime">How long the child ran.</param>
    /// <param name="isSampled">Whether the result comes from samples.</param>
    public long? Peak(long reported, TimeSpan wallTime, out bool isSampled)
    {
        isSampled = false;
        if (!OperatingSystem.IsLinux()) return reported; // macOS spawns without a copy of the parent
        if (reported > _ownPeakAtStart + CounterSlack) return reported;
        isSampled = true;
        return _lastOfRoot >= wallTime * LeastCovered ? Math.Min(_sampledPeak, reported) : null;
    }

    private static long OwnPeak() =>
        OperatingSystem.IsLinux() && LinuxProcess.TryReadMemory(System.Environment.ProcessId, out _, out var peak, out _) ? peak : 0;
}
