using System.Diagnostics;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Observes a process and everything that it starts (Linux), elsewhere the process alone.</summary>
/// <remarks>
/// Processor time is that of the live processes plus what ended children left with the parents that waited for them, so that
/// processes too short for any sample count too. A process whose parent ended first is followed on as long as it lives; what nobody waits
/// for is counted up to the last sample that saw it.
/// </remarks>
public sealed class ProcessTreeActivity : IActivitySource
{
    private readonly int root;
    private readonly bool includeRoot;
    private readonly LinuxProcessFiles files = new();
    private readonly Stack<int> pending = new();
    private HashSet<int> known = [];
    private HashSet<int> seen = [];
    private double total;

    private ProcessTreeActivity(int root, bool includeRoot)
    {
        (this.root, this.includeRoot) = (root, includeRoot);
        Processors = OperatingSystem.IsLinux() ? LinuxProcessFiles.Processors() : Environment.ProcessorCount;
    }

    /// <inheritdoc/>
    public int Processors { get; }

    /// <inheritdoc/>
    public string Description => OperatingSystem.IsLinux()
        ? includeRoot ? "the process and everything it starts" : "everything the process starts"
        : "the process alone: processes that it starts are observed on Linux only";

    /// <summary>This process with what it starts.</summary>
    public static ProcessTreeActivity OfThisProcess() => new(Environment.ProcessId, includeRoot: true);

    /// <summary>What this process starts, without itself.</summary>
    public static ProcessTreeActivity OfChildren() => new(Environment.ProcessId, includeRoot: false);

    /// <inheritdoc/>
    public ActivityTotals Read() => OperatingSystem.IsLinux() ? ReadTree() : ReadRoot();

    private ActivityTotals ReadTree()
    {
        var seconds = 0.0;
        var bytes = 0.0;
        var processes = 0;
        seen.Clear();
        pending.Clear();
        foreach (var id in known) pending.Push(id);
        pending.Push(root);
        while (pending.TryPop(out var id))
        {
            if (!seen.Add(id)) continue;
            if (!files.TryRead(id, out var times))
            {
                seen.Remove(id);
                continue;
            }

            seconds += times.Waited;
            if (id != root || includeRoot)
            {
                seconds += times.Own;
                bytes += times.ResidentBytes;
                processes++;
            }

            files.AddChildren(id, times.Threads, pending);
        }

        (known, seen) = (seen, known);

        // A process that ends between two reads is missing in both for an instant; nothing that was used is given back.
        total = Math.Max(total, seconds);
        return new ActivityTotals(total, files.MachineBusySeconds(), bytes, processes);
    }

    private ActivityTotals ReadRoot()
    {
        if (!includeRoot) return default;
        using var process = Process.GetProcessById(root);
        return new ActivityTotals(process.TotalProcessorTime.TotalSeconds, 0, process.WorkingSet64, 1);
    }
}
