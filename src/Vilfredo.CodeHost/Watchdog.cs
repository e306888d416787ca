using System.Diagnostics;

namespace Vilfredo.CodeHost;

/// <summary>Ends the process when one run of a call takes more CPU or wall time than it may.</summary>
/// <remarks>
/// A thread of its own, so that neither a loop nor a <c>catch</c> nor a sleep of the sample can hold it up. The parent has a deadline
/// besides, for samples that get at this one.
/// </remarks>
internal sealed class Watchdog
{
    private const double ShortestWait = 0.001;
    private const double LongestWait = 0.05;

    private readonly double cpuLimit;
    private readonly double wallLimit;
    private readonly Action<int, bool> report;
    private readonly Lock state = new();
    private bool isRunning;
    private double cpuStart;
    private long wallStart;
    private int call;

    /// <summary>Starts watching.</summary>
    /// <param name="cpuLimit">CPU seconds per run, of all threads together.</param>
    /// <param name="wallLimit">Wall seconds per run.</param>
    /// <param name="report">Writes down which call passed a limit, and whether that of wall time; the process ends right after.</param>
    public Watchdog(double cpuLimit, double wallLimit, Action<int, bool> report)
    {
        this.cpuLimit = cpuLimit;
        this.wallLimit = wallLimit;
        this.report = report;
        report(-1, false); // compiles what is needed at the limit, when the sample may have taken all memory
        new Thread(Watch, 256 * 1024) { IsBackground = true }.Start();
    }

    /// <summary>A run begins.</summary>
    public void Begin(int index)
    {
        lock (state)
        {
            isRunning = true;
            call = index;
            cpuStart = ThreadClock.ProcessSeconds();
            wallStart = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>The run is over.</summary>
    public void End()
    {
        lock (state) isRunning = false;
    }

    private void Watch()
    {
        while (true)
        {
            var wait = LongestWait;
            lock (state)
            {
                if (isRunning)
                {
                    var cpuLeft = cpuLimit - (ThreadClock.ProcessSeconds() - cpuStart);
                    var wallLeft = wallLimit - Stopwatch.GetElapsedTime(wallStart).TotalSeconds;
                    if (cpuLeft < 0 || wallLeft < 0)
                    {
                        report(call, cpuLeft >= 0);
                        ThreadClock.ExitNow(0);
                    }

                    // A sample of one thread cannot use its time faster than this; one of more is noticed a little later.
                    wait = Math.Clamp(Math.Min(cpuLeft, wallLeft) / 2, ShortestWait, LongestWait);
                }
            }

            Thread.Sleep(TimeSpan.FromSeconds(wait));
        }
    }
}
