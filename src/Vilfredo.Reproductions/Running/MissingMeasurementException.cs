namespace Vilfredo.Reproductions;

/// <summary>A claim reads a measurement that the run does not have: its setting belongs to another scale.</summary>
/// <param name="message">What is missing.</param>
public sealed class MissingMeasurementException(string message) : Exception(message);
