namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>A program for a problem that came with it.</summary>
/// <param name="Name">What it does and how its cost grows, such as <c>every pair, O(n^2)</c>.</param>
/// <param name="Source">The program.</param>
/// <param name="IsRight">Whether it solves the problem; others are plausible and wrong, for testing tests.</param>
public sealed record NamedSolution(string Name, string Source, bool IsRight);
