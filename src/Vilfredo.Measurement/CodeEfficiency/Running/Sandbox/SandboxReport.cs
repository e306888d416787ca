namespace Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

/// <summary>The protections that a sandbox gives on this machine.</summary>
/// <param name="Active">Those that hold.</param>
/// <param name="Missing">Those that the machine does not offer: run only code here whose author you trust as far as these.</param>
/// <param name="Reason">Why some are missing; <see langword="null"/> when none is.</param>
public sealed record SandboxReport(IReadOnlyList<Protection> Active, IReadOnlyList<Protection> Missing, string? Reason)
{
    /// <summary>Whether all protections hold.</summary>
    public bool IsComplete => Missing.Count == 0;
}
