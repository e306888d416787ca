namespace Vilfredo.Neural.Checkpoints;

/// <summary>A checkpoint does not fit the module it is loaded into; the module is as it was.</summary>
public sealed class CheckpointMismatchException : Exception
{
    private const int Shown = 10;

    /// <summary>With all differences.</summary>
    public CheckpointMismatchException(string path, LoadReport report)
        : base($"{path} does not fit the model.{List("Missing", report.Missing)}{List("Unexpected", report.Unexpected)}{List("Different", report.Mismatched)} Nothing was loaded.") =>
        Report = report;

    /// <summary>All differences.</summary>
    public LoadReport Report { get; }

    private static string List(string title, IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        <= Shown => $" {title}: {string.Join("; ", names)}.",
        _ => $" {title}: {string.Join("; ", names.Take(Shown))}, and {names.Count - Shown} more.",
    };
}
