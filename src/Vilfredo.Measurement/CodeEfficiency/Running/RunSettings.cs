namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>How a sample is run.</summary>
public sealed record RunSettings
{
    /// <summary>What it may use.</summary>
    public RunLimits Limits { get; init; } = new();

    /// <summary>Untimed runs of every call before the timed ones: caches and the processor get warm. 0 unless said otherwise.</summary>
    public int WarmUp { get; init; }

    /// <summary>Timed runs of every call, each on a fresh copy of the arguments; 1 unless said otherwise.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>
    /// Whether the calls after one that ended the process (a limit, a crash) are made in a new process; else they are
    /// <see cref="SampleVerdict.NotRun"/>.
    /// </summary>
    public bool ContinueAfterKill { get; init; }

    /// <summary>Whether <see cref="Policy.SolutionPolicy"/> is asked before anything runs (C#). Switch it off only for code that is trusted or to try the sandbox.</summary>
    public bool CheckPolicy { get; init; } = true;

    /// <summary>Runs whose arguments are made before the first run; for meters of whole processes.</summary>
    internal int Prepared { get; init; }

    /// <summary>Whether the process runs under an instrument that counts its instructions.</summary>
    internal bool CountsInstructions { get; init; }

    internal void Check(string parameter)
    {
        Limits.Check(parameter);
        if (WarmUp < 0) throw new ArgumentException($"There are {WarmUp} warm-up runs; give 0 or more.", parameter);
        if (Repeats < 1) throw new ArgumentException($"There are {Repeats} timed runs; give at least 1.", parameter);
    }
}
