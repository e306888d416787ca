namespace Vilfredo.Studies;

/// <summary>How a run ended.</summary>
/// <param name="Status">Why no further trial was given out; <see cref="AskStatus.Trial"/> when the run was stopped.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Trials">How many results this run told.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record RunSummary(AskStatus Status, string Reason, int Trials, TimeSpan Elapsed)
{
    /// <summary>Whether the run was stopped before the study's end.</summary>
    public bool IsStopped => Status == AskStatus.Trial;
}
