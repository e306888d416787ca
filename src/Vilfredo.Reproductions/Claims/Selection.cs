namespace Vilfredo.Reproductions;

/// <summary>One measured value of a method at a setting, over all seeds.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="Setting">The setting; empty when the study has none.</param>
/// <param name="Metric">The name of the value.</param>
public sealed record Selection(string Method, string Setting, string Metric);
