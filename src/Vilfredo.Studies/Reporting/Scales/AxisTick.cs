namespace Vilfredo.Studies.Reporting;

/// <summary>A labelled place on an axis.</summary>
/// <param name="Value">Where it is, in the values' own unit.</param>
/// <param name="Text">What is written there, in the axis' unit.</param>
public readonly record struct AxisTick(double Value, string Text);
