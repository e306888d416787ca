namespace Vilfredo.Studies.Reporting;

/// <summary>A fact about how the study was made, shown as a labelled line: command line, seed, sampler, versions.</summary>
/// <param name="Label">What it is, such as <c>seed</c>.</param>
/// <param name="Text">Its value, shown as it is.</param>
public sealed record ReportNote(string Label, string Text);
