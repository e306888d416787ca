namespace Vilfredo.Reproductions;

/// <summary>A unit of a study failed; what was measured before stays in the run's file.</summary>
/// <param name="message">Which unit, and why.</param>
/// <param name="cause">What it threw.</param>
public sealed class ReproductionFailedException(string message, Exception? cause = null) : Exception(message, cause);
