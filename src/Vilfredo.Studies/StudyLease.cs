namespace Vilfredo.Studies;

/// <summary>How long a worker keeps a trial without a sign of life.</summary>
internal static class StudyLease
{
    /// <summary>A lease's length.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    /// <summary>How often a worker extends its leases: three chances within one lease.</summary>
    public static readonly TimeSpan ExtendEvery = TimeSpan.FromSeconds(10);

    /// <summary>How often a trial is given out before its workers' deaths are put down to it.</summary>
    public const int MaximumAttempts = 3;
}
