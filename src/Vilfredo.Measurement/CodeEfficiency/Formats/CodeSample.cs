namespace Vilfredo.Measurement.CodeEfficiency.Formats;

/// <summary>A model's answer to a problem.</summary>
/// <param name="Task">The problem's name.</param>
/// <param name="Text">The program, or what follows the prompt.</param>
/// <param name="IsCompletion">Whether the text continues the prompt and is no program by itself.</param>
/// <param name="Passed">Whether it passed its tests; <see langword="null"/> when the file does not say.</param>
public sealed record CodeSample(string Task, string Text, bool IsCompletion, bool? Passed);
